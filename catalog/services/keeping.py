"""Writing the catalogue: categories, items, their routes and tasks, and the versions of their forms."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Team, User
from accounts.services import writing
from catalog import form_engine, plans, rules
from catalog.models import FormVersion, RequestItem, ServiceCategory
from catalog.vocabulary import Who
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events import services as events
from tickets.services.automatic import ACTIONS

CATEGORY_FIELDS = ("slug", "name_zh", "name_en", "parent", "icon", "position")
ITEM_FIELDS = (
    "slug", "name_zh", "name_en", "category", "service", "description_zh", "description_en", "in_scope_zh",
    "in_scope_en", "out_of_scope_zh", "out_of_scope_en", "icon", "owner", "team", "priority", "price", "currency",
    "is_cost_centre_required", "is_active", "position",
)  # fmt: skip
AUDIENCE = ("organisations", "departments")
MAX_DEPTH = 4


def require_keeper(actor) -> None:
    """Refuse anybody but managers and administrators. `None` is the system itself: a demo, an import."""
    if actor is not None and not (actor.is_active and rules.keeps_catalogue(actor)):
        raise NotAllowed()


@transaction.atomic
def save_category(category=None, *, actor, **values) -> ServiceCategory:
    """Add or change a category; publishes `service_category.saved` when anything differs. Rings are refused."""
    require_keeper(actor)
    category = category or ServiceCategory()
    changes = writing.apply(category, values, CATEGORY_FIELDS)
    _refuse_ring(category)
    if changes:
        writing.checked(category).save()
        events.publish("service_category.saved", subject=category, actor=actor, changes=changes)
    return category


def _refuse_ring(category):
    above, depth = category.parent, 1
    while above is not None:
        if above.pk == category.pk:
            raise InvalidInput({"parent": [_("A category cannot lie within itself.")]})
        above, depth = above.parent, depth + 1
        if depth > MAX_DEPTH:
            raise InvalidInput({"parent": [_("Categories are nested at most %(depth)s deep.") % {"depth": MAX_DEPTH}]})


@transaction.atomic
def save_item(item=None, *, actor, **values) -> RequestItem:
    """Add or change an item; publishes `request_item.saved` when anything differs, its audience included.

    A new one has an empty form to be edited. Raises NotAllowed, InvalidInput by field.
    """
    require_keeper(actor)
    item = item or RequestItem(draft_form={"fields": []})
    audience = {name: values.pop(name) for name in AUDIENCE if name in values}
    changes = writing.apply(item, values, ITEM_FIELDS)
    if changes:
        changes = {name: [_plain(one) for one in pair] for name, pair in changes.items()}
        writing.checked(item, exclude=("draft_form", "current_form")).save()
    for name, rows in audience.items():
        before, after = (sorted(one.pk for one in group) for group in (getattr(item, name).all(), rows))
        if before != after:
            getattr(item, name).set(rows)
            changes[name] = [before, after]
    if changes:
        events.publish("request_item.saved", subject=item, actor=actor, changes=changes)
    return item


def _plain(value):
    """Decimals as the ledger writes them."""
    return value if isinstance(value, str | int | bool | None) else str(value)


@transaction.atomic
def save_route(item, route, *, actor) -> RequestItem:
    """Put another approval route in force for requests to come. Raises InvalidInput by path."""
    require_keeper(actor)
    problems = plans.problems_of_route(route)
    people = {
        f"route.{at}.who.{place}": one["value"]
        for at, stage in enumerate(route if not problems else ())
        for place, one in enumerate(stage["who"])
        if one["kind"] == Who.PERSON
    }
    known = set(User.objects.active().filter(username__in=people.values()).values_list("username", flat=True))
    problems |= {
        path: _("Nobody has the login “%(login)s”.") % {"login": login}
        for path, login in people.items()
        if login not in known
    }
    return _put(item, "route", route, problems, actor)


@transaction.atomic
def save_tasks(item, tasks, *, actor) -> RequestItem:
    """Put another graph of tasks in force for requests to come. Raises InvalidInput by path."""
    require_keeper(actor)
    problems = plans.problems_of_tasks(tasks, actions=ACTIONS)
    teams = {f"tasks.{at}.team": task.get("team") for at, task in enumerate(tasks if not problems else ())}
    known = set(
        Team.objects.active().filter(slug__in=[slug for slug in teams.values() if slug]).values_list("slug", flat=True)
    )
    problems |= {
        path: _("There is no team “%(slug)s”.") % {"slug": slug}
        for path, slug in teams.items()
        if slug and slug not in known
    }
    return _put(item, "tasks", tasks, problems, actor)


def _put(item, name, value, problems, actor):
    if problems:
        raise InvalidInput({path: [words] for path, words in problems.items()})
    item = RequestItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    before = getattr(item, name)
    if before != value:
        setattr(item, name, value)
        item.save(update_fields=[name])
        events.publish("request_item.saved", subject=item, actor=actor, changes={name: [before, value]})
    return item


@transaction.atomic
def keep_form(item, definition, *, actor) -> RequestItem:
    """Keep a form that is being edited. It may be unfinished; only `publish_form` asks whether it makes sense."""
    require_keeper(actor)
    if not isinstance(definition, dict) or not isinstance(definition.get("fields"), list):
        raise InvalidInput({"fields": [_("A form is a list of fields.")]})
    if len(definition["fields"]) > form_engine.MAX_FIELDS:
        raise InvalidInput({"fields": [_("At most %(limit)s fields.") % {"limit": form_engine.MAX_FIELDS}]})
    item.draft_form = definition
    item.save(update_fields=["draft_form"])
    return item


@transaction.atomic
def publish_form(item, *, actor, definition=None) -> FormVersion:
    """Put the edited form (or `definition`) in force as the next version; publishes `request_item.form_published`.

    Whoever has the old one open may still send it. Raises InvalidInput by path, Refused when nothing changed.
    """
    require_keeper(actor)
    item = RequestItem.objects.select_for_update(of=("self",)).select_related("current_form").get(pk=item.pk)
    definition = definition if definition is not None else item.draft_form
    if definition is None or (item.current_form and item.current_form.definition == definition):
        raise Refused(_("Nothing has changed since the last version."))
    if problems := form_engine.problems_of(definition):
        raise InvalidInput({path: [words] for path, words in problems.items()})
    number = (item.forms.aggregate(last=Max("number"))["last"] or 0) + 1
    form = FormVersion.objects.create(
        item=item, number=number, definition=definition, published_by=actor, published_at=clock.recorded_now()
    )
    item.current_form, item.draft_form = form, None
    item.save(update_fields=["current_form", "draft_form"])
    events.publish("request_item.form_published", subject=item, actor=actor, number=number)
    return form
