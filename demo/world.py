"""Making 星河制造: organisation, people, teams, services, items. Everything later finds its way through `World`."""

import random
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from accounts.models import Department, Membership, Organisation, Team, User
from accounts.search_keys import search_keys_of
from cmdb import starter
from cmdb.models import Attribute, ConfigurationItem, ItemClass, RelationType, Service
from core.business_time import BusinessCalendar
from demo import company, landscape, offerings, people
from tickets.models import Category

# Whose names are on the login page get more of what happens.
FAVOURED = {"zhang.wei": 3, "chen.hao": 3}


@dataclass
class World:
    """The company by name. `calendar` are the office hours that everybody keeps."""

    organisation: Organisation
    calendar: BusinessCalendar
    teams: dict[str, Team]
    people: dict[str, User]
    services: dict[str, Service]
    categories: dict[str, Category]
    items: dict[str, list[ConfigurationItem]]
    sites: dict[int, company.Site]
    members: dict[str, list[User]]
    employees: list[User] = field(default_factory=list)
    abroad: list[User] = field(default_factory=list)

    def somebody_of(self, team, rng: random.Random) -> User:
        """A member of a team; the cast's experts and agents more often."""
        members = self.members[team]
        return rng.choices(members, [FAVOURED.get(user.username, 1) for user in members])[0]

    def place_of(self, user, rng: random.Random) -> str:
        site = self.sites[user.pk]
        floor = rng.choice(site.floors)
        return f"{site.name_en}, {floor}" if user.language == "en" else f"{site.name_zh}{floor}"

    def colleague_of(self, user, rng: random.Random) -> User:
        near = [other for other in self.employees if other.department_id == user.department_id and other != user]
        return rng.choice(near or [other for other in self.employees if other != user])


def build(*, calendar, headcount, item_share, password, rng) -> World:
    """Create the company with about `headcount` people besides the IT department and `item_share` of its items."""
    starter.ship(ItemClass, Attribute, RelationType)  # a reset emptied these tables, too
    organisation = Organisation.objects.create(slug="xinghe", name_zh="星河制造", name_en="Xinghe Manufacturing")
    departments = {
        unit.slug: Department.objects.create(
            organisation=organisation, slug=unit.slug, name_zh=unit.name_zh, name_en=unit.name_en
        )
        for unit in company.DEPARTMENTS
    }
    teams = _teams(organisation)
    staff = people.everybody(headcount, rng)
    users = _people(organisation, departments, staff, password)
    _lead(teams, departments, users, staff)
    world = World(
        organisation=organisation,
        calendar=calendar,
        teams=teams,
        people=users,
        services=_services(organisation, teams),
        categories=_categories(teams),
        items={},
        sites={users[p.login].pk: next(s for s in company.SITES if s.slug == p.site) for p in staff},
        members={team.slug: [users[login] for login in team.people] for team in company.TEAMS},
    )
    world.employees = [users[p.login] for p in staff if not p.teams and p.language != "en" and p.login != "li.na"]
    world.abroad = [users[p.login] for p in staff if p.language == "en"]
    owners = [users["li.na"], *world.employees]
    world.items = _items(organisation, teams, item_share, owners)
    landscape.relate(organisation, teams, users, world.services, world.items)
    return world


def _teams(organisation):
    teams = {}
    for group in company.TEAMS:
        teams[group.slug] = Team.objects.create(
            slug=group.slug, name_zh=group.name_zh, name_en=group.name_en, line=group.line,
            specialism=group.specialism,
            parent=teams.get("it-operations"), responsibilities=group.responsibilities,
            email=f"{group.slug}@xinghe.example",
        )  # fmt: skip
        teams[group.slug].serves.add(organisation)
    return teams


def _people(organisation, departments, staff, password):
    """In one statement and with one digest: hashing three hundred passwords alone would take half a minute."""
    digest = make_password(password)
    users = []
    for person in staff:
        user = User(
            username=person.login, password=digest, email=person.email, staff_number=person.staff_number,
            name=person.name, latin_name=person.latin_name, title=person.title, phone=person.phone,
            organisation=organisation, department=departments[person.department], roles=list(person.roles),
            is_vip=person.is_vip, is_superuser=person.is_superuser, language=person.language,
            location=next(s.name_en if person.language == "en" else s.name_zh
                          for s in company.SITES if s.slug == person.site),
            time_zone="Europe/Berlin" if person.site == "munich" else "Asia/Shanghai",
        )  # fmt: skip
        user.search_keys = search_keys_of(user)
        users.append(user)
    return {user.username: user for user in User.objects.bulk_create(users)}


def _lead(teams, departments, users, staff):
    Membership.objects.bulk_create(
        Membership(team=teams[slug], user=users[person.login]) for person in staff for slug in person.teams
    )
    for group in company.TEAMS:
        teams[group.slug].lead = users[group.people[0]]
        teams[group.slug].save(update_fields=["lead"])
        User.objects.filter(pk__in=[users[login].pk for login in group.people[1:]]).update(
            manager=users[group.people[0]]
        )
    chief, top = users["wang.fang"], users["gao.jian"]
    leads = [users[group.people[0]].pk for group in company.TEAMS if group.slug != "it-operations"]
    User.objects.filter(pk__in=leads).update(manager=chief)
    for slug, department in departments.items():
        own = [users[p.login] for p in staff if p.department == slug]
        head = {"it": chief, "finance": users["zhou.min"], "executive": top}.get(slug) or own[0]
        department.head = head
        department.save(update_fields=["head"])
        User.objects.filter(pk__in=[u.pk for u in own if u != head], manager=None).update(manager=head)
        if head != top:
            User.objects.filter(pk=head.pk).update(manager=top)


def _services(organisation, teams):
    return {
        offer.slug: Service.objects.create(
            slug=offer.slug, item_class_id="service", name_zh=offer.name_zh, name_en=offer.name_en,
            description_zh=offer.text_zh, description_en=offer.text_en, icon=offer.icon, position=10 * place,
            organisation=organisation, support_team=teams[offer.team], criticality=offer.criticality,
        )
        for place, offer in enumerate(offerings.SERVICES, start=1)
    }  # fmt: skip


def _categories(teams):
    made = {}
    for slug, parent, name_zh, name_en, team in offerings.CATEGORIES:
        made[slug] = Category.objects.create(
            slug=slug, parent=made.get(parent), name_zh=name_zh, name_en=name_en, default_team=teams[team]
        )
    return made


def _items(organisation, teams, share, owners):
    """Computers belong to people, in order; everything else to its team."""
    rows, owner = [], iter(owners)
    for pattern, number, kind, team, name_zh, name_en, criticality in offerings.ITEMS:
        for n in range(1, max(2, round(number * share) + 1)):
            rows.append(ConfigurationItem(
                slug=pattern.format(n=n), item_class_id=kind, name_zh=name_zh.format(n=n), name_en=name_en.format(n=n),
                criticality=criticality, organisation=organisation, support_team=teams[team],
                owner=next(owner, None) if kind == "desktop" else None,
            ))  # fmt: skip
    found = {}
    for item in ConfigurationItem.objects.bulk_create(rows):
        found.setdefault(item.item_class_id, []).append(item)
    return found
