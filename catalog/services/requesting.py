"""From a filled-in form to a numbered request, and to its next version when it was sent back."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from catalog import form_engine
from catalog.models import AnswerVersion, Draft, FormVersion, RequestItem, ServiceRequest
from catalog.selectors import answers_in_words
from catalog.services import routing
from cmdb.models import ConfigurationItem
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets import rules
from tickets import services as tickets
from tickets.models import Channel
from tickets.services import approving, door

MAX_COST_CENTRE = 40


@transaction.atomic
def submit(
    item,
    *,
    actor,
    answers,
    form=None,
    requester=None,
    cost_centre="",
    uploads=None,
    channel=Channel.PORTAL,
    at=None,
    source="",
    source_ref="",
) -> ServiceRequest:
    """Ask for an item of the catalogue and return the numbered request.

    `form` is the version that was filled in (the current one otherwise): answers are judged by the form their writer
    saw. `uploads` are {field: files}. In order: refuse an item that is no longer offered (Refused), people of other
    organisations (NotAllowed) and answers that do not fit (InvalidInput by field); number it and publish
    `request.reported`; keep the answers; attach the files; forget the draft; then ask for approval, or go on to the
    tasks where none is needed.
    """
    requester, uploads = requester or actor, uploads or {}
    item = RequestItem.objects.select_related("service", "team", "owner").get(pk=item.pk)
    form = form or item.current_form
    if not item.is_offered or not RequestItem.objects.visible_to(requester).filter(pk=item.pk).exists():
        raise Refused(_("“%(name)s” is not offered any more. What you wrote is kept as a draft.") % {"name": item.name})
    if requester != actor and not actor.is_staff_member and requester.organisation_id != actor.organisation_id:
        raise NotAllowed(_("You can ask for people of your own organisation only."))
    values = _checked(form, answers, actor=actor, requester=requester, files=_names(uploads))
    request = ServiceRequest(
        item=item,
        requester=requester,
        opened_by=actor,
        service=item.service,
        team=item.team if item.team.serves.filter(pk=requester.organisation_id).exists() else None,
        priority=item.priority,
        price=item.price,
        currency=item.currency,
        cost_centre=_cost_centre(item, cost_centre),
        channel=channel,
        contact=requester.phone,
        place=requester.location,
        source=source,
        source_ref=source_ref,
    )
    with translation.override(requester.language):
        request.title = item.name
        request.description = answers_in_words(form.definition, values)
    tickets.open_ticket(request, actor=actor, at=at)
    _keep_answers(request, form, values, actor=actor, at=request.created_at)
    _attach(request, uploads, actor=actor, at=at)
    Draft.objects.of(actor).filter(item=item).delete()
    _send_on(request, actor=actor)
    request.refresh_from_db()
    return request


@transaction.atomic
def resubmit(request, *, actor, answers, form=None, cost_centre="", uploads=None, version=None) -> ServiceRequest:
    """Send a request again that was sent back: version n+1 of its answers, at today's price.

    Raises NotAllowed (somebody else's), Refused (not sent back), Stale, InvalidInput by field.
    """
    request, uploads = door.lock(request, version=version), uploads or {}
    if not rules.raised_it(actor, request):
        raise NotAllowed()
    if request.state != "draft":
        raise Refused(_("This request was not sent back, so it cannot be sent again."))
    item = request.item
    form = form or item.current_form
    there = _names(uploads)
    for key in [one["key"] for one in form.definition["fields"] if one["kind"] == "attachment"]:
        there.setdefault(key, []).extend(request.attachments.values_list("name", flat=True))
    values = _checked(form, answers, actor=actor, requester=request.requester, files=there)
    before = door.snapshot(request)
    request.price, request.currency = item.price, item.currency
    request.cost_centre = _cost_centre(item, cost_centre or request.cost_centre)
    with translation.override(request.requester.language):
        request.description = answers_in_words(form.definition, values)
    at = door.instant(request)
    door.write(request, "request.revised", actor=actor, before=before, at=at)
    _keep_answers(request, form, values, actor=actor, at=at)
    _attach(request, uploads, actor=actor, at=at)
    tickets.take_transition(request, "resubmit", actor=actor, is_trusted=True, at=at)
    _send_on(request, actor=actor)
    request.refresh_from_db()
    return request


def _send_on(request, *, actor):
    """Ask whoever has to agree, else go on at once."""
    stages = routing.stages_of(request)
    if not stages:
        tickets.take_transition(request, "approve", actor=None)
        return
    tickets.take_transition(request, "ask_approval", actor=None)
    approving.ask(request, stages, scope=scope_of(request), actor=actor)


def scope_of(request) -> dict:
    """What an approval stands for: change it, and it has to be asked for again."""
    latest = request.answers.order_by("-number").first()
    return {
        "item": request.item.slug,
        "answers": latest.values,
        "price": str(request.price),
        "currency": request.currency,
        "cost_centre": request.cost_centre,
        "requester": request.requester_id,
    }


def _checked(form: FormVersion, answers, *, actor, requester, files) -> dict:
    people = User.objects.visible_to(actor).active()
    items = ConfigurationItem.objects.of(requester).filter(is_active=True)
    world = form_engine.World(
        has_person=lambda login: people.filter(username=login).exists(),
        has_item=lambda slug: items.filter(slug=slug).exists(),
        files=files,
    )
    values, problems = form_engine.clean(form.definition, answers, world)
    if problems:
        raise InvalidInput(problems)
    return values


def _names(uploads) -> dict[str, list[str]]:
    return {key: [upload.name for upload in files] for key, files in uploads.items()}


def _cost_centre(item, given) -> str:
    code = clean_text(given)
    if item.is_cost_centre_required and not code:
        raise InvalidInput({"cost_centre": [_("This field is required.")]})
    if len(code) > MAX_COST_CENTRE:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({"cost_centre": [message % {"limit": MAX_COST_CENTRE, "length": len(code)}]})
    return code


def _keep_answers(request, form, values, *, actor, at):
    number = request.answers.count() + 1
    AnswerVersion.objects.create(request=request, number=number, form=form, values=values, sent_by=actor, sent_at=at)


def _attach(request, uploads, *, actor, at):
    files = [upload for several in uploads.values() for upload in several]
    if files:
        tickets.attach(request, actor=actor, uploads=files, at=at or clock.recorded_now())
