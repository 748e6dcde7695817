"""Small screenshots for people who attach one: a window with a message, drawn, not photographed."""

import io
import random
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

MESSAGES = (
    ("Outlook", "Cannot connect to the server (0x800CCC0E)"),
    ("ERP client", "ORA-12541: no listener"),
    ("Windows", "Network path not found (0x80070035)"),
    ("Excel", "Macros have been disabled"),
    ("Security", "Threat found: Worm.Agent.K"),
    ("Browser", "504 Gateway Time-out"),
)


@cache
def _drawn(number) -> bytes:
    title, message = MESSAGES[number]
    picture = Image.new("RGB", (420, 180), "#dfe6ee")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 25, 390, 155), fill="white", outline="#8a98a8")
    draw.rectangle((30, 25, 390, 50), fill="#206bc4")
    draw.text((40, 31), title, fill="white")
    draw.ellipse((50, 75, 84, 109), fill="#d63939")
    draw.line((60, 85, 74, 99), fill="white", width=3)
    draw.line((74, 85, 60, 99), fill="white", width=3)
    draw.text((100, 86), message, fill="#1d273b")
    draw.rectangle((310, 122, 375, 144), fill="#f1f5f9", outline="#8a98a8")
    draw.text((335, 127), "OK", fill="#1d273b")
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


def screenshot(rng: random.Random) -> SimpleUploadedFile:
    number = rng.randrange(len(MESSAGES))
    return SimpleUploadedFile(f"screenshot-{number + 1}.png", _drawn(number), content_type="image/png")
