"""Items that a team is to answer for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cmdb.forms.picking import ItemsField


class ObjectsForm(forms.Form):
    items = ItemsField(label=_("Services and items"), required=True)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].read_by(user)
