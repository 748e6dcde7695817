"""Bringing a catalogue in from YAML: everything is tried in one transaction, and kept when nothing was wrong."""

from dataclasses import dataclass, field
from decimal import Decimal

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Department, Organisation, Team, User
from catalog.models import RequestItem, ServiceCategory
from catalog.selectors.exporting import FORMAT, TEXTS, item_as_data
from catalog.services import keeping
from cmdb.models import Service
from core.errors import InvalidInput, Refused

MAX_BYTES = 2_000_000
MAX_ROWS = 2_000
_ITEM_KEYS = frozenset(
    {"slug", "name", "category", "service", "owner", "team", "icon", "priority", "position", "is_active", "route"}
    | {"tasks", "form", "price", "currency", "is_cost_centre_required", "organisations", "departments", *TEXTS}
)
_CATEGORY_KEYS = frozenset({"slug", "name", "icon", "position", "parent"})


@dataclass
class Report:
    """What an import did or would do: slugs by outcome, and problems by path. Nothing was kept where there are any."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def import_catalogue(text, *, actor, dry_run=False) -> Report:
    """Bring in what `catalog.selectors.exporting` writes; items are known by their slug, none is ever removed.

    The dry run walks the same way and undoes it. Importing the same file twice changes nothing the second time.
    Raises InvalidInput where the text is no catalogue at all.
    """
    keeping.require_keeper(actor)
    data = _read(text)
    report = Report()
    with transaction.atomic():
        for index, row in enumerate(data["categories"]):
            _try(report, f"categories.{index}", row, _CATEGORY_KEYS, _bring_category, actor)
        for index, row in enumerate(data["items"]):
            _try(report, f"items.{index}", row, _ITEM_KEYS, _bring_item, actor)
        if dry_run or report.problems:
            transaction.set_rollback(True)
    return report


def _read(text) -> dict:
    if len(text) > MAX_BYTES:
        raise InvalidInput({"file": [_("The file is too large.")]})
    try:
        # Anchors would let a small file unfold into a huge one.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.SafeLoader)):
            raise InvalidInput({"file": [_("References (&, *) are not read.")]})
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidInput({"file": [_("This is no YAML: %(error)s") % {"error": str(error)[:300]}]}) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InvalidInput({"file": [_("This is no catalogue of format %(format)s.") % {"format": FORMAT}]})
    rows = {name: data.get(name, []) for name in ("categories", "items")}
    if any(not isinstance(value, list) or len(value) > MAX_ROWS for value in rows.values()):
        raise InvalidInput({"file": [_("Categories and items are lists of at most %(n)s.") % {"n": MAX_ROWS}]})
    return rows


def _try(report, path, row, allowed, bring, actor):
    """One row in a savepoint of its own, so that every problem of a file is told at once."""
    if not isinstance(row, dict) or not isinstance(row.get("slug"), str):
        report.problems[path] = _("A row is an object with a slug.")
        return
    if unknown := sorted(str(key) for key in set(row) - allowed):
        report.problems[f"{path}.{unknown[0]}"[:120]] = _("Unknown property.")
        return
    try:
        with transaction.atomic():
            outcome = bring(row, actor)
    except Refused as refusal:
        for name, messages in (refusal.fields or {"": [str(refusal)]}).items():
            report.problems[f"{path}.{name}".rstrip(".")] = " ".join(str(message) for message in messages)
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        report.problems[path] = _("A value is not of the kind that is expected here.")
    else:
        getattr(report, outcome).append(row["slug"])


def _bring_category(row, actor) -> str:
    known = ServiceCategory.objects.filter(slug=row["slug"]).first()
    before = known and _plain(known, keeping.CATEGORY_FIELDS)
    parent = _named(ServiceCategory.objects, "slug", row.get("parent"), "parent") if row.get("parent") else None
    values = {"slug": row["slug"], "parent": parent, **_names(row, "name")}
    values |= {name: row[name] for name in ("icon", "position") if name in row}
    saved = keeping.save_category(known, actor=actor, **values)
    return _outcome(before, _plain(saved, keeping.CATEGORY_FIELDS))


def _bring_item(row, actor) -> str:
    known = RequestItem.objects.filter(slug=row["slug"]).first()
    before = known and item_as_data(known)
    values = {
        "slug": row["slug"],
        **_names(row, "name"),
        "category": _named(ServiceCategory.objects, "slug", row.get("category"), "category"),
        "service": _named(Service.objects, "slug", row.get("service"), "service"),
        "owner": _named(User.objects.active(), "username", row.get("owner"), "owner"),
        "team": _named(Team.objects.active(), "slug", row.get("team"), "team"),
        "price": None if row.get("price") is None else Decimal(str(row["price"])),
        "is_cost_centre_required": row.get("is_cost_centre_required", False),
        "organisations": [
            _named(Organisation.objects, "slug", slug, "organisations") for slug in row.get("organisations", ())
        ],
        "departments": [_department(path) for path in row.get("departments", ())],
    }
    for name in TEXTS:
        values |= _names(row, name)
    values |= {name: row[name] for name in ("icon", "priority", "position", "is_active", "currency") if name in row}
    item = keeping.save_item(known, actor=actor, **values)
    keeping.save_route(item, row.get("route", []), actor=actor)
    keeping.save_tasks(item, row.get("tasks", []), actor=actor)
    item.refresh_from_db()
    if "form" in row and (item.current_form is None or item.current_form.definition != row["form"]):
        keeping.publish_form(item, actor=actor, definition=row["form"])
        item.refresh_from_db()
    return _outcome(before, item_as_data(item))


def _outcome(before, after) -> str:
    return "added" if before is None else "same" if before == after else "changed"


def _plain(row, names) -> dict:
    return {name: getattr(row, name) for name in names}


def _names(row, name) -> dict:
    both = row.get(name) or {}
    if not isinstance(both, dict) or any(not isinstance(text, str) for text in both.values()):
        raise InvalidInput({name: [_("Texts are written as zh and en.")]})
    return {f"{name}_{code}": both.get(code, "") for code in ("zh", "en")}


def _named(rows, field_name, value, path):
    found = rows.filter(**{field_name: value}).first() if isinstance(value, str) else None
    if found is None:
        raise InvalidInput({path: [_("“%(name)s” is not known here.") % {"name": str(value)[:80]}]})
    return found


def _department(path):
    organisation, _slash, slug = str(path).partition("/")
    found = Department.objects.filter(organisation__slug=organisation, slug=slug).first()
    if found is None:
        raise InvalidInput({"departments": [_("“%(name)s” is not known here.") % {"name": str(path)[:80]}]})
    return found
