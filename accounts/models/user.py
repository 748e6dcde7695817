"""A person: who they are, how they sign in, what they may be, how they like to read."""

from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.rules import STAFF_ROLES, Role
from accounts.search_keys import SOURCES, folded, search_keys_of
from core.querysets import VisibleQuerySet


class UserQuerySet(VisibleQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def visibility(self, user) -> Q:
        """Staff see everybody of the organisations they serve and each other; others their own organisation."""
        if user.is_staff_member:
            return Q(organisation__in=user.served_organisation_ids) | Q(roles__overlap=list(STAFF_ROLES))
        return Q(pk=user.pk) | Q(organisation=user.organisation_id, organisation__isnull=False)

    def matching(self, text):
        """People whose name, pinyin, initials, staff number, login, e-mail or phone contains every word."""
        found = self
        for word in folded(text).split()[:5]:
            found = found.filter(search_keys__contains=word)
        return found

    def meant_by(self, text):
        """At most two people that `text` may name: by login, staff number, e-mail or whole name, else by any word of
        them. One is the person meant."""
        text = text.strip()
        exact = self.filter(username=text.lower()) | self.filter(staff_number__iexact=text)
        exact |= self.filter(email__iexact=text) | self.filter(name=text)
        return list(exact[:2]) or list(self.matching(text)[:2])


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, username, password=None, **fields):
        fields.setdefault("name", username)
        fields.setdefault("roles", [Role.ADMINISTRATOR])
        return self.create_user(username, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(username=username.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """`username` is the short login (often pinyin); e-mail and staff number work as well.

    `search_keys` follows the names and numbers at every save: pinyin and initials too, in lower case.
    """

    username = models.CharField(_("login"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    staff_number = models.CharField(_("staff number"), max_length=30, blank=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80)
    latin_name = models.CharField(_("name in Latin letters"), max_length=80, blank=True)
    title = models.CharField(_("job title"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    location = models.CharField(_("place"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, verbose_name=_("roles"))
    is_vip = models.BooleanField(_("VIP"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    language = models.CharField(
        _("language"), max_length=10, choices=[("zh-hans", "简体中文"), ("en", "English")], default="zh-hans"
    )
    time_zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    theme = models.CharField(
        _("theme"),
        max_length=6,
        choices=[("auto", _("Like the system")), ("light", _("Light")), ("dark", _("Dark"))],
        default="auto",
    )
    legal_hold = models.CharField(_("kept for a legal reason"), max_length=200, blank=True, editable=False)
    search_keys = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    ledger_kind = "user"

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="username_is_lower_case"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="email_unique_ignoring_case"),
            models.UniqueConstraint(
                Lower("staff_number"), condition=~Q(staff_number=""), name="staff_number_unique_ignoring_case"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_keys"], opclasses=["gin_trgm_ops"], name="user_search_keys"),
            GinIndex(fields=["roles"], name="user_roles"),
        ]

    def __str__(self):
        return self.display_name

    def save(self, *, update_fields=None, **options):
        if update_fields is None or not set(SOURCES).isdisjoint(update_fields):
            self.search_keys = search_keys_of(self)
            update_fields = update_fields and {*update_fields, "search_keys"}
        super().save(update_fields=update_fields, **options)

    @property
    def display_name(self) -> str:
        """The name as the reader's language writes it."""
        if (get_language() or "").startswith("zh"):
            return self.name or self.latin_name or self.username
        return self.latin_name or self.name or self.username

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name

    def has_role(self, *roles) -> bool:
        return any(role in self.roles for role in roles)

    @property
    def role_labels(self) -> str:
        return ", ".join(str(Role(role).label) for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Django's name for "may enter the admin": superusers only."""
        return self.is_superuser

    @property
    def is_staff_member(self) -> bool:
        """Works at the desk in any role, as opposed to only raising tickets."""
        return self.is_superuser or bool(STAFF_ROLES & set(self.roles))

    @property
    def sees_everything(self) -> bool:
        return self.is_superuser or Role.ADMINISTRATOR in self.roles

    @cached_property
    def team_ids(self) -> frozenset[int]:
        return frozenset(self.memberships.values_list("team_id", flat=True))

    @cached_property
    def led_team_ids(self) -> frozenset[int]:
        return frozenset(self.leads_teams.filter(is_active=True).values_list("pk", flat=True))

    @cached_property
    def served_organisation_ids(self) -> list[int]:
        """Organisations that any of this person's teams serves."""
        rows = self.memberships.filter(team__is_active=True).values_list("team__serves", flat=True)
        return sorted({pk for pk in rows if pk is not None})

    @cached_property
    def is_first_line(self) -> bool:
        return self.memberships.filter(team__line=1, team__is_active=True).exists()
