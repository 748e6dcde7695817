"""One line behind the bell."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Skill
from changes.models import BoardMeeting, ChangeTemplate
from cmdb.models import Campaign, ConfigurationItem
from core.querysets import VisibleQuerySet
from knowledge.models import ArticleVersion, ReadingPath
from notifications.vocabulary import kinds
from problems.models import Proposal
from sla.models import AgreementVersion
from tickets.models import Ticket


def _exactly_one(*names) -> Q:
    """One of these is given and the others are not."""
    ways = [Q(**{f"{one}__isnull": one != given for one in names}) for given in names]
    return reduce(or_, ways)


# What news can be about.
ABOUT = ("ticket", "agreement", "article", "item", "campaign", "meeting", "template", "skill", "path", "proposal")


class NotificationQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        tickets, versions = Ticket.objects.visible_to(user), AgreementVersion.objects.visible_to(user)
        articles = ArticleVersion.objects.visible_to(user)
        items, campaigns = ConfigurationItem.objects.visible_to(user), Campaign.objects.visible_to(user)
        meetings, templates = BoardMeeting.objects.visible_to(user), ChangeTemplate.objects.visible_to(user)
        seen = Q(ticket__in=tickets) | Q(agreement__in=versions) | Q(article__in=articles)
        seen |= Q(item__in=items) | Q(campaign__in=campaigns) | Q(meeting__in=meetings) | Q(template__in=templates)
        seen |= Q(skill__in=Skill.objects.visible_to(user)) | Q(path__in=ReadingPath.objects.visible_to(user))
        seen |= Q(proposal__in=Proposal.objects.visible_to(user))
        return Q(user=user.pk) & seen

    def of(self, user):
        """A person's own news, of what they may still see; nobody reads somebody else's, administrators too."""
        return self.visible_to(user).filter(user=user.pk)

    def unread(self):
        return self.filter(read_at=None)


class Notification(models.Model):
    """News for one person, once per event. Its words are made when it is read, in the reader's language.

    It is about a ticket, an agreement's version or an article's, a configuration item, a campaign to confirm some, a
    meeting of a board, a template of standard changes, a skill, a reading path, or incidents that recur.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    ticket = models.ForeignKey("tickets.Ticket", null=True, on_delete=models.CASCADE, related_name="notifications")
    agreement = models.ForeignKey("sla.AgreementVersion", null=True, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey("knowledge.ArticleVersion", null=True, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey("cmdb.ConfigurationItem", null=True, on_delete=models.CASCADE, related_name="+")
    campaign = models.ForeignKey("cmdb.Campaign", null=True, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey("changes.BoardMeeting", null=True, on_delete=models.CASCADE, related_name="+")
    template = models.ForeignKey("changes.ChangeTemplate", null=True, on_delete=models.CASCADE, related_name="+")
    skill = models.ForeignKey("accounts.Skill", null=True, on_delete=models.CASCADE, related_name="+")
    path = models.ForeignKey("knowledge.ReadingPath", null=True, on_delete=models.CASCADE, related_name="+")
    proposal = models.ForeignKey("problems.Proposal", null=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=16, choices=kinds)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="told_once_per_event"),
            models.CheckConstraint(
                condition=_exactly_one(*ABOUT),
                name="news_is_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notifications_of_person"),
            models.Index(fields=["user"], name="notifications_unread", condition=Q(read_at=None)),
        ]

    def __str__(self):
        return f"{self.kind} for {self.user_id}"

    @property
    def about(self) -> str:
        """What it is called, beside what happened."""
        return str(next(getattr(self, name) for name in ABOUT if getattr(self, f"{name}_id")))
