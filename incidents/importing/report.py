"""What an import did, counted, with the first examples of everything that could not be mapped."""

from collections import Counter
from dataclasses import dataclass, field

EXAMPLES = 5
BAD_ROWS_SHOWN = 20


@dataclass
class Report:
    """`bad` holds (line, reason) of skipped rows; `notes` counts what was mapped only in part, by kind."""

    rows: int = 0
    created: int = 0
    continued: int = 0
    unchanged: int = 0
    failed: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    notes: Counter = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, line, reason):
        self.bad.append((line, str(reason)))

    def note(self, kind, example):
        """Count one thing that has no place here, keeping the first few examples."""
        kind = str(kind)
        self.notes[kind] += 1
        shown = self.examples.setdefault(kind, [])
        if len(shown) < EXAMPLES and str(example) not in shown:
            shown.append(str(example))
