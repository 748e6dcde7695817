"""Keeping the boards that decide on changes."""

from django.db import transaction
from django.utils.translation import gettext as _

from changes import rules
from changes.models import Board
from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from events import services as events

MOST_MEMBERS = 50


@transaction.atomic
def keep_board(board, *, actor, members, **values) -> Board:
    """Write a board, new or known; publishes `board.kept`. Raises NotAllowed, InvalidInput by field."""
    if not rules.keeps_boards(actor):
        raise NotAllowed()
    members = list(members)
    problems = {}
    if not clean_text(values["name_zh"]) and not clean_text(values["name_en"]):
        problems["name_en"] = [_("Name it in at least one language.")]
    if not 1 <= len(members) <= MOST_MEMBERS:
        problems["members"] = [_("Between 1 and %(most)s members.") % {"most": MOST_MEMBERS}]
    elif not 1 <= values["quorum"] <= len(members):
        problems["quorum"] = [_("At least one, and no more than there are members.")]
    if any(not (person.is_active and person.is_staff_member) for person in members):
        problems.setdefault("members", [_("Only active people of the desk sit on a board.")])
    if values["chair"] not in members:
        problems["chair"] = [_("The chair is one of the members.")]
    same = Board.objects.filter(kind=values["kind"], organisation=values["organisation"], is_active=True)
    if values["is_active"] and same.exclude(pk=board.pk).exists():
        problems["kind"] = [_("There is a board of this kind for this organisation already.")]
    if problems:
        raise InvalidInput(problems)
    for name, value in values.items():
        setattr(board, name, clean_text(value) if name.startswith("name_") else value)
    board.save()
    board.members.set(members)
    events.publish(
        "board.kept", subject=board, actor=actor, is_public=False,
        members=sorted(person.pk for person in members), quorum=board.quorum, is_active=board.is_active,
    )  # fmt: skip
    return board
