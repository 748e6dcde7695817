"""Forms as data: what a definition may say, which fields show, and what an answer comes to. Pure, no queries.

A definition is `{"fields": [field, …]}`. A field has `key`, `kind` (catalog.vocabulary.FieldKind), `label` and `help`
(`{"zh": …, "en": …}`), `required`, and `visible_if` / `required_if`: lists of conditions that must all hold. A
condition is `{"field": key, "test": catalog.vocabulary.Test, "value": …}`. Further: `choices`
(`[{"value", "label"}]`), `min`, `max`, `unit`, `columns` and `max_rows` of a table.
"""

from catalog.form_engine.answering import World, clean, visible_keys
from catalog.form_engine.comparing import Difference, differences
from catalog.form_engine.defining import MAX_FIELDS, problems_of

__all__ = ["MAX_FIELDS", "Difference", "World", "clean", "differences", "problems_of", "visible_keys"]
