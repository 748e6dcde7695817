"""Meetings of a board: who was there, which changes were talked about, what was said and decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from changes.models.boards import Board
from changes.models.change import Change
from changes.vocabulary import MeetingState
from core.querysets import VisibleQuerySet


class MeetingQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Whoever sees the board."""
        return Q(board__in=Board.objects.visible_to(user))


class BoardMeeting(models.Model):
    """Planned, held, then closed with its minutes; or cancelled for a `reason` before it began.

    Nobody votes for another: each member decides for themselves.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("board"))
    starts_at = models.DateTimeField(_("starts"))
    place = models.CharField(_("place or link"), max_length=300, blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED)
    present = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("present"))
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    minutes = models.TextField(_("minutes"), blank=True, default="")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()

    ledger_kind = "board_meeting"

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="meeting_closed_iff_dated",
            )
        ]

    def __str__(self):
        return f"{self.board.name}, {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class AgendaQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Whoever sees both the meeting and the change."""
        return Q(meeting__in=BoardMeeting.objects.visible_to(user), change__in=Change.objects.visible_to(user))


class AgendaItem(models.Model):
    """A change on the agenda of a meeting. `decision` repeats how its approval stood when the meeting was closed."""

    meeting = models.ForeignKey(BoardMeeting, on_delete=models.CASCADE, related_name="agenda")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    note = models.TextField(_("what was said"), blank=True, default="")
    decision = models.CharField(_("decision"), max_length=8, blank=True, default="")

    objects = AgendaQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "change"], name="once_on_an_agenda")]

    def __str__(self):
        return f"{self.meeting_id}: {self.change_id}"
