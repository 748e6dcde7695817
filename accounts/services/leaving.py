"""Somebody leaves: what hangs on them goes to others, and they are deactivated, in one act."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import people
from accounts.services.writing import require_administrator
from core.errors import InvalidInput, Refused
from core.holdings import portions_of
from events.services import publish


@transaction.atomic
def hand_over(person, receivers, *, actor):
    """Pass on everything that a person holds, then deactivate them; all of it or nothing.

    `receivers` is {key of a portion: person or None}. A portion that rests by itself needs nobody; any other without
    a receiver, and one that came up since the page was shown, is refused by its key. Publishes `user.handed_over` with
    what each receiver got, before `user.deactivated`. Raises NotAllowed, InvalidInput by portion, Refused (the last
    administrator; oneself; something new arrived in this very moment).
    """
    require_administrator(actor)
    portions = portions_of(person)
    problems = {one.key: [words] for one in portions if (words := _why_not(person, one, receivers))}
    if problems:
        raise InvalidInput(problems)
    given = defaultdict(list)
    for one in portions:
        to = receivers.get(one.key)
        if one.pass_on is None:
            continue
        try:
            one.pass_on(to, actor=actor)
        except Refused as refusal:
            words = [text for texts in (refusal.fields or {}).values() for text in texts] or [str(refusal)]
            raise InvalidInput({one.key: words}) from None
        if to is not None:
            given[str(to.pk)].append([one.key, one.count])
    # From here on nobody can give them anything: whoever tries waits for this row, and finds them gone.
    person = people.locked(person)
    left = [one.label for one in portions_of(person) if one.pass_on is not None]
    if left:
        raise Refused(_("Something new came to them at this moment: %(what)s. Look again.") % {"what": left[0]})
    if given:
        publish("user.handed_over", subject=person, actor=actor, is_public=False, given=dict(given))
    return people.deactivate(person, actor=actor)


@transaction.atomic
def hand_to(row, name, to, *, actor):
    """Put `to` into the field `name` of a record that knows no rule about it; publishes `<kind>.handed_over`."""
    row = type(row).objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    before = getattr(row, f"{name}_id")
    setattr(row, name, to)
    row.save(update_fields=[name])
    publish(
        f"{row.ledger_kind}.handed_over", subject=row, actor=actor, is_public=False,
        field=name, before=before, after=to and to.pk,
    )  # fmt: skip


def _why_not(person, one, receivers) -> str:
    to = receivers.get(one.key)
    if one.pass_on is None:
        return ""
    if to is None:
        return "" if one.rests else _("Name somebody who takes this over.")
    if to.pk == person.pk:
        return _("Somebody else has to take this over.")
    return "" if to.is_active else _("%(name)s is deactivated.") % {"name": to.display_name}
