"""Several configuration items on a form: found while typing and ticked, or named outright."""

import re
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from cmdb.models import ConfigurationItem
from cmdb.selectors import picking

MOST_ITEMS = 200
LONGEST = 8000


class Typed(NamedTuple):
    """What a form sends: words under the field's name, keys of what was ticked under `NAME-picked`."""

    text: str
    keys: list[int]

    @classmethod
    def under(cls, name, data):
        keys = [int(key) for key in data.getlist(f"{name}-picked") if key.isdecimal() and len(key) < 18]
        return cls(data.get(name, "").replace("\0", "")[:LONGEST].strip(), keys[: MOST_ITEMS + 1])


class Shown(NamedTuple):
    """What the picker shows: the words, what is ticked, and what the words may mean."""

    text: str
    picked: list[ConfigurationItem]
    fitting: list[ConfigurationItem]


class ItemsInput(forms.TextInput):
    def value_from_datadict(self, data, files, name):
        return Typed.under(name, data)

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-picked" not in data


class ItemsField(forms.Field):
    """Visible configuration items. What stood there before and its reader may not see stays.

    Words that are left in the search box name items by short name or name, one after the other with commas between;
    else they mean the one item that fits them. Where something that fits them was just ticked, they were a search.
    """

    widget = ItemsInput
    finds_items = True

    def __init__(self, **options):
        options.setdefault("required", False)
        super().__init__(**options)
        self.user, self.hidden, self.fitting, self._before = None, [], [], set()

    def read_by(self, user, held=()):
        """Whose eyes it is looked at with, and what is attached already."""
        self.user, held = user, list(held)
        seen = {one.pk for one in picking.picked_of(user, [one.pk for one in held])}
        self.hidden = [one for one in held if one.pk not in seen]
        self.initial = [one for one in held if one.pk in seen]
        self._before = seen

    def prepare_value(self, value):
        if isinstance(value, Typed):
            return Shown(value.text, picking.picked_of(self.user, value.keys), self.fitting)
        return Shown("", list(value or ()), [])

    def clean(self, value):
        chosen = {one.pk: one for one in picking.picked_of(self.user, value.keys)}
        words = [one.strip() for one in re.split(r"[\n\r,，、;；]+", value.text) if one.strip()]
        if len(words) > MOST_ITEMS:  # Each is looked up by itself.
            raise forms.ValidationError(_("At most %(most)s items."), params={"most": MOST_ITEMS})
        unknown, several = [], []
        ticked = chosen.keys() - self._before
        for word in dict.fromkeys(words):
            named = picking.named(self.user, word)
            found = named or picking.meant(self.user, word)
            if named or len(found) == 1:
                chosen |= {one.pk: one for one in found}
            elif not ticked & {one.pk for one in found}:
                (several if found else unknown).append(word[:60])
                self.fitting += [one for one in found if one.pk not in chosen and one not in self.fitting]
        self._refuse(unknown, several, len(chosen))
        return [*chosen.values(), *self.hidden]

    def _refuse(self, unknown, several, count):
        if unknown:
            message, names = _("No such item was found: %(names)s."), unknown
        elif several:
            message, names = _("Several items fit “%(names)s”. Tick those that are meant."), several
        elif count > MOST_ITEMS:
            raise forms.ValidationError(_("At most %(most)s items."), params={"most": MOST_ITEMS})
        elif self.required and not count:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        else:
            return
        raise forms.ValidationError(message, params={"names": ", ".join(names[:10])})
