"""Closed word lists of the configuration database."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Family(models.TextChoices):
    """The great kinds of things; every class belongs to one."""

    SERVICE = "service", _("Business service")
    APPLICATION = "application", _("Application")
    PLATFORM = "platform", _("Platform")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    NETWORK = "network", _("Network")
    DESKTOP = "desktop", _("Workplace")
    SECURITY = "security", _("Security")
    BACKUP = "backup", pgettext_lazy("item class", "Backup")
    CONTRACT = "contract", _("Contract")
    LOCATION = "location", _("Location")


class AttributeKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("attribute", "Text")
    NUMBER = "number", pgettext_lazy("attribute", "Number")
    DATE = "date", _("Date")
    CHOICE = "choice", pgettext_lazy("attribute", "Choice")
    BOOLEAN = "boolean", _("Yes or no")
    URL = "url", _("Web address")
    IP = "ip", _("IP address")
    MAC = "mac", _("MAC address")
    ITEM = "item", _("Configuration item")
    PERSON = "person", _("Person")


class Environment(models.TextChoices):
    PRODUCTION = "production", _("Production")
    STAGING = "staging", _("Staging")
    TEST = "test", pgettext_lazy("environment", "Test")
    DEVELOPMENT = "development", _("Development")
    RECOVERY = "recovery", _("Disaster recovery")
    OFFICE = "office", _("Office")


class Impact(models.TextChoices):
    """Who suffers with whom along a relation."""

    FORWARD = "forward", _("When the first fails, the second fails")
    REVERSE = "reverse", _("When the second fails, the first fails")
    NONE = "none", _("Neither hits the other")


class Trust(models.TextChoices):
    """How far the record may be believed; computed, never typed."""

    UNVERIFIED = "unverified", _("Unverified")
    VERIFIED = "verified", _("Verified")
    STALE = "stale", pgettext_lazy("trust", "Stale")
    DISPUTED = "disputed", _("Disputed")


class Lack(models.TextChoices):
    """What a record may be searched for that it lacks. What is recommended counts beside what is mandatory."""

    ANYTHING = "anything", _("Anything mandatory")
    OWNER = "owner", _("An owner")
    TEAM = "team", _("A support team")
    ENVIRONMENT = "environment", _("An environment")
    REQUIRED = "required", _("A required attribute")
    RELATION = "relation", _("A relation, or why it stands alone")
    RECOMMENDED = "recommended", _("A recommended attribute")
    NOTHING = "nothing", _("Nothing mandatory: complete")


class SourceKind(models.TextChoices):
    """Where records come from beside people."""

    FILE = "file", pgettext_lazy("source", "Files")
    AGENT = "agent", _("Inventory agents")


class RunState(models.TextChoices):
    """How far an import is. Those that end in -ing wait for a worker, or one is at it."""

    UPLOADED = "uploaded", pgettext_lazy("import", "Uploaded")
    PLANNING = "planning", pgettext_lazy("import", "Being checked")
    PLANNED = "planned", pgettext_lazy("import", "Checked")
    APPLYING = "applying", pgettext_lazy("import", "Being applied")
    APPLIED = "applied", pgettext_lazy("import", "Applied")
    UNDOING = "undoing", pgettext_lazy("import", "Being undone")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    DISCARDED = "discarded", pgettext_lazy("import", "Discarded")
    FAILED = "failed", pgettext_lazy("import", "Failed")


class Verdict(models.TextChoices):
    """What a line of an import comes to."""

    CREATE = "create", pgettext_lazy("import", "New")
    UPDATE = "update", pgettext_lazy("import", "Changed")
    KEPT = "kept", pgettext_lazy("import", "Kept")
    SAME = "same", pgettext_lazy("import", "Same")
    CONFLICT = "conflict", pgettext_lazy("import", "Conflict")
    ERROR = "error", pgettext_lazy("import", "Error")
