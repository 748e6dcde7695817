"""People, teams, categories, services and items that a log names: made once, found again by the next import.

They are history, not choices: people cannot sign in, teams and categories are not offered in any list.
"""

from collections import Counter
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, Role, Team, User
from accounts.search_keys import search_keys_of
from cmdb.models import ConfigurationItem, Service
from core.errors import InvalidInput
from sla import services as sla
from tickets.models import Category

NOBODY = "Unknown caller"
NO_CATEGORY = "Unknown category"


def key(name, limit=40) -> str:
    """A slug of `name`, ending in a digest where the slug alone would be empty or cut."""
    slug = slugify(name)
    if slug and len(slug) <= limit and name.isascii():
        return slug
    return f"{slug[: limit - 9]}-{sha256(name.encode()).hexdigest()[:8]}".lstrip("-")


@transaction.atomic
def organisation_called(name) -> Organisation:
    """The organisation of this name, made when there is none yet.

    A log does not say when somebody was first answered, so a new one is promised resolution times only.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise InvalidInput({"organisation": [_("This field is required.")]})
    found = Organisation.objects.filter(name_en=name) | Organisation.objects.filter(name_zh=name)
    known = found.order_by("pk").first()
    if known is not None:
        return known
    made = Organisation.objects.create(slug=key(name), name_zh=name, name_en=name, kind=Organisation.Kind.CUSTOMER)
    sla.promise_resolution_only(made)
    return made


class Names:
    """Finds what a log's names stand for in one organisation. Everything is read or made when it is built."""

    @transaction.atomic
    def __init__(self, organisation, histories):
        self.organisation = organisation
        self._people = self._make_people(histories)
        self._teams = self._make_teams(histories)
        self._join(histories)
        self._categories = self._make_categories(histories)
        self._services = self._make_services(histories)
        self._items = self._make_items(histories)

    def person(self, name):
        return self._people.get(name)

    def caller(self, name):
        return self._people[name or NOBODY]

    def team(self, name):
        return self._teams.get(name)

    def category(self, row):
        return self._categories.get((row.category, row.subcategory)) or self._categories.get((row.category, ""))

    def service(self, row):
        return self._services[row.category or NO_CATEGORY]

    def item(self, name):
        return self._items.get(name)

    def _make_people(self, histories):
        rows = [row for rows in histories for row in rows]
        working = {name for row in rows for name in (row.opened_by, row.updated_by, row.assignee) if name}
        asking = {row.caller for row in rows if row.caller} | {NOBODY}
        people = {}
        for name in sorted(working | asking):
            role = Role.EXPERT if name in working else Role.REQUESTER
            user = User(
                username=self._login(name), name=name[:80], latin_name=name[:80], organisation=self.organisation,
                roles=[role], is_active=False, password=make_password(None), language="en",
            )  # fmt: skip
            user.search_keys = search_keys_of(user)
            people.setdefault(user.username, user)
        User.objects.bulk_create(people.values(), ignore_conflicts=True)
        found = {user.username: user for user in User.objects.filter(username__in=people)}
        return {name: found[self._login(name)] for name in working | asking}

    def _login(self, name):
        return f"{self.organisation.slug[:18]}.{key(name)}"

    def _make_teams(self, histories):
        """The team that most incidents meet first is the first line; the others are the second."""
        firsts = Counter(next((row.team for row in rows if row.team), "") for rows in histories)
        firsts.pop("", None)
        first_line = firsts.most_common(1)[0][0] if firsts else ""
        teams = {}
        for name in sorted({row.team for rows in histories for row in rows if row.team}):
            teams[name], made = Team.objects.get_or_create(
                slug=f"{self.organisation.slug[:9]}-{key(name)}",
                defaults={
                    "name_zh": name, "name_en": name, "is_active": False, "line": 1 if name == first_line else 2,
                },
            )  # fmt: skip
            if made:
                teams[name].serves.add(self.organisation)
        return teams

    def _join(self, histories):
        """Whoever is assigned a ticket, or works on it, is a member of the team that holds it."""
        pairs = set()
        for rows in histories:
            team = ""
            for row in rows:
                team = row.team or team
                pairs |= {(team, name) for name in (row.assignee, row.updated_by) if team and name}
        Membership.objects.bulk_create(
            [Membership(team=self._teams[team], user=self._people[name]) for team, name in sorted(pairs)],
            ignore_conflicts=True,
        )

    def _make_categories(self, histories):
        made = {}
        named = {(row.category, row.subcategory) for rows in histories for row in rows if row.category}
        for name in sorted({category for category, _sub in named}):
            made[name, ""] = self._category(name, key(name), None)
        for name, sub in sorted(named):
            if sub:
                made[name, sub] = self._category(sub, f"{key(name, 24)}-{key(sub, 24)}", made[name, ""])
        return made

    def _category(self, name, slug, parent):
        return Category.objects.get_or_create(
            slug=f"{self.organisation.slug[:24]}-{slug}",
            defaults={"name_zh": name, "name_en": name, "parent": parent, "is_active": False},
        )[0]

    def _make_services(self, histories):
        """The log names no services; what it calls a category is the nearest thing to one."""
        names = {row.category or NO_CATEGORY for rows in histories for row in rows}
        return {
            name: Service.objects.get_or_create(
                slug=f"{self.organisation.slug[:24]}-service-{key(name)}",
                defaults={
                    "name_zh": name, "name_en": name, "item_class_id": "service", "is_offered": False,
                    "organisation": self.organisation,
                },
            )[0]
            for name in sorted(names)
        }  # fmt: skip

    def _make_items(self, histories):
        names = {row.item for rows in histories for row in rows if row.item}
        return {
            name: ConfigurationItem.objects.get_or_create(
                slug=f"{self.organisation.slug[:24]}-item-{key(name)}",
                defaults={
                    "name_zh": name, "name_en": name, "item_class_id": "application",
                    "organisation": self.organisation,
                },
            )[0]
            for name in sorted(names)
        }  # fmt: skip
