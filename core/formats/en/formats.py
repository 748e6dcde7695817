"""English for readers everywhere: 11/12/2026 is another day in London than in Boston, 11 Dec 2026 is not."""

SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y H:i"
