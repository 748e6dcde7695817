"""A service request: what a ticket does not have already, the answers it was sent with, and what nobody sent yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.catalogue import FormVersion, RequestItem
from catalog.vocabulary import Currency
from catalog.workflow import REQUEST
from core.querysets import VisibleQuerySet
from tickets.models import Ticket, TicketQuerySet


class ServiceRequest(Ticket):
    """Something asked for out of the catalogue, at the price of that day."""

    # A ticket finds its own kind by the name of the kind.
    ticket_ptr = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="request"
    )
    item = models.ForeignKey(RequestItem, on_delete=models.PROTECT, related_name="requests")
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.CNY)
    cost_centre = models.CharField(_("cost centre"), max_length=40, blank=True)
    resolution_notes = models.TextField(_("what was delivered"), blank=True, default="")
    reopen_count = models.PositiveSmallIntegerField(default=0)

    objects = TicketQuerySet.as_manager()

    workflow = REQUEST
    prefix = "REQ"

    class Meta:
        verbose_name = _("service request")


class AnswerQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        return Q(request__in=ServiceRequest.objects.visible_to(user))


class AnswerVersion(models.Model):
    """The answers of a request; sending it again after a refusal adds one. None ever changes."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveIntegerField()
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["request", "number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="answer_version_number")]

    def __str__(self):
        return f"{self.request_id} v{self.number}"


class DraftQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Nobody else's business. Administrators see theirs alone as well: `of` is the start for pages."""
        return Q(person=user.pk)

    def of(self, user):
        return self.filter(person=user.pk)


class Draft(models.Model):
    """What somebody has filled in and not sent. `posted` are the form's inputs as they stood, checked when sent."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="request_drafts")
    item = models.ForeignKey(RequestItem, on_delete=models.CASCADE, related_name="drafts")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    posted = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["person", "item"], name="one_draft_per_person_and_item")]

    def __str__(self):
        return f"{self.person_id}: {self.item_id}"
