"""Resolving a ticket and, in the same step, saying which article solved it or writing down what did."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from knowledge import rules as knowledge_rules
from knowledge import selectors as knowledge_selectors
from knowledge.models import Article
from knowledge.selectors.keeping import titles_of
from knowledge.selectors.reading import reader_language
from portal.desk.forms import DeskTransitionForm
from tickets import rules
from tickets import services as tickets
from tickets.models import TicketArticle
from tickets.services.articles import link_article, write_down

SUGGESTED = 4


class ResolveForm(DeskTransitionForm):
    """The resolve dialog. `solved_by` offers what is linked or fits; `write_down` leads on to a prefilled draft."""

    def __init__(self, transition, ticket, user, data=None, **kwargs):
        super().__init__(transition, ticket, user, data, **kwargs)
        if not rules.triages_it(user, ticket):
            return
        links = list(TicketArticle.objects.filter(ticket=ticket.pk))
        if articles := _offered(user, ticket, links):
            self.fields["solved_by"] = forms.TypedChoiceField(
                label=_("The article that solved it"), choices=[("", "–"), *articles.items()], coerce=int,
                empty_value=None, required=False,
            )  # fmt: skip
        if may_write_down(user, ticket, links):
            self.fields["write_down"] = forms.BooleanField(
                label=_("Write it down: go on to a draft with these words"), required=False
            )

    def values(self) -> dict:
        """What the transition takes: its own fields."""
        own = {field.name for field in self.transition.fields}
        return {name: value for name, value in super().values().items() if name in own}


def may_write_down(user, ticket, links) -> bool:
    """Whether what a ticket taught may become a draft: once for each ticket, whose articles are `links`."""
    return (
        rules.triages_it(user, ticket)
        and knowledge_rules.writes_articles(user)
        and not any(link.is_source for link in links)
    )


@transaction.atomic
def resolve(ticket, form, *, actor, version=None):
    """Resolve with a valid ResolveForm: all that was chosen happens or nothing does. Returns the draft begun, or None.

    Raises what `take_transition` raises.
    """
    ticket = tickets.take_transition(ticket, "resolve", actor=actor, values=form.values(), version=version)
    if article := form.cleaned_data.get("solved_by"):
        link_article(ticket, Article.objects.visible_to(actor).get(pk=article), actor=actor)
    if form.cleaned_data.get("write_down"):
        return write_down(ticket, actor=actor, language=reader_language())
    return None


def _offered(user, ticket, links) -> dict[int, str]:
    """Titles by article: those linked to the ticket, then those that fit its words."""
    named = titles_of(user, [link.article_id for link in links])
    text = f"{ticket.title}\n{ticket.description}"
    fitting = knowledge_selectors.suggested(user, text, service=ticket.service_id, limit=SUGGESTED)
    titles = named | {version.article_id: version.title for version in fitting if version.article_id not in named}
    return {pk: f"{Article(pk=pk).number} {title}" for pk, title in titles.items()}
