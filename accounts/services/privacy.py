"""A copy of everything about a person, and their being forgotten."""

import json
import tempfile
import zipfile
from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Erasure, PersonalExport, SkillClaim, User
from accounts.search_keys import latin_form
from accounts.services import people
from accounts.services.writing import require_administrator
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.forgetting import erase_everywhere
from core.identity import Identity
from core.personal import rows_about
from core.text import clean_text
from events.services import publish

KEPT_FOR = timedelta(days=7)
MOST_ATTEMPTS = 3
_IDENTIFYING = ("name", "latin_name", "email", "phone", "staff_number", "username")


@transaction.atomic
def ask_export(person, *, actor) -> PersonalExport:
    """Order the archive; one that is being made or still open serves. Publishes `user.export_asked`.

    Raises NotAllowed: oneself and administrators, nobody else.
    """
    if not rules.exports_data(actor, person):
        raise NotAllowed()
    person = people.locked(person)
    standing = next((one for one in person.exports.all() if one.state == "waiting" or one.is_open), None)
    if standing is not None:
        return standing
    made = PersonalExport.objects.create(person=person, asked_by=actor, created_at=clock.recorded_now())
    publish("user.export_asked", subject=person, actor=actor, is_public=False, export=made.pk)
    return made


def make_exports() -> int:
    """Make what waits and throw away what has expired; returns how many were made. Safe to run twice at once."""
    made = 0
    for pk in PersonalExport.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True):
        made += _make(pk)
    for old in PersonalExport.objects.filter(state="ready", expires_at__lte=clock.now()):
        old.file.delete(save=False)
        old.state = PersonalExport.State.EXPIRED
        old.save(update_fields=["state", "file"])
    return made


@transaction.atomic
def ask_erasure(person, *, actor, reason) -> Erasure:
    """The first of two: ask that somebody who left is forgotten. Publishes `user.erasure_asked`.

    Raises NotAllowed, InvalidInput (no reason), Refused: still active, held for a legal reason, asked already.
    """
    require_administrator(actor)
    person = people.locked(person)
    _refuse_erasure(person)
    if not (reason := clean_text(reason)[:500]):
        raise InvalidInput({"reason": [_("Say why.")]})
    if person.erasures.filter(state="asked").exists():
        raise Refused(_("This was asked already and waits for a second person."))
    made = Erasure.objects.create(person=person, reason=reason, asked_by=actor, asked_at=clock.recorded_now())
    publish("user.erasure_asked", subject=person, actor=actor, is_public=False, erasure=made.pk, reason=reason)
    return made


@transaction.atomic
def decide_erasure(erasure, *, actor, grant) -> Erasure:
    """The second of two: do it, or refuse it. Raises NotAllowed (also whoever asked), Refused (decided; held)."""
    require_administrator(actor)
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if actor.pk == erasure.asked_by_id and grant:
        raise NotAllowed(_("Whoever asked for it does not decide on it: a second administrator has to."))
    if erasure.state != Erasure.State.ASKED:
        raise Refused(_("This was decided already."))
    person = people.locked(erasure.person)
    erasure.state = Erasure.State.DONE if grant else Erasure.State.REFUSED
    erasure.decided_by, erasure.decided_at = (actor if actor.pk != erasure.asked_by_id else None), clock.recorded_now()
    if grant:
        _refuse_erasure(person)
        identity = identity_of(person)
        erase_everywhere(person, identity)
        erasure.reason = identity.scrubbed(erasure.reason)
    erasure.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    done = "erased" if grant else "erasure_refused"
    publish(f"user.{done}", subject=person, actor=actor, is_public=False, erasure=erasure.pk)
    return erasure


@transaction.atomic
def hold(person, *, actor, reason) -> User:
    """Keep everything about a person for a legal reason; an empty one lifts it. Publishes `user.legal_hold`."""
    require_administrator(actor)
    person = people.locked(person)
    person.legal_hold = clean_text(reason)[:200]
    person.save(update_fields=["legal_hold"])
    publish("user.legal_hold", subject=person, actor=actor, is_public=False, reason=person.legal_hold)
    return person


def identity_of(person) -> Identity:
    """What names them anywhere, and `#<key>`, which the ledger knows them by."""
    kept = [getattr(person, name) for name in _IDENTIFYING]
    # Rarer readings of the characters are names of others: 王芳 is no Yu Fang.
    names = tuple(filter(None, [*kept, latin_form(person.name)]))
    return Identity(names, f"#{person.pk}", login=person.username, next_login=f"erased-{person.pk}")


def erase_person(person, identity):
    """The person themselves: no name, address, number, picture or key is left; their key stays for the ledger."""
    person.name, person.latin_name = f"已删除人员 {identity.pseudonym}", f"Erased person {identity.pseudonym}"
    person.username = identity.next_login
    person.email = person.staff_number = person.title = person.phone = person.location = ""
    person.manager = person.department = None
    person.last_login = None
    person.is_vip = False
    person.set_unusable_password()
    person.save()
    for export in person.exports.all():
        export.file.delete(save=False)
        export.delete()
    person.skills.update(evidence="", link="")
    SkillClaim.objects.filter(user=person).update(evidence="", link="")
    for log in (AccessAttempt, AccessFailureLog, AccessLog):
        log.objects.filter(username=identity.login).delete()


def _refuse_erasure(person):
    if person.is_active:
        raise Refused(_("Only somebody who left can be forgotten: hand over and deactivate first."))
    if person.legal_hold:
        raise Refused(_("Everything about them is kept for a legal reason: %(why)s.") % {"why": person.legal_hold})


def _make(pk) -> bool:
    """Count an attempt, committed before the work; an archive that kills its worker three times is given up."""
    with transaction.atomic():
        export = PersonalExport.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if export is None or export.state != PersonalExport.State.WAITING:
            return False
        export.attempts += 1
        if export.attempts > MOST_ATTEMPTS:
            export.state = PersonalExport.State.FAILED
        export.save(update_fields=["attempts", "state"])
    if export.state == PersonalExport.State.FAILED:
        return False
    with transaction.atomic(), tempfile.TemporaryFile() as archive:
        export = PersonalExport.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
        if export.state != PersonalExport.State.WAITING:
            return False
        _write(export.person, archive)
        export.file.save("export", File(archive), save=False)
        export.state, export.expires_at = PersonalExport.State.READY, clock.recorded_now() + KEPT_FOR
        export.save(update_fields=["file", "state", "expires_at"])
        publish("user.exported", subject=export.person, actor=None, is_public=False, export=export.pk)
    return True


def _write(person, archive):
    """data.json, {model: rows}, and the files that belong to the rows."""
    told, files = {}, {}
    for label, row, stored in rows_about(person):
        if label != PersonalExport._meta.label:
            told.setdefault(label, []).append(row)
            files |= {f"files/{label}/{row.get('id', len(files))}-{_plain(one, row)}": one for one in stored}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for name, stored in files.items():
            try:
                with stored.open("rb") as content, packed.open(name, "w") as target:
                    for chunk in iter(lambda content=content: content.read(65_536), b""):
                        target.write(chunk)
            except FileNotFoundError:
                packed.writestr(f"{name}.missing", "")
    archive.seek(0)


def _plain(stored, row) -> str:
    name = str(row.get("name") or stored.name).rpartition("/")[2]
    return "".join(mark if mark.isalnum() or mark in "._-" else "_" for mark in name)[-80:]
