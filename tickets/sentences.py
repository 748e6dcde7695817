"""An event as a sentence for people: one place for the timeline, notifications and the API."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Team, User
from cmdb.models import Service
from core.bilingual import in_reading_language
from core.templatetags.presentation import due_words, span_words
from tickets import work_sentences
from tickets.models import Category
from tickets.vocabulary import Level, Metric, PendingReason, Priority, ResolutionCode

# Later than this a deadline was not swept: a killed worker delays an effect by a minute at most.
_NOTICED_WITHIN = 60
_BESIDE = {
    "runbook_started": gettext_lazy("started the runbook “%(title)s” (%(number)s, version %(edition)s)"),
    "step_done": gettext_lazy("ticked off: %(step)s"),
    "step_reopened": gettext_lazy("opened again: %(step)s"),
    "step_removed": gettext_lazy("removed the step: %(step)s"),
    "time_logged": gettext_lazy("recorded %(minutes)s minutes"),
    "time_removed": gettext_lazy("took back %(minutes)s minutes"),
    "collided": gettext_lazy("it collides with %(other)s"),
    "collision_over": gettext_lazy("it no longer collides with %(other)s"),
    "collision_accepted": gettext_lazy("accepted that it collides with %(other)s: %(reason)s"),
    "frozen": gettext_lazy("it lies in the freeze “%(called)s”: no work begins during it"),
    "thawed": gettext_lazy("it no longer lies in the freeze “%(called)s”"),
    "exception_asked": gettext_lazy("asked for an exception from the maintenance windows: %(reason)s"),
    "exception_granted": gettext_lazy("granted the exception from the maintenance windows"),
    "exception_refused": gettext_lazy("refused the exception from the maintenance windows: %(reason)s"),
}
_BESIDE_WORDS = ("step", "minutes", "other", "called", "reason", "title", "number", "edition")
_CAUSE = {
    "cause_suggested": gettext_lazy("may have caused %(number)s"),
    "cause_confirmed": gettext_lazy("confirmed that it caused %(number)s"),
    "cause_rejected": gettext_lazy("judged that it did not cause %(number)s"),
    "fix_failed": gettext_lazy("%(number)s did not succeed: it is a known error again"),
    "recurred": gettext_lazy("%(number)s came after the fix, which had no effect"),
    "absorbed": gettext_lazy("took over what was linked with %(number)s, a duplicate"),
}
_SIMPLE = {
    "woke": gettext_lazy("came back to whoever had snoozed it"),
    "reported": gettext_lazy("reported it"),
    "sent": gettext_lazy("asked the requester for a rating"),
    "answered": gettext_lazy("answered the survey"),
    "acknowledged": gettext_lazy("took note of the low score"),
    "claimed": gettext_lazy("took it"),
    "started": gettext_lazy("started work"),
    "resumed": gettext_lazy("resumed work"),
    "resolved": gettext_lazy("resolved it"),
    "closed": gettext_lazy("closed it"),
    "cancelled": gettext_lazy("cancelled it"),
    "reopened": gettext_lazy("reopened it"),
    "requeued": gettext_lazy("returned it to the queue"),
    "nudged": gettext_lazy("urged the owner"),
    "sent_for_approval": gettext_lazy("asked for approval"),
    "approved": gettext_lazy("let the approved request go on"),
    "rejected": gettext_lazy("sent it back, as it was not approved"),
    "resubmitted": gettext_lazy("sent it again"),
    "revised": gettext_lazy("changed the answers"),
    "fulfilled": gettext_lazy("marked it as fulfilled"),
    "withdrawn": gettext_lazy("withdrew it"),
    "submitted": gettext_lazy("sent it for assessment"),
    "planned": gettext_lazy("changed the plan"),
    "scheduled": gettext_lazy("put it into the calendar"),
    "held_up": gettext_lazy("it was approved, but something is in the way"),
    "reassessed": gettext_lazy("sent it back to be assessed again: items, dates or plan have changed"),
    "rewritten": gettext_lazy("made it a draft again: items, dates or plan have changed"),
    "assessed": gettext_lazy("assessed the risk"),
    "assessment_overdue": gettext_lazy("reminded of the risk assessment that is owed"),
    "template_suspended": gettext_lazy("suspended its template: too many of its changes failed"),
    "finished": gettext_lazy("ended the work"),
    "backed_out": gettext_lazy("began to back out"),
    "taken_up": gettext_lazy("began to assess it"),
    "examined": gettext_lazy("began to look for the cause"),
    "known": gettext_lazy("made it a known error"),
    "fix_begun": gettext_lazy("began the fix"),
    "fix_in_place": gettext_lazy("the fix is in place and is being observed"),
    "recurrence_denied": gettext_lazy("said that what came back was something else"),
    "risk_review_due": gettext_lazy("the accepted risk is to be looked at again"),
    "workaround_published": gettext_lazy("published the workaround"),
    "risk_refused": gettext_lazy("refused to accept the risk"),
    "described": gettext_lazy("wrote down what is known"),
    "edited": gettext_lazy("changed properties"),
    "article_linked": gettext_lazy("linked a help article"),
    "article_unlinked": gettext_lazy("removed a help article"),
    "watched": gettext_lazy("added a watcher"),
    "unwatched": gettext_lazy("removed a watcher"),
    "commented": gettext_lazy("added a reply or note"),
    "reply_withdrawn": gettext_lazy("withdrew the reply before it was sent"),
    "mail_bounced": gettext_lazy("a mail about it did not arrive"),
    "steps_added": gettext_lazy("added steps to the checklist"),
    "snoozed": gettext_lazy("snoozed it"),
    "unsnoozed": gettext_lazy("ended the snooze"),
    "imported": gettext_lazy("was imported from another system"),
    "handed_over": gettext_lazy("handed it over, as its assignee leaves"),
    "raised_to_lead": gettext_lazy("informed the next person up the reporting line"),
}
_LABELS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "impact": gettext_lazy("Impact"),
    "urgency": gettext_lazy("Urgency"),
    "priority": gettext_lazy("Priority"),
    "priority_reason": gettext_lazy("Reason for the priority"),
    "service_id": gettext_lazy("Service"),
    "category_id": gettext_lazy("Category"),
    "team_id": gettext_lazy("Team"),
    "assignee_id": gettext_lazy("Assignee"),
    "requester_id": gettext_lazy("Requester"),
    "contact": gettext_lazy("Contact"),
    "place": gettext_lazy("Place"),
    "planned_start": gettext_lazy("planned start"),
    "planned_end": gettext_lazy("planned end"),
    "implementer_id": gettext_lazy("implementer"),
}
_CHOICES = {
    "impact": Level,
    "urgency": Level,
    "priority": Priority,
    "pending_reason": PendingReason,
    "resolution_code": ResolutionCode,
}
_INSTANTS = ("planned_start", "planned_end")
_MODELS = {
    "team_id": Team,
    "service_id": Service,
    "category_id": Category,
    "assignee_id": User,
    "requester_id": User,
    "implementer_id": User,
}


class Names:
    """Names behind the keys in a batch of events, read once per model for the whole timeline."""

    def __init__(self, events):
        wanted = {name: set() for name in _MODELS}
        for event in events:
            wanted["assignee_id"].update(event.data.get("told") or ())
            if event.name.startswith("approval."):
                wanted["assignee_id"].update(work_sentences.people_in(event))
            elif event.name.startswith("task."):
                wanted["team_id"].add(event.data.get("team"))
                wanted["assignee_id"].add(event.data.get("assignee"))
            for field, pair in (event.data.get("changes") or {}).items():
                if field in wanted:
                    wanted[field].update(value for value in pair if value is not None)
        by_model = {}
        for field, model in _MODELS.items():
            by_model.setdefault(model, set()).update(wanted[field])
        self._found = {
            model: {obj.pk: str(obj) for obj in model.objects.filter(pk__in=keys)} if keys else {}
            for model, keys in by_model.items()
        }

    def of(self, field, value):
        if value in (None, ""):
            return "—"
        if field in _MODELS:
            return self._found[_MODELS[field]].get(value, f"#{value}")
        if field in _CHOICES:
            return str(dict(_CHOICES[field].choices).get(value, value))
        if field in _INSTANTS:
            return due_words(parse_datetime(value))
        text = str(value)
        return text if len(text) <= 80 else f"{text[:79]}…"


def sentence(event, names) -> str:
    """What the actor did, without their name: "escalated it to Network". Unknown events show their name."""
    kind, _dot, verb = event.name.partition(".")
    if kind == "approval":
        return work_sentences.of_approval(event, names)
    if kind == "task":
        return work_sentences.of_task(event, names)
    if kind == "major":
        return work_sentences.of_major(event)
    if verb.startswith("analysis_"):
        return work_sentences.of_analysis(verb)
    changes = event.data.get("changes") or {}
    if verb in ("assigned", "escalated", "sent_back"):
        words = _handed_over(verb, changes, names)
        given_out = event.data.get("given_out")
        return f"{words} ({_why_given(given_out)})" if given_out else words
    if verb == "held":
        reason = names.of("pending_reason", event.data.get("values", {}).get("pending_reason"))
        return _("put it on hold: %(reason)s") % {"reason": reason}
    if verb in ("linked", "unlinked", "parented", "merged"):
        return _related(verb, event.data)
    if verb in _CAUSE:
        return str(_CAUSE[verb]) % {"number": event.data["number"]}
    if verb == "tagged" or verb in _BESIDE:
        return _beside(verb, event.data)
    if event.name.startswith("sla."):
        return _of_clock(event, names)
    return str(_SIMPLE.get(verb, event.name))


def _handed_over(verb, changes, names):
    team = names.of("team_id", changes["team_id"][1]) if "team_id" in changes else ""
    person = changes.get("assignee_id", [None, None])[1]
    target = " · ".join(part for part in (team, names.of("assignee_id", person) if person else "") if part)
    if verb == "escalated":
        return _("escalated it to %(target)s") % {"target": target}
    if verb == "sent_back":
        return _("sent it back to %(target)s") % {"target": target}
    return _("assigned it to %(target)s") % {"target": target or "—"}


def _why_given(given_out):
    """How a team's rule came to its choice: the turn, or the skills and the load at that moment."""
    at_work = {True: [_("on shift")], False: [_("nobody is on shift")]}.get(given_out.get("shift"), [])
    if given_out["by"] == "round_robin":
        return "; ".join([_("it was their turn"), *at_work])
    if given_out["by"] == "skill":
        reasons = [_("by skill: %(skills)s") % {"skills": _skills(given_out["skills"])}]
    else:
        missing = given_out.get("nobody_has")
        reasons = [_("nobody there has %(skills)s") % {"skills": _skills(missing)}] if missing else []
    reasons += at_work
    if given_out["others"] is None:
        reasons.append(_("nobody else is there") if given_out["by"] == "load" else _("nobody else has it"))
    else:
        reasons.append(_("by load: %(open)s open against %(others)s") % given_out)
    return "; ".join(reasons)


def _skills(listed):
    """What is needed, and at which level somebody has it; nothing of the kind where nobody has."""
    words = []
    for zh, en, has, needs in listed:
        name = in_reading_language(zh, en)
        with_level = _("%(name)s %(has)s (needs %(needs)s)") % {"name": name, "has": has, "needs": needs}
        words.append(with_level if has else f"{name} {needs}")
    return ", ".join(words)


def _beside(verb, data):
    """What is kept beside a ticket: its tags, its steps, the minutes spent."""
    if verb == "tagged":
        words = [f"+{name}" for name in data.get("added", ())] + [f"−{name}" for name in data.get("removed", ())]
        return _("changed the tags: %(tags)s") % {"tags": " ".join(words)}
    return str(_BESIDE[verb]) % {name: data.get(name, "") for name in _BESIDE_WORDS}


def _of_clock(event, names):
    if event.name == "sla.acknowledged":
        return _("acknowledged the escalation")
    words = with_lateness(clock_fired(event), event)
    if event.name != "sla.escalated":
        return words
    told = ", ".join(names.of("assignee_id", person) for person in event.data["told"])
    return _("told %(names)s: %(what)s") % {"names": told, "what": words}


def clock_fired(event) -> str:
    """What an event of a clock says: a target missed, or a threshold on the way there or beyond."""
    data = event.data
    words = {"metric": Metric(data["metric"]).label, "pct": data["pct"]}
    if data["pct"] == 100 and not data.get("offset"):
        return _("%(metric)s target missed") % words
    if offset := data.get("offset"):
        words["span"] = span_words(abs(offset))
        if data["pct"] == 100:
            told = _("%(metric)s: %(span)s left") if offset < 0 else _("%(metric)s: late by %(span)s")
            return told % words
    return _("%(metric)s target: %(pct)s %% used up") % words


def with_lateness(words, event) -> str:
    """`words` about a deadline and, when an outage kept it from being noticed in time, how late that was."""
    late = event.data.get("lateness") or 0
    if late <= _NOTICED_WITHIN:
        return words
    told = _("%(words)s (noticed %(late)s late: the clocks were not watched meanwhile)")
    return told % {"words": words, "late": span_words(late)}


def _related(verb, data):
    number = data.get("number") or "—"
    if verb == "merged":
        return _("merged %(number)s into it") % {"number": number}
    if verb == "unlinked":
        return _("removed the link to %(number)s") % {"number": number}
    if verb == "parented":
        return _("set its parent: %(number)s") % {"number": number}
    return _("linked it with %(number)s") % {"number": number}


def differences(event, names) -> list[tuple[str, str, str]]:
    """(label, before, after) for each property a person would recognise."""
    changes = event.data.get("changes") or {}
    return [
        (str(_LABELS[field]), names.of(field, before), names.of(field, after))
        for field, (before, after) in changes.items()
        if field in _LABELS
    ]
