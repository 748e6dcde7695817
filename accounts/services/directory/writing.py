"""The lines of a directory are written, each through the commands of people and departments."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.directory_columns import KEYS, TARGETS, path_of, yes_or_no
from accounts.models import Department, DirectoryLine, User
from accounts.search_keys import folded, latin_form
from accounts.services import people
from accounts.services.structure import save_department
from core.errors import Refused

Verdict = DirectoryLine.Verdict
PLAIN = ("staff_number", "name", "latin_name", "username", "email", "title", "phone", "location")


@dataclass
class Written:
    """What a line came to. `said` are its targets, for what can be written only when all people are there."""

    line: DirectoryLine
    said: dict
    person: User | None = None
    notes: list[str] = field(default_factory=list)


class Writer:
    """Writes lines within the caller's transaction; a wrong line leaves nothing behind and stops no other."""

    def __init__(self, run):
        self.run, self.actor, self.organisation = run, run.owner, run.organisation
        everybody = User.objects.select_related("department", "manager")
        self.known = {key: {} for key in KEYS}
        for person in everybody:
            self._learn(person)
        self.departments = list(Department.objects.filter(organisation=run.organisation).select_related("parent"))
        self.made = 0
        self.seen: dict[int, int] = {}
        self.mentioned: set[int] = set()

    def write(self, number, said) -> Written:
        """One line; empty cells say nothing."""
        said = {target: text for target, text in said.items() if text}
        line = DirectoryLine(run=self.run, number=number, label=(said.get("name") or _called(said))[:120])
        departments, made = list(self.departments), self.made
        meant = (self.known[key].get(folded(said[key]).strip()) for key in KEYS if key in said)
        self.mentioned |= {person.pk for person in meant if person is not None}
        try:
            with transaction.atomic():
                return self._write(line, said)
        except Refused as refusal:
            # What the line made was taken back with it, so nobody may build upon it.
            self.departments, self.made = departments, made
            line.verdict, line.diff, line.person = Verdict.ERROR, {}, None
            line.message = _words(refusal)
            return Written(line, {})

    def finish(self, rows):
        """Managers and heads, now that everybody is there."""
        for row in rows:
            if row.person is None:
                continue
            try:
                with transaction.atomic():
                    self._manage(row)
                    self._head(row)
            except Refused as refusal:
                row.notes.append(_words(refusal))
            row.line.message = " ".join(row.notes)[:500]
            if row.line.diff and row.line.verdict == Verdict.SAME:
                row.line.verdict = Verdict.UPDATE

    def _write(self, line, said):
        person = self._meant(said)
        if person is not None and (twice := self.seen.get(person.pk)):
            raise Refused(_("Line %(number)s is about the same person.") % {"number": twice})
        values = {name: said[name] for name in PLAIN if name in said}
        if "username" in values:
            values["username"] = folded(values["username"]).strip()
        if "department" in said:
            values["department"] = self._department(path_of(said["department"]))
        if person is None:
            line.diff = {name: ["", _word(value)] for name, value in values.items()}
            person = self._create(values)
            line.verdict = Verdict.CREATE
        else:
            self._refuse_foreign(person)
            values = {name: value for name, value in values.items() if getattr(person, name) != value}
            line.diff = {name: [_word(getattr(person, name)), _word(value)] for name, value in values.items()}
            line.verdict = Verdict.UPDATE if values else Verdict.SAME
            if values:
                person = people.update_person(person, actor=self.actor, **values)
        if not person.is_active:
            line.message = _("They are deactivated and stay so.")
        line.person, line.label = person, person.name
        self._learn(person)
        self.seen[person.pk] = line.number
        return Written(line, said, person, [line.message] if line.message else [])

    def _create(self, values):
        if not values.get("name"):
            raise Refused(_("A new person needs a name."))
        if not any(values.get(key) for key in KEYS):
            # The next file would not know them again, and make them a second time.
            raise Refused(_("A new person needs a staff number, an e-mail address or a login."))
        login = values.pop("username", "") or self._free_login(values)
        return people.create_person(
            actor=self.actor, username=login, name=values.pop("name"), organisation=self.organisation, **values
        )

    def _free_login(self, values):
        base = folded(
            values.get("email", "").partition("@")[0] or values.get("latin_name") or latin_form(values["name"])
        )
        base = ".".join(slugify(word) for word in base.replace(".", " ").split())[:50] or "user"
        taken = self.known["username"]
        return next(one for n in range(1, 10_000) if (one := base if n == 1 else f"{base}{n}") not in taken)

    def _meant(self, said):
        """Whom a line is about: by staff number, else e-mail, else login. Keys of two people are a mistake."""
        found = [(key, self.known[key].get(folded(said[key]).strip())) for key in KEYS if key in said]
        found = [(key, person) for key, person in found if person is not None]
        if not found:
            return None
        first = found[0][1]
        for key, other in found[1:]:
            if other.pk != first.pk:
                words = {"what": TARGETS[key], "value": said[key][:80], "name": other.name}
                raise Refused(_("%(what)s %(value)s belongs to %(name)s.") % words)
        number = folded(said.get("staff_number", "")).strip()
        if number and first.staff_number and folded(first.staff_number) != number:
            words = {"name": first.name, "number": first.staff_number}
            raise Refused(_("%(name)s has the staff number %(number)s.") % words)
        return first

    def _refuse_foreign(self, person):
        if person.organisation_id not in (None, self.organisation.pk):
            raise Refused(_("%(name)s belongs to another organisation.") % {"name": person.name})
        if person.organisation_id is None:
            people.update_person(person, actor=self.actor, organisation=self.organisation)
            person.organisation = self.organisation

    def _department(self, path):
        """The department at the end of a path; what is missing of it is made. A single name may lie anywhere."""
        if not path:
            raise Refused(_("The department has no name."))
        if len(path) == 1:
            named = [one for one in self.departments if _is_called(one, path[0])]
            if len(named) > 1:
                words = {"name": path[0]}
                raise Refused(_("There are several departments “%(name)s”: write those above it too.") % words)
            if named:
                return named[0]
        above = None
        for name in path:
            pk = above.pk if above else None
            here = next((one for one in self.departments if one.parent_id == pk and _is_called(one, name)), None)
            if here is None:
                here = save_department(
                    actor=self.actor, organisation=self.organisation, name_zh=name, slug=self._free_slug(name),
                    parent=above,
                )  # fmt: skip
                self.departments.append(here)
                self.made += 1
            above = here
        return above

    def _free_slug(self, name):
        base = (slugify(latin_form(name) or name) or "department")[:44]
        taken = {one.slug for one in self.departments}
        return next(slug for n in range(1, 10_000) if (slug := base if n == 1 else f"{base}-{n}") not in taken)

    def _manage(self, row):
        if not (text := row.said.get("manager")):
            return
        key = folded(text).strip()
        manager = next((found for name in KEYS if (found := self.known[name].get(key))), None)
        if manager is None:
            raise Refused(_("Nobody is called “%(name)s”.") % {"name": text[:60]})
        if manager.pk != row.person.manager_id:
            before = row.person.manager
            row.person = people.update_person(row.person, actor=self.actor, manager=manager)
            row.line.diff["manager"] = [before.name if before else "", manager.name]

    def _head(self, row):
        if not (text := row.said.get("is_head")):
            return
        is_head = yes_or_no(text)
        if is_head is None:
            raise Refused(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        department = row.person.department_id and Department.objects.get(pk=row.person.department_id)
        if not is_head or not department or department.head_id == row.person.pk:
            return
        before = department.head
        save_department(department, actor=self.actor, head=row.person)
        row.line.diff["is_head"] = [before.name if before else "", row.person.name]

    def _learn(self, person):
        for key in KEYS:
            if value := folded(getattr(person, key)).strip():
                self.known[key][value] = person


def _is_called(department, name) -> bool:
    return folded(name) in (folded(department.name_zh), folded(department.name_en))


def _called(said) -> str:
    return next((said[key] for key in KEYS if key in said), "")


def _word(value) -> str:
    if isinstance(value, Department):
        return value.name_zh or value.name_en
    return "" if value is None else str(value)


def _words(refusal) -> str:
    """All that a refusal says, with the field where it belongs to one."""
    lines = []
    for name, texts in (refusal.fields or {}).items():
        what = f"{TARGETS[name]}: " if name in TARGETS else ""
        lines += [f"{what}{text}" for text in texts]
    return " ".join(lines or [str(refusal)])[:500]
