"""Public words of the desk that refer to articles their readers cannot open: refused at every door, unless known."""

import pytest

from core.errors import Refused
from incidents import services as incidents
from knowledge.selectors.readers import referred
from tests import articles
from tickets import services as tickets
from tickets.models import Channel, Macro
from tickets.services import UnreadableArticles

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast):
    return articles.published(cast, title="Only for us", audience=articles.staff())


@pytest.fixture
def taken(cast, incident):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


def resolving(words):
    return {"resolution_code": "fixed", "resolution_notes": words}


def test_every_public_text_of_a_transition_is_asked_about_and_the_note_is_not(cast, taken, closed):
    number = closed.article.number
    for name, values in (
        ("resolve", resolving(f"See {number}")),
        ("hold", {"pending_reason": "caller", "comment": f"Have you read {number}?"}),
    ):
        with pytest.raises(UnreadableArticles) as refused:
            tickets.take_transition(taken, name, actor=cast.zhang_wei, values=values)
        assert [str(article) for article in refused.value.articles] == [f"{number} Only for us"]
        assert set(refused.value.fields) == {"resolution_notes" if name == "resolve" else "comment"}
    taken.refresh_from_db()
    assert taken.state == "in_progress" and not taken.comments.exists()
    note = {"pending_reason": "caller", "comment": "Please wait", "note": f"See {number}"}
    tickets.take_transition(taken, "hold", actor=cast.zhang_wei, values=note)


def test_who_knows_may_say_it(cast, taken, closed):
    with tickets.knowing([closed.article_id]):
        tickets.take_transition(
            taken, "resolve", actor=cast.zhang_wei, values=resolving(f"See {closed.article.number}")
        )
    with pytest.raises(UnreadableArticles):
        tickets.comment(taken, actor=cast.zhang_wei, body=closed.article.number)


def test_everybody_it_is_shared_with_counts_and_is_named(cast, taken):
    finance = articles.published(cast, title="Closing the books", audience=articles.within(cast.finance))
    tickets.comment(taken, actor=cast.zhang_wei, body=finance.article.number)
    tickets.watch(taken, user=cast.stranger, actor=cast.zhang_wei)
    with pytest.raises(UnreadableArticles) as refused:
        tickets.comment(taken, actor=cast.zhang_wei, body=finance.article.number)
    assert refused.value.articles[0].readers == (cast.stranger,)
    cast.stranger.is_active = False
    cast.stranger.save()
    tickets.comment(taken, actor=cast.zhang_wei, body=finance.article.number)


def test_however_many_readers_and_articles_it_costs_the_same(cast, taken, closed, django_assert_max_num_queries):
    more = [articles.drafted(cast, title=f"Draft {n}") for n in range(4)]
    for person in (cast.zhao_min, cast.stranger, cast.chen_hao, cast.liu_yang, cast.wang_fang):
        tickets.watch(taken, user=person, actor=cast.zhang_wei)
    words = " ".join(version.article.number for version in (closed, *more))
    with django_assert_max_num_queries(12), pytest.raises(UnreadableArticles) as refused:
        tickets.comment(taken, actor=cast.zhang_wei, body=words)
    assert "3 more" in refused.value.sentences[-1] or "另外 3 人" in refused.value.sentences[-1]


def test_requesters_and_letters_are_never_asked(cast, taken, closed):
    number = closed.article.number
    tickets.comment(taken, actor=cast.li_na, body=f"What is {number}?")
    tickets.comment(taken, actor=cast.zhang_wei, body=f"See {number}", channel=Channel.EMAIL)
    assert taken.comments.count() == 2


def test_macro_does_nothing_at_all_and_lets_its_runner_confirm(cast, taken, closed):
    acts = [
        {"do": "tag", "add": ["vpn"]},
        {"do": "say", "is_internal": False, "words": {"en": f"See {closed.article.number}", "zh": ""}},
    ]
    macro = tickets.keep(Macro(), actor=cast.zhang_wei, name_en="Hint", acts=acts)
    with pytest.raises(UnreadableArticles):
        tickets.run_macro(macro, taken, actor=cast.zhang_wei)
    assert not taken.tags.exists()
    with tickets.knowing([closed.article_id]):
        tickets.run_macro(macro, taken, actor=cast.zhang_wei)
    assert taken.tags.exists() and taken.comments.count() == 1


def test_children_are_resolved_with_the_words_their_parent_was_resolved_with(cast, taken, closed):
    child = incidents.report_incident(actor=cast.zhao_min, title="VPN too", service=cast.email)
    child = tickets.set_parent(child, taken, actor=cast.zhang_wei)
    with tickets.knowing([closed.article_id]):
        tickets.take_transition(taken, "resolve", actor=cast.zhang_wei, values=resolving(closed.article.number))
    child.refresh_from_db()
    assert child.state == "resolved"


def test_what_is_no_reference_is_none():
    assert referred("KB00012 kb7 https://x.example/KB/3 SKB5 KB5x") == {12, 7}


def test_an_article_the_writer_does_not_see_is_named_by_its_number_alone(cast, taken):
    with pytest.raises(Refused) as refused:
        tickets.comment(taken, actor=cast.zhang_wei, body="KB99999")
    assert str(refused.value.articles[0]) == "KB99999"
