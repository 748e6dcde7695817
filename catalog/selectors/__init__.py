"""Reading the catalogue and what was asked for."""

from catalog.selectors.answers import Answered, answers_in_words, answers_of, rows_of
from catalog.selectors.catalogue import Shelf, found_items, item_for, popular_items, shelves_for
from catalog.selectors.promises import Promise, promise_of, promises_of
from catalog.selectors.sheets import route_in_words, service_sheet

__all__ = [
    "Answered",
    "Promise",
    "Shelf",
    "answers_in_words",
    "answers_of",
    "found_items",
    "item_for",
    "popular_items",
    "promise_of",
    "promises_of",
    "route_in_words",
    "rows_of",
    "service_sheet",
    "shelves_for",
]
