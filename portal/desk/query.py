"""What a queue address asks for: view, filters, words, order. The address is the query; nothing else is kept.

The filter bar and the text beside it say the same: the bar's fields are also terms of the query language, and whichever
of the two was changed is what counts.
"""

from dataclasses import dataclass, field

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from cmdb.models import Service
from portal.desk import rows, standing_views
from portal.search import fields, language
from portal.search.language import Term
from portal.search.values import ME, NONE, Unreadable, said
from tickets import kinds
from tickets.models import Priority, Ticket

SORTS = {
    "due": _("Due first"),
    "priority": _("Priority"),
    "newest": _("Newest"),
    "activity": _("Last activity"),
}
# What the filter bar has a place for, and of which it takes several values.
BAR = ("state", "priority", "team", "assignee", "service")
SEVERAL = ("state", "priority")
FILTERS = ("state", "priority", "team", "assignee", "service", "q", "sort", "columns")
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
    """`view` is a standing view's key; the rest are filters on top. Empty means "any".

    `q` is what the bar has no place for, in the query language; `asked` is the same, understood.
    """

    view: str
    state: tuple = ()
    priority: tuple = ()
    team: str = ""
    assignee: str = ""
    service: str = ""
    q: str = ""
    sort: str = "due"
    columns: tuple = rows.USUAL
    asked: fields.Asked = field(default_factory=fields.Asked, compare=False, repr=False)

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
            if name == "columns" and value == rows.USUAL:
                continue
            for item in value if isinstance(value, (list, tuple)) else [value]:
                if item != "":
                    out.appendlist(name, item)
        return out.urlencode()


def read(user, data) -> QueueQuery:
    """The query that `data` (a QueryDict) asks for, cleaned of what does not exist.

    `q` is the text; where it comes from the page, `was` is the text the page was made with, so that a field of the bar
    that differs from it was changed there, and otherwise the text tells.
    """
    view = data.get("view", "")
    if view not in standing_views.BY_KEY:
        view = "all" if data.get("q") else standing_views.default_view(user)
    sort = data.get("sort", "")
    if sort not in standing_views.BY_KEY[view].sorts:
        sort = standing_views.BY_KEY[view].sort
    chosen = {
        "state": tuple(key for key in data.getlist("state") if key in dict(kinds.state_choices())),
        "priority": tuple(key for key in data.getlist("priority") if key in {"1", "2", "3", "4"}),
        "team": _key(data.get("team", ""), "none"),
        "assignee": _key(data.get("assignee", ""), "none", "me"),
        "service": _key(data.get("service", "")),
    }
    typed, rest = _split(user, fields.parse(data.get("q", "")))
    shown, _rest = _split(user, fields.parse(data.get("was", "")))
    for name in BAR:
        if chosen[name] == shown[name]:
            chosen[name] = typed[name]
    plain = {row.key: row.key for row in fields.FIELDS}
    return QueueQuery(
        view=view, **chosen, q=language.printed(rest, plain), sort=sort, asked=fields.understand(user, rest),
        columns=tuple(key for key in rows.COLUMNS if key in data.getlist("columns")) or rows.USUAL,
    )  # fmt: skip


def text_of(user, query) -> str:
    """The whole query in the reader's language, as the text beside the filter bar shows it."""
    terms = [Term(values, name) for name in BAR if (values := _said(user, name, getattr(query, name)))]
    return language.printed([*terms, *query.asked.terms], fields.labels())


def _split(user, terms):
    """(values of the bar's fields by name, the terms it has no place for)."""
    bar = {name: () if name in SEVERAL else "" for name in BAR}
    rest = []
    for term in terms:
        keys = _bar_keys(user, term) if term.field in BAR and term.operator == ":" and not term.is_negated else ()
        if keys and term.field in SEVERAL:
            bar[term.field] = tuple(dict.fromkeys((*bar[term.field], *keys)))
        elif len(keys) == 1 and bar[term.field] in ("", *keys):
            bar[term.field] = keys[0]
        else:
            rest.append(term)
    return bar, tuple(rest)


def _bar_keys(user, term):
    """How the bar writes the values of a term; empty when it cannot."""
    try:
        keys = [fields.BY_KEY[term.field].read(user, term.operator, value).key for value in term.values]
    except Unreadable:
        return ()
    return tuple(keys) if all(keys) else ()


def _said(user, name, chosen) -> tuple:
    """The bar's values of one field in words that read the same again; a row nobody may see has none."""
    if not chosen:
        return ()
    if name == "state":
        labels = dict(reversed(kinds.state_words()))  # the first word for each
        return tuple(str(labels[key]) for key in chosen)
    if name == "priority":
        return tuple(chosen)
    if chosen in ("me", "none"):
        return (said(ME if chosen == "me" else NONE),)
    model = {"team": Team, "service": Service, "assignee": User}[name]
    row = model.objects.visible_to(user).filter(pk=int(chosen)).first()
    return () if row is None else (row.username if name == "assignee" else row.name,)


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
    return _narrowed(user, tickets, query.asked)


def _key(value, *words) -> str:
    return value if value in words or (value.isascii() and value.isdecimal() and len(value) < 18) else ""


def _assigned(user, wanted):
    if wanted == "none":
        return Q(assignee__isnull=True)
    return Q(assignee=user.pk if wanted == "me" else int(wanted))


def _narrowed(user, tickets, asked):
    """Tickets that fit what was asked for in words, or whose requester they name (name, pinyin, number, phone).

    PostgreSQL cannot tell a rare word from a frequent one, and reads a whole history in its order to fill a page with
    what is rare. So the matches are looked up first: few are then fetched by key, many soon fill a page in any order.
    """
    if not (asked.words or asked.phrases):
        return asked.narrow(user, tickets)
    people = []
    if asked.words and not asked.phrases:
        people = list(User.objects.visible_to(user).matching(asked.words).values_list("pk", flat=True)[:PEOPLE_FOUND])
    everywhere = asked.narrow(user, Ticket.objects.order_by(), people=people)
    found = list(everywhere.values_list("pk", flat=True)[: FEW + 1])
    return tickets.filter(pk__in=found) if len(found) <= FEW else asked.narrow(user, tickets, people=people)
