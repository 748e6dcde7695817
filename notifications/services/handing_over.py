"""The mail to whoever takes over what somebody who leaves has held."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.reading import reading_as
from notifications import links
from notifications.services import composing
from notifications.services.telling import post
from notifications.vocabulary import Kind


@transaction.atomic
def tell_heirs(event):
    """`later` handler of user.handed_over: each receiver learns what is theirs now, whatever mails they chose."""
    if event.is_history:
        return
    former = User.objects.get(pk=event.subject_id)
    given = event.data["given"]
    for user in User.objects.active().filter(pk__in=given).exclude(email="").order_by("pk"):
        post(user, Kind.HANDED_OVER, event, _letter(user, former, given[str(user.pk)]))


def _letter(user, former, given):
    with reading_as(user):
        counts = {}
        for key, count in given:
            word = _word(key.partition("-")[0])
            counts[word] = counts.get(word, 0) + count
        content = composing.Content(
            headline=_("%(name)s leaves. What they held is yours now.") % {"name": links.unmarked(former.display_name)},
            language=user.language,
            facts=[(word, str(count)) for word, count in counts.items()],
            buttons=[(_("Look at it"), links.absolute(reverse("portal:home")))],
        )
        return composing.printed(content.headline, content)


def _word(key) -> str:
    return {
        "tickets": _("Open tickets"),
        "tasks": _("Tasks"),
        "changes": _("Changes to carry out"),
        "team": _("Teams to lead"),
        "reports": _("People to manage"),
        "items": _("Services and items"),
        "articles": _("Articles"),
        "roster": _("On-call rosters"),
    }.get(key, _("Further responsibilities"))
