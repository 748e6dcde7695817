"""Who decides together: the change advisory board, and the emergency authority."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from changes.vocabulary import BoardKind
from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet


class BoardQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk see the boards of the organisations they serve and those of the whole house."""
        if not user.is_staff_member:
            return Q(pk=None)
        return Q(organisation=None) | Q(organisation__in=user.served_organisation_ids)

    def deciding_for(self, organisation_id, kind):
        """The board of a kind for an organisation: its own, else that of the whole house; None without either."""
        boards = self.filter(Q(organisation=organisation_id) | Q(organisation=None), kind=kind, is_active=True)
        return boards.order_by("organisation", "pk").first()


class Board(BilingualName):
    """`quorum` is how many members must agree to a change; of an emergency authority it takes one."""

    kind = models.CharField(_("kind"), max_length=10, choices=BoardKind.choices)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="change_boards",
        verbose_name=_("organisation"),
    )  # fmt: skip
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="change_boards", verbose_name=_("members"))
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=2)
    is_active = models.BooleanField(_("active"), default=True)

    objects = BoardQuerySet.as_manager()

    ledger_kind = "board"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["kind", "pk"]
        verbose_name = _("board")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(quorum__gte=1), name="board_quorum_of_one_at_least"),
            models.UniqueConstraint(
                fields=["kind", "organisation"], condition=Q(is_active=True), nulls_distinct=False,
                name="one_board_of_a_kind_per_organisation",
            ),
        ]  # fmt: skip
