"""Writing an agreement: its versions, their scope and dates, targets and clauses, while they can be changed."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.services import writing
from core.errors import InvalidInput, Refused
from core.text import clean_text
from sla import access
from sla.models import Agreement, AgreementVersion, Clause, Target
from sla.selectors import content
from sla.services.agreements import lock_kind, locked, publish, refuse_overlap

Kind, State = Agreement.Kind, AgreementVersion.State
AGREEMENT_FIELDS = ("slug", "kind", "name_zh", "name_en", "customer", "supplier", "team", "owner", "rank")
KEEPABLE_FIELDS = ("name_zh", "name_en", "owner", "rank")
PLAIN_FIELDS = (
    "item_kinds", "priorities", "policy", "starts_on", "ends_on", "review_on", "provider_signer", "other_signer",
)  # fmt: skip
TARGET_FIELDS = (
    "seconds", "calendar", "thresholds", "pausing_reasons", "on_retarget", "on_reopen", "team_mode",
)  # fmt: skip


@transaction.atomic
def create_agreement(*, actor, **values) -> AgreementVersion:
    """Add an agreement and its first version, a draft. Raises InvalidInput where the other party is missing."""
    access.require_manager(actor)
    agreement = Agreement()
    writing.apply(agreement, {"owner": actor, **values}, AGREEMENT_FIELDS)
    _check_party(agreement)
    writing.checked(agreement).save()
    version = AgreementVersion.objects.create(
        agreement=agreement, number=1, provider_signer=agreement.owner, created_by=actor
    )
    publish("created", version, actor=actor)
    return version


@transaction.atomic
def edit_agreement(agreement, *, actor, **values) -> Agreement:
    """Change its names, its owner or its rank; the parties stay. Another rank must not make it overlap."""
    access.require_manager(actor)
    lock_kind(agreement.kind)
    agreement = Agreement.objects.get(pk=agreement.pk)
    changes = writing.apply(agreement, values, KEEPABLE_FIELDS)
    if not changes:
        return agreement
    writing.checked(agreement).save()
    latest = agreement.versions.order_by("-number").first()
    in_force = agreement.versions.filter(state__in=AgreementVersion.BINDING).first()
    if in_force and "rank" in changes:
        refuse_overlap(in_force)
    publish("edited", in_force or latest, actor=actor, changes=changes)
    return agreement


@transaction.atomic
def new_version(agreement, *, actor) -> AgreementVersion:
    """A draft copied from the version in force, else from the latest: one is written at a time."""
    access.require_manager(actor)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    versions = agreement.versions.order_by("-number")
    open_one = versions.filter(state__in=(*AgreementVersion.EDITABLE, State.PENDING_SIGNATURE)).first()
    if open_one is not None:
        raise Refused(_("Version %(n)s is still being written or signed.") % {"n": open_one.number})
    source = versions.filter(state__in=AgreementVersion.BINDING).first() or versions.first()
    draft = AgreementVersion.objects.create(
        agreement=agreement,
        number=versions.aggregate(last=Max("number"))["last"] + 1,
        created_by=actor,
        **{name: getattr(source, name) for name in PLAIN_FIELDS if name not in ("starts_on", "ends_on")},
    )
    draft.services.set(source.services.all())
    draft.excluded_services.set(source.excluded_services.all())
    for rows in (source.targets.all(), source.clauses.all()):
        for row in rows:
            row.pk, row.version, row._state.adding = None, draft, True
            row.save()
    publish("version_created", draft, actor=actor, copied_from=source.number)
    return draft


@transaction.atomic
def edit_version(version, *, actor, based_on=None, services=None, excluded_services=None, **values):
    """Change scope, policy, dates and signers; what is not given stays.

    `based_on` is the digest the writer had before them: when the content changed meanwhile it is refused, as by every
    command here.
    """
    version = _opened(version, actor, based_on)
    writing.apply(version, values, PLAIN_FIELDS)
    if services is not None:
        version.services.set(services)
    if excluded_services is not None:
        version.excluded_services.set(excluded_services)
    check_terms(version)
    writing.checked(version).save()
    publish("version_edited", version, actor=actor, part="scope")
    return version


@transaction.atomic
def set_targets(version, rows, *, actor, kind="incident", based_on=None) -> None:
    """Make `rows` the version's promises for a kind of ticket; those not named are dropped.

    A row is {metric, priority, seconds, calendar, …TARGET_FIELDS}. Rows are kept by metric and priority, so that the
    remarks on them stay beside them.
    """
    version = _opened(version, actor, based_on)
    kept = {(target.metric, target.priority): target for target in version.targets.filter(kind=kind)}
    for row in rows:
        target = kept.pop((row["metric"], row["priority"]), None) or Target(
            version=version, kind=kind, metric=row["metric"], priority=row["priority"]
        )
        writing.apply(target, {name: row[name] for name in TARGET_FIELDS if name in row}, TARGET_FIELDS)
        writing.checked(target).save()
    for target in kept.values():
        target.delete()
    publish("version_edited", version, actor=actor, part="targets")


@transaction.atomic
def save_clause(version, *, actor, clause=None, section, text_zh, text_en, based_on=None) -> Clause:
    """Add a clause at the end of its section (None), or change one."""
    version = _opened(version, actor, based_on)
    if not clean_text(text_zh) and not clean_text(text_en):
        raise InvalidInput({"text_zh": [_("Write the clause in at least one language.")]})
    clause = clause or Clause(version=version)
    if clause.section != section:
        last = version.clauses.filter(section=section).aggregate(last=Max("position"))["last"]
        clause.section, clause.position = section, (last or 0) + 1
    writing.apply(clause, {"text_zh": text_zh, "text_en": text_en}, ("text_zh", "text_en"))
    writing.checked(clause).save()
    publish("version_edited", version, actor=actor, part="clauses")
    return clause


@transaction.atomic
def move_clause(clause, places, *, actor) -> None:
    """Move a clause so many places down its section (negative: up). Raises Refused where there is no such place."""
    version = _opened(clause.version, actor)
    rows = list(version.clauses.filter(section=clause.section))
    at = rows.index(clause)
    if not 0 <= at + places < len(rows):
        raise Refused(_("The clause stands at the end of its section already."))
    rows.insert(at + places, rows.pop(at))
    for position, row in enumerate(rows, start=1):
        row.position = position
    Clause.objects.bulk_update(rows, ["position"])
    publish("version_edited", version, actor=actor, part="clauses")


@transaction.atomic
def remove_clause(clause, *, actor) -> None:
    """Take a clause out; remarks on it stay on record."""
    version = _opened(clause.version, actor)
    clause.delete()
    publish("version_edited", version, actor=actor, part="clauses")


def _opened(version, actor, based_on=None) -> AgreementVersion:
    """The version locked for a change of its content."""
    version = locked(version)
    access.require_editor(actor, version)
    if not version.is_editable:
        raise Refused(_("Only a draft or a version in negotiation can be changed. Make a new version."))
    if based_on and based_on != content.digest_of(version):
        raise Refused(_("Somebody changed this version meanwhile. Look at it again before you save."))
    return version


def _check_party(agreement):
    """Each kind has one other party; the fields of the others stay empty."""
    wanted = {Kind.SLA: "customer", Kind.OLA: "team", Kind.UC: "supplier"}[agreement.kind]
    missing = {
        Kind.OLA: _("Which team gives this promise?"),
        Kind.UC: _("Which supplier gives this promise?"),
    }.get(agreement.kind)
    if missing and getattr(agreement, wanted) is None:
        raise InvalidInput({wanted: [missing]})
    foreign = {"customer", "team", "supplier"} - {wanted} - ({"customer"} if agreement.kind != Kind.SLA else set())
    wrong = {name: [_("An agreement of this kind has none.")] for name in sorted(foreign) if getattr(agreement, name)}
    if wrong:
        raise InvalidInput(wrong)


def check_terms(version) -> None:
    """Raises InvalidInput, by field, for dates, signers or a scope that contradict each other."""
    problems = {}
    if version.starts_on and version.ends_on and version.ends_on < version.starts_on:
        problems["ends_on"] = [_("It cannot end before it starts.")]
    if version.provider_signer and version.provider_signer == version.other_signer:
        problems["other_signer"] = [_("Two different people have to sign.")]
    for name in ("provider_signer", "other_signer"):
        if (signer := getattr(version, name)) and not signer.is_active:
            problems[name] = [_("%s is deactivated.") % signer]
    both = set(version.services.all()) & set(version.excluded_services.all())
    if both:
        problems["excluded_services"] = [_("In scope and out of scope at once: %s") % ", ".join(map(str, both))]
    if problems:
        raise InvalidInput(problems)
