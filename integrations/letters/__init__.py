"""Reading letters: from raw bytes to who wrote what. Pure code: no Django, no database, and nothing in it raises."""

from integrations.letters.letter import Address, File, Letter, Nature, Report
from integrations.letters.reading import read

__all__ = ["Address", "File", "Letter", "Nature", "Report", "read"]
