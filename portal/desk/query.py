"""What a queue address asks for: view, filters, words, order. The address is the query; nothing else is kept."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from cmdb.models import Service
from portal.desk import standing_views
from tickets import kinds
from tickets import selectors as tickets_selectors
from tickets.models import Priority, Ticket

SORTS = {
    "due": _("Due first"),
    "priority": _("Priority"),
    "newest": _("Newest"),
    "activity": _("Last activity"),
}
FILTERS = ("state", "priority", "team", "assignee", "service", "q", "sort")
PEOPLE_FOUND = 50
FEW = 2_000


class FilterForm(forms.Form):
    """The filter bar. Values that do not fit are dropped: an old or mistyped address still shows a queue."""

    q = forms.CharField(required=False, max_length=200, label=_("Words, number, person, phone"))
    state = forms.MultipleChoiceField(required=False, choices=kinds.state_choices, label=_("State"))
    priority = forms.MultipleChoiceField(required=False, choices=Priority.choices, label=_("Priority"))
    team = forms.ChoiceField(required=False, label=_("Team"))
    assignee = forms.CharField(required=False, max_length=20, label=_("Assignee"))
    service = forms.ChoiceField(required=False, label=_("Service"))
    sort = forms.ChoiceField(required=False, choices=list(SORTS.items()), label=_("Sort by"))

    def __init__(self, user, data):
        super().__init__(data)
        teams = [(str(team.pk), team.name) for team in Team.objects.visible_to(user).active()]
        services = [(str(service.pk), service.name) for service in Service.objects.visible_to(user)]
        self.fields["team"].choices = [("", _("Any team")), ("none", _("No team")), *teams]
        self.fields["service"].choices = [("", _("Any service")), *services]
        self.full_clean()


@dataclass(frozen=True)
class QueueQuery:
    """`view` is a standing view's key; the rest are filters on top. Empty means "any"."""

    view: str
    state: tuple = ()
    priority: tuple = ()
    team: str = ""
    assignee: str = ""
    service: str = ""
    q: str = ""
    sort: str = "due"

    @property
    def standing(self):
        return standing_views.BY_KEY[self.view]

    @property
    def is_filtered(self) -> bool:
        return bool(self.state or self.priority or self.team or self.assignee or self.service or self.q)

    def encoded(self, **changes) -> str:
        """This query as a query string, in one spelling, without what says nothing."""
        given = {name: getattr(self, name) for name in ("view", *FILTERS)} | changes
        out = QueryDict(mutable=True)
        for name, value in given.items():
            if name == "sort" and value == standing_views.BY_KEY[given["view"]].sort:
                continue
            for item in value if isinstance(value, (list, tuple)) else [value]:
                if item != "":
                    out.appendlist(name, item)
        return out.urlencode()


def read(user, data) -> QueueQuery:
    """The query that `data` (a QueryDict) asks for, cleaned of what does not exist."""
    view = data.get("view", "")
    if view not in standing_views.BY_KEY:
        view = "all" if data.get("q") else standing_views.default_view(user)
    sort = data.get("sort", "")
    assignee = data.get("assignee", "")
    words = " ".join(data.get("q", "").replace("\0", "").split())[:200]
    if sort not in standing_views.BY_KEY[view].sorts:
        sort = standing_views.BY_KEY[view].sort
    return QueueQuery(
        view=view,
        state=tuple(key for key in data.getlist("state") if key in dict(kinds.state_choices())),
        priority=tuple(key for key in data.getlist("priority") if key in {"1", "2", "3", "4"}),
        team=_key(data.get("team", ""), "none"),
        assignee=_key(assignee, "none", "me"),
        service=_key(data.get("service", "")),
        q=words,
        sort=sort,
    )


def tickets_for(user, query):
    """Visible tickets that `query` asks for, unordered."""
    tickets = Ticket.objects.visible_to(user).filter(query.standing.condition(user))
    if query.state:
        tickets = tickets.filter(state__in=query.state)
    if query.priority:
        tickets = tickets.filter(priority__in=[int(key) for key in query.priority])
    if query.team:
        tickets = tickets.filter(team__isnull=True) if query.team == "none" else tickets.filter(team=int(query.team))
    if query.assignee:
        tickets = tickets.filter(_assigned(user, query.assignee))
    if query.service:
        tickets = tickets.filter(service=int(query.service))
    return _with_words(user, tickets, query.q) if query.q else tickets


def _key(value, *words) -> str:
    return value if value in words or (value.isascii() and value.isdecimal() and len(value) < 18) else ""


def _assigned(user, wanted):
    if wanted == "none":
        return Q(assignee__isnull=True)
    return Q(assignee=user.pk if wanted == "me" else int(wanted))


def _with_words(user, tickets, text):
    """Tickets that contain the words, or whose requester is named by them (name, pinyin, number, phone).

    PostgreSQL cannot tell a rare word from a frequent one, and reads a whole history in its order to fill a page with
    what is rare. So the matches are looked up first: few are then fetched by key, many soon fill a page in any order.
    """
    people = list(User.objects.visible_to(user).matching(text).values_list("pk", flat=True)[:PEOPLE_FOUND])

    def matching(tickets):
        by_words = tickets_selectors.matching(tickets, text)
        return by_words | tickets.filter(requester__in=people) if people else by_words

    found = list(matching(Ticket.objects.order_by()).values_list("pk", flat=True)[: FEW + 1])
    return tickets.filter(pk__in=found) if len(found) <= FEW else matching(tickets)
