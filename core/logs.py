"""Log lines that are safe to keep: whoever reads a log must not be able to act with what it says."""

import logging
import re

# What stands in an address or a parameter and is as long as a secret; and any such run with a digit elsewhere,
# because an exception may quote a token by itself. Names of files and modules carry a dot and stay readable.
_OPAQUE = re.compile(
    r"(?<=[/=])[\w:%-]{24,}+(?!\.\w)|(?<![\w.-])(?=[\w:-]*\d)[\w:-]{32,}+(?!\.\w)",
    re.ASCII,
)


def masked(text: str) -> str:
    """`text` with everything that may be a token, a key or a link's code replaced by "…"."""
    return _OPAQUE.sub("…", text)


class MaskingFormatter(logging.Formatter):
    """Masks the whole record: message, arguments, and the words of a traceback."""

    def format(self, record):
        return masked(super().format(record))
