"""Which fields a query knows, and what a query asks of tickets. A new field is a row here."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team
from cmdb.models import ConfigurationItem, Service
from core.text import search_phrase, search_query
from portal.search import language
from portal.search.values import OPEN, Meaning, Unreadable, choice, column_in, day, level, named, person, said
from tickets import kinds
from tickets import selectors as tickets_selectors
from tickets.models import Category, Channel, Priority, Tag, Ticket, TicketTag
from tickets.services.tagging import tag_name

MOST_CHARACTERS = 500
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Field:
    """`name` is how a person writes it (translations may offer several, separated by |), besides the key itself."""

    key: str
    name: str
    example: str
    read: Callable


def _on_item(keys):
    """Tickets by affected item, without joining a row per item."""
    through = Ticket.affected_items.through.objects.all()
    if keys is None:
        return Q(affected_items__isnull=True)
    return Q(pk__in=through.filter(configurationitem__in=keys).values("ticket"))


def _tag(user, operator, written):
    """A tag in any spelling; what the desk calls a ticket is not told to requesters."""
    name = tag_name(written)
    if operator != ":" or not user.is_staff_member or not Tag.objects.filter(name=name).exists():
        raise Unreadable(_("There is no such tag."))
    return Meaning(Q(pk__in=TicketTag.objects.filter(tag__name=name).values("ticket")))


FIELDS = (
    Field("state", pgettext_lazy("search field", "state"), "new", choice(
        "state", kinds.state_words, extra=[(OPEN, Q(is_open=True))])),
    Field("priority", pgettext_lazy("search field", "priority"), "1", level("priority", Priority.choices)),
    Field("kind", pgettext_lazy("search field", "kind"), "incident", choice("kind", kinds.choices)),
    Field("channel", pgettext_lazy("search field", "channel"), "phone", choice("channel", lambda: Channel.choices)),
    Field("team", pgettext_lazy("search field", "team"), "network", named(Team.objects.visible_to, column_in("team"))),
    Field("assignee", pgettext_lazy("search field", "assignee"), "me", person("assignee")),
    Field("requester", pgettext_lazy("search field", "requester"), "li.na", person("requester")),
    Field("service", pgettext_lazy("search field", "service"), "ERP", named(
        Service.objects.visible_to, column_in("service"))),
    Field("category", pgettext_lazy("search field", "category"), "network", named(
        lambda user: Category.objects.all(), column_in("category"))),
    Field("item", pgettext_lazy("search field", "item"), "erp-db-01", named(
        ConfigurationItem.objects.visible_to, _on_item)),
    Field("tag", pgettext_lazy("search field", "tag"), "vpn", _tag),
    Field("created", pgettext_lazy("search field", "created"), "2026-11-01", day("created_at")),
    Field("updated", pgettext_lazy("search field", "updated"), "7d", day("last_activity_at")),
    Field("resolved", pgettext_lazy("search field", "resolved"), "today", day("resolved_at")),
    Field("due", pgettext_lazy("search field", "due"), "today", day("due_at")),
)  # fmt: skip
BY_KEY = {known.key: known for known in FIELDS}


@dataclass(frozen=True)
class Asked:
    """A query as far as it was understood: a condition on tickets, words, and a hint for all that was not."""

    terms: tuple = ()
    condition: Q = field(default_factory=Q)
    words: str = ""
    phrases: tuple = ()
    without: tuple = ()
    hints: tuple = ()

    @property
    def has_fields(self) -> bool:
        return any(term.field for term in self.terms)

    @property
    def marked(self) -> list[str]:
        """The words to be marked where they are found."""
        return [*self.words.split(), *self.phrases]

    def printed(self) -> str:
        """The query in the reader's language."""
        return language.printed(self.terms, labels())

    def narrow(self, user, tickets, *, people=()):
        """Of `tickets`, visible to `user`, those that fit; `people` are requesters whom the words name."""
        tickets = tickets.filter(self.condition)
        for phrase in self.phrases:
            if expression := search_phrase(phrase):
                tickets = tickets.filter(tickets_selectors.saying(user, expression))
        for word in self.without:
            if expression := search_phrase(word) if " " in word else search_query(word):
                tickets = tickets.exclude(tickets_selectors.saying(user, expression))
        if not self.words:
            return tickets
        found = tickets_selectors.matching(user, tickets, self.words)
        return found | tickets.filter(requester__in=people) if people else found


def names() -> dict[str, str]:
    """Key of the field for each of its names, in all languages of the house."""
    known = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {way.strip(): row.key for row in FIELDS for way in str(row.name).lower().split("|")}
    return known | {row.key: row.key for row in FIELDS}


def labels() -> dict[str, str]:
    """What the reader's language calls each field."""
    return {row.key: said(row.name) for row in FIELDS}


def told() -> list[str]:
    """An example of each field in the reader's language, for the help beside the search."""
    return [f"{said(row.name)}:{row.example}" for row in FIELDS]


def parse(text) -> tuple:
    return language.parse(text[:MOST_CHARACTERS], names())


def understand(user, terms) -> Asked:
    """What `terms` ask for. Values of one field with a colon are alternatives; everything else narrows down.

    What cannot be read finds nothing, and says so: a bulk job must not run over what its filter did not mean.
    """
    condition, alternatives, hints = Q(), {}, []
    for term in terms:
        if not term.field:
            hints += _hints_about(term)
            continue
        meant, problems = _meaning(user, term)
        hints += problems
        if term.is_negated:
            condition &= NOTHING if problems else ~meant
        elif term.operator == ":":
            alternatives[term.field] = alternatives.get(term.field, NOTHING) | meant
        else:
            condition &= meant
    for meant in alternatives.values():
        condition &= meant
    plain = [term for term in terms if not term.field]
    return Asked(
        terms=tuple(terms),
        condition=condition,
        words=" ".join(term.text for term in plain if not term.is_negated and not term.is_phrase),
        phrases=tuple(term.text for term in plain if term.is_phrase and not term.is_negated),
        without=tuple(term.text for term in plain if term.is_negated),
        hints=tuple(hints),
    )


def ask(user, text) -> Asked:
    return understand(user, parse(text))


def _meaning(user, term):
    """The condition of a field's values and the hints about those that mean nothing."""
    condition, hints = NOTHING, []
    for value in term.values:
        try:
            condition |= BY_KEY[term.field].read(user, term.operator, value).condition
        except Unreadable as problem:
            name = labels()[term.field]
            hints.append(_("“%(name)s:%(value)s” finds nothing.") % {"name": name, "value": value} + f" {problem}")
    return condition, hints


def _hints_about(term):
    """A word that was surely meant as a field."""
    if term.is_phrase:
        return []
    name, sign, value = term.text.partition(":")
    if sign and not value and name.lower() in names():
        example = BY_KEY[names()[name.lower()]].example
        return [_("Write a value right after the colon, such as %(example)s.") % {"example": f"{name}:{example}"}]
    if unknown := language.looks_like_field(term.text):
        known = " ".join(labels().values())
        return [
            _("“%(name)s” is not a field and was searched for as a word. Fields: %(known)s.")
            % {"name": unknown, "known": known}
        ]
    return []
