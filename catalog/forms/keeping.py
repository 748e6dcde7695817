"""Categories and items as their keepers write them."""

from django import forms

from accounts.models import Department, Organisation, Team, User
from catalog.models import RequestItem, ServiceCategory
from catalog.services.keeping import AUDIENCE, CATEGORY_FIELDS, ITEM_FIELDS
from cmdb.models import Service


class CategoryForm(forms.ModelForm):
    class Meta:
        model = ServiceCategory
        fields = CATEGORY_FIELDS

    def _post_clean(self):
        """The command applies and validates the values."""


class ItemForm(forms.ModelForm):
    class Meta:
        model = RequestItem
        fields = (*ITEM_FIELDS, *AUDIENCE)
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ITEM_FIELDS
            if name.startswith(("description", "in_scope", "out_of_scope"))
        }

    def __init__(self, user, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.visible_to(user).active()
        self.fields["team"].queryset = Team.objects.visible_to(user).active()
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["organisations"].queryset = Organisation.objects.filter(is_active=True)
        self.fields["departments"].queryset = Department.objects.select_related("organisation")

    def _post_clean(self):
        """The command applies and validates the values."""
