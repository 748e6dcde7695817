"""What two versions say differently, in words."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Team, User
from cmdb.models import Service
from cmdb.selectors.classes import class_words
from sla import durations
from sla.models import AgreementVersion, Calendar, Clause, EscalationPolicy, Target
from sla.selectors.agreements import kind_words, ordinary_days, reason_words
from sla.selectors.content import CLAUSES, PARTIES, SCOPE, TARGETS, TERMS, differences
from sla.vocabulary import REOPEN_WORDS, RETARGET_WORDS
from tickets.vocabulary import Priority

PARTS = {
    PARTIES: _("Parties"),
    SCOPE: _("Scope"),
    TERMS: _("Dates, policy and signers"),
    TARGETS: _("Targets"),
    CLAUSES: _("Clauses"),
}
FIELDS = {
    "services": _("Services in scope"),
    "excluded_services": _("Services out of scope"),
    "item_kinds": _("Kinds of affected items"),
    "priorities": _("Priorities"),
    "starts_on": _("In force from"),
    "ends_on": _("In force until"),
    "policy": _("Escalation policy"),
    "provider_signer": _("Signs for the provider"),
    "other_signer": _("Signs for the other side"),
    "seconds": _("Length"),
    "calendar": _("Calendar"),
    "thresholds": _("Warn at percent of the target"),
    "pausing_reasons": _("Pauses while pending because"),
    "on_retarget": _("When the priority or the terms change"),
    "on_reopen": _("When the ticket is reopened"),
    "team_mode": _("What is measured"),
    "place": pgettext_lazy("clause", "Place"),
    "text_zh": _("Chinese text"),
    "text_en": _("English text"),
}
NAMED = {
    "services": Service, "excluded_services": Service, "policy": EscalationPolicy, "calendar": Calendar,
    "customer": Organisation, "supplier": Organisation, "team": Team,
}  # fmt: skip
LABELLED = {"priorities": Priority, "team_mode": Target.TeamMode}


class Change(NamedTuple):
    part: str
    row: str
    field: str
    before: str
    after: str
    how: str


def changes_between(older, newer) -> list[Change]:
    """The differences of two versions for readers; names are those of today."""
    found = differences(older, newer)
    names = _names(found)
    days = _days(older, newer)
    return [
        Change(
            part=str(PARTS[one.part]),
            row=_row_words(one.part, one.row),
            field=str(FIELDS.get(one.field, one.field)),
            before=_value_words(one.field, one.before, names, days.get((older.pk, one.row))),
            after=_value_words(one.field, one.after, names, days.get((newer.pk, one.row))),
            how=one.how,
        )
        for one in found
    ]


def _days(*versions):
    """{(version id, row): ordinary day of its calendar} of the targets of both."""
    targets = list(Target.objects.filter(version__in=versions))
    lengths = ordinary_days(targets)
    return {(t.version_id, f"{t.kind}/{t.metric}/{t.priority}"): lengths.get(t.calendar_id) for t in targets}


def _names(found):
    """{(field, short name): name} of everything referred to; one query for each kind of thing."""
    wanted = {}
    for one in found:
        for value in (one.before, one.after):
            if one.field in NAMED and value:
                wanted.setdefault(NAMED[one.field], set()).update(value if isinstance(value, list) else [value])
    names = {
        (model, row.slug): str(row) for model, slugs in wanted.items() for row in model.objects.filter(slug__in=slugs)
    }
    logins = {v for o in found if o.field.endswith("_signer") for v in (o.before, o.after) if v}
    return names | {(User, user.username): str(user) for user in User.objects.filter(username__in=logins)}


def _row_words(part, row):
    if part == TARGETS:
        kind, metric, priority = row.split("/")
        return f"{kind_words(kind)}: {Target.Metric(metric).label} {Priority(int(priority)).label}"
    return _clause_words(row) if part == CLAUSES else ""


def _clause_words(row):
    section, place = row.split("/")
    return f"{Clause.Section(section).label} {place}"


def _value_words(field, value, names, day):
    if value in (None, "", []):
        return ""
    if field == "place":
        return _clause_words(value)
    if field == "seconds":
        return durations.words(value, day=day)
    if field == "pausing_reasons":
        return ", ".join(reason_words(value))
    if field == "item_kinds":
        return ", ".join(class_words(value))
    if field in LABELLED:
        return ", ".join(str(LABELLED[field](one).label) for one in (value if isinstance(value, list) else [value]))
    if field in ("on_retarget", "on_reopen"):
        return str((RETARGET_WORDS if field == "on_retarget" else REOPEN_WORDS)[value])
    model = User if field.endswith("_signer") else NAMED.get(field)
    if isinstance(value, list):
        return ", ".join(names.get((model, one), str(one)) for one in value)
    return names.get((model, value), str(value))


def compared_with(version, number=None) -> AgreementVersion | None:
    """The version that another is compared with: the one of that number, else the one before it."""
    others = AgreementVersion.objects.filter(agreement=version.agreement_id).exclude(pk=version.pk)
    if number is not None:
        return others.filter(number=number).first()
    return others.filter(number__lt=version.number).order_by("-number").first()
