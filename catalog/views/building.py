"""The form builder: a list of fields that are added, changed, moved and removed, with the form itself beside it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog import form_engine, services
from catalog.forms.answering import AnswerForm
from catalog.forms.building import FieldForm
from catalog.selectors.answers import said
from catalog.views.access import found, keeper_view
from catalog.vocabulary import FieldKind
from core.errors import Refused
from core.htmx import fragment_or_page

EMPTY = {"fields": []}


@keeper_view
def builder(request, slug):
    """Every change is kept at once as the draft of the form; nothing is in force before it is published."""
    item = found(request, slug)
    definition = _edited(item)
    if request.method != "POST":
        return _page(request, item, definition)
    fields = [*definition["fields"]]
    at = request.POST.get("at", "")
    at = int(at) if at.isdecimal() and int(at[:4]) < len(fields) else None
    wrong = None
    match request.POST.get("op"):
        case "add" if request.POST.get("kind") in FieldKind.values:
            fields.append(_new(request.POST["kind"], fields))
            at = len(fields) - 1
        case "up" if at:
            fields[at - 1], fields[at] = fields[at], fields[at - 1]
            at -= 1
        case "down" if at is not None and at + 1 < len(fields):
            fields[at], fields[at + 1] = fields[at + 1], fields[at]
            at += 1
        case "remove" if at is not None:
            del fields[at]
            at = None
        case "change" if at is not None:
            wrong = FieldForm(request.POST, field=fields[at], others=_others(fields, at), prefix=f"f{at}")
            if wrong.is_valid():
                fields[at], wrong = wrong.definition(), None
    if wrong is None:
        try:
            services.keep_form(item, {"fields": fields}, actor=request.user)
        except Refused as refusal:
            messages.error(request, " ".join(text for texts in refusal.fields.values() for text in texts))
            return _page(request, item, definition, status=refusal.status)
    return _page(request, item, {"fields": fields}, at=at, wrong=wrong, status=422 if wrong else 200)


@keeper_view
@require_POST
def publish(request, slug):
    item = found(request, slug)
    try:
        form = services.publish_form(item, actor=request.user)
    except Refused as refusal:
        problems = [f"{path}: {text}" for path, texts in refusal.fields.items() for text in texts]
        messages.error(request, " ".join(problems) or str(refusal))
    else:
        messages.success(request, _("Version %(number)s is in force.") % {"number": form.number})
    return redirect("catalog:builder", slug)


def _edited(item) -> dict:
    return item.draft_form or (item.current_form.definition if item.current_form else EMPTY)


def _new(kind, fields) -> dict:
    taken = {one["key"] for one in fields}
    key = next(key for n in range(1, len(fields) + 2) if (key := f"{kind}_{n}") not in taken)
    made = {"key": key, "kind": kind, "label": {"zh": str(FieldKind(kind).label)}}
    if kind in (FieldKind.CHOICE, FieldKind.MULTI_CHOICE):
        made["choices"] = [{"value": "a", "label": {"zh": "A"}}, {"value": "b", "label": {"zh": "B"}}]
    if kind == FieldKind.TABLE:
        made |= {"columns": [{"key": "what", "kind": "text", "label": {"zh": "…"}}], "max_rows": 20}
    return made


def _others(fields, at):
    return [one["key"] for index, one in enumerate(fields) if index != at]


def _page(request, item, definition, *, at=None, wrong=None, status=200):
    fields, problems = definition["fields"], form_engine.problems_of(definition)
    rows = [
        {
            "index": index,
            "field": one,
            "label": said(one["label"]),
            "kind": FieldKind(one["kind"]).label,
            "form": wrong
            if wrong is not None and index == at
            else FieldForm(field=one, others=_others(fields, index), prefix=f"f{index}"),
            "is_open": index == at,
            "problems": [text for path, text in problems.items() if path.startswith(f"fields.{index}.")],
        }
        for index, one in enumerate(fields)
    ]
    in_force = item.current_form.definition if item.current_form else EMPTY
    context = {
        "item": item,
        "rows": rows,
        "kinds": FieldKind.choices,
        "problems": problems,
        "preview": AnswerForm(definition, user=request.user).inputs() if not problems else None,
        "differences": form_engine.differences(in_force, definition),
        "versions": item.forms.select_related("published_by").order_by("-number")[:20],
    }
    return fragment_or_page(request, "catalog/builder.html", "catalog/_builder.html", context, status=status)
