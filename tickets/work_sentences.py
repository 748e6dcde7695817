"""Events of approvals, tasks, major incidents and root cause analyses as sentences, without the actor's name."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.bilingual import in_reading_language

_OF_APPROVAL = {
    "requested": gettext_lazy("asked for approval (%(step)s): %(names)s"),
    "reminded": gettext_lazy("reminded of the approval (%(step)s): %(names)s"),
    "added": gettext_lazy("asked one more to approve (%(step)s): %(name)s"),
    "handed_over": gettext_lazy("handed the approval over (%(step)s): %(former)s → %(name)s"),
    "stuck": gettext_lazy("found nobody who can approve (%(step)s): %(names)s"),
    "granted": gettext_lazy("completed the approval"),
    "rejected": gettext_lazy("ended the approval: rejected"),
    "voided": gettext_lazy("ended the approval: it does not hold any more"),
}
_OF_TASK = {
    "opened": gettext_lazy("opened the task “%(title)s”"),
    "started": gettext_lazy("started the task “%(title)s”"),
    "completed": gettext_lazy("finished the task “%(title)s”"),
    "skipped": gettext_lazy("skipped the task “%(title)s”: %(note)s"),
    "failed": gettext_lazy("failed at the task “%(title)s”: %(note)s"),
    "assigned": gettext_lazy("gave the task “%(title)s” to %(holder)s"),
    "due": gettext_lazy("reminded of the task “%(title)s”, due on %(day)s"),
    "late": gettext_lazy("warned that the task “%(title)s” is late: it was due on %(day)s"),
    "announced": gettext_lazy("told the requester: “%(title)s”"),
    "called_off": gettext_lazy("called off %(count)s tasks"),
    "all_done": gettext_lazy("finished everything that had to be done"),
}

_OF_ANALYSIS = {
    "analysis_begun": gettext_lazy("began a root cause analysis"),
    "analysis_changed": gettext_lazy("went on with the root cause analysis"),
    "analysis_removed": gettext_lazy("removed a root cause analysis"),
    "analysis_restored": gettext_lazy("brought a root cause analysis back"),
}
_OF_MAJOR = {
    "proposed": gettext_lazy("proposed it as a major incident"),
    "declared": gettext_lazy("declared it a major incident"),
    "rejected": gettext_lazy("decided that it is no major incident"),
    "arranged": gettext_lazy("changed who commands or what is affected"),
    "stood_down": gettext_lazy("stood the major incident down"),
    "reviewed": gettext_lazy("filed the review of the major incident"),
    "updated": gettext_lazy("sent news: %(text)s"),
    "informed": gettext_lazy("sent news: %(text)s"),
    "noted": gettext_lazy("noted: %(text)s"),
}


def of_major(event) -> str:
    data = event.data
    text = data.get("text") or in_reading_language(data.get("text_zh", ""), data.get("text_en", ""))
    return str(_OF_MAJOR[event.name.partition(".")[2]]) % {"text": text}


def of_approval(event, names) -> str:
    data, verb = event.data, event.name.partition(".")[2]
    words = {
        "step": data.get("stage", ""),
        "name": names.of("assignee_id", data.get("approver")),
        "former": names.of("assignee_id", data.get("former")),
        "names": ", ".join(names.of("assignee_id", pk) for pk in data.get("approvers", ())),
    }
    if verb != "decided":
        return str(_OF_APPROVAL[verb]) % words
    if event.actor_id == data["approver"]:
        said = _("approved (%(step)s)") if data["approve"] else _("rejected (%(step)s)")
    else:
        said = _("approved for %(name)s (%(step)s)") if data["approve"] else _("rejected for %(name)s (%(step)s)")
    return said % words


def of_task(event, names) -> str:
    data = event.data
    holder = [names.of(field, data.get(key)) for field, key in (("team_id", "team"), ("assignee_id", "assignee"))]
    words = {
        "title": data.get("title", ""),
        "note": data.get("note", ""),
        "count": data.get("count", ""),
        "day": date_format(parse_date(data["due_on"])) if data.get("due_on") else "",
        "holder": " · ".join(name for name in holder if name != "—") or "—",
    }
    return str(_OF_TASK[event.name.partition(".")[2]]) % words


def people_in(event) -> list[int]:
    """Keys of the people whom such a sentence names."""
    data = event.data
    return [pk for pk in (*data.get("approvers", ()), data.get("approver"), data.get("former")) if pk]


def of_analysis(verb) -> str:
    return str(_OF_ANALYSIS[verb])
