"""The head of every shell stands inside the screen, whoever reads it, in either language, however wide."""

import pytest

from accounts.models import User
from tests import agreements

WIDTHS = (390, 768, 1024, 1152, 1280, 1440)
# What sticks out of the head or the screen, and links that lie upon each other.
AMISS = """() => {
  const head = document.querySelector("header"), frame = head.getBoundingClientRect();
  const shown = [...head.querySelectorAll("a, summary, input")].filter((part) => part.checkVisibility())
    .filter((part) => !part.closest(".menu-panel"))
    .map((part) => [part.getBoundingClientRect(), part.innerText.trim() || part.className || part.tagName]);
  const outside = shown.filter(([box]) =>
    box.left < 0 || box.right > innerWidth + 0.5 || box.bottom > frame.bottom + 1);
  const upon = shown.filter(([one], n) => shown.slice(n + 1).some(([two]) =>
    one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 1 && two.top < one.bottom - 1));
  const broken = shown.filter(([box]) => box.height > 44);
  return [...outside, ...upon, ...broken].map(([box, words]) =>
    `${words}: ${Math.round(box.left)}–${Math.round(box.right)}, ${Math.round(box.top)}–${Math.round(box.bottom)}`);
}"""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_head_sticks_out(cast, sign_in, language):
    agreements.in_force(cast)
    User.objects.update(language=language)
    found = {}
    for who, path in (("zhao_min", "/"), ("zhang_wei", "/"), ("wang_fang", "/desk/")):
        page = sign_in(getattr(cast, who), path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if amiss := page.evaluate(AMISS):
                found[who, width] = amiss
    assert found == {}
