"""The closed word lists of the catalogue: kinds of form fields, tests between fields, who approves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FieldKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("field", "Text")
    LONG_TEXT = "long_text", _("Long text")
    NUMBER = "number", pgettext_lazy("field", "Number")
    DATE = "date", _("Date")
    DATETIME = "datetime", _("Date and time")
    CHOICE = "choice", _("Choice")
    MULTI_CHOICE = "multi_choice", _("Several choices")
    PERSON = "person", _("Person")
    ITEM = "item", _("Item of mine")
    TABLE = "table", _("Table")
    ATTACHMENT = "attachment", _("Files")
    CONSENT = "consent", _("Consent")


# What a cell of a table may be.
CELL_KINDS = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.CHOICE)


class Test(models.TextChoices):
    """How a condition looks at the answer to another field."""

    IS = "is", _("is")
    IS_NOT = "is_not", _("is not")
    HAS = "has", _("contains")
    MORE_THAN = "more_than", _("is more than")
    LESS_THAN = "less_than", _("is less than")
    FILLED = "filled", _("is filled in")
    EMPTY = "empty", _("is empty")


class Who(models.TextChoices):
    """Where the approvers of a stage come from."""

    MANAGER = "manager", _("The requester's manager")
    HEAD = "head", _("The head of the requester's department")
    OWNER = "owner", _("The owner of the item")
    LEAD = "lead", _("The lead of the team that fulfils it")
    ROLE = "role", _("Everybody with a role")
    PERSON = "person", _("A named person")


class Currency(models.TextChoices):
    CNY = "CNY", pgettext_lazy("currency", "CNY")
    USD = "USD", pgettext_lazy("currency", "USD")
    EUR = "EUR", pgettext_lazy("currency", "EUR")
