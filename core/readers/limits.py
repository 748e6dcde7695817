"""What a file may be at most, and the refusal of what is not one."""

LONGEST_FILE = 40 * 2**20
LONGEST_UNPACKED = 400 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 200


class Unreadable(ValueError):
    """A file that cannot be read as rows. The message is for the reader."""
