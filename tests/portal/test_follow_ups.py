"""What readers missed: opened by their word, answered by who keeps the article, told to who wants to know."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.errors import InvalidInput, NotAllowed, Refused
from knowledge import services as knowledge
from knowledge.models import FollowUp
from notifications.models import Mail, Notification
from tests import articles

pytestmark = pytest.mark.django_db
LIST = "/articles/desk/follow-ups/"


@pytest.fixture(autouse=True)
def english(cast):
    User.objects.update(language="en")


def say(client, version, person, **given):
    client.force_login(person)
    client.post(reverse("knowledge:feedback", args=[version.article_id]), {"is_helpful": "0"} | given)


def missed(cast, version, *, by=None, comment="Step 2 is gone", wants_answer=True):
    knowledge.give_feedback(
        version, actor=by or cast.li_na, is_helpful=False, comment=comment, wants_answer=wants_answer
    )
    return FollowUp.objects.open().get(version=version, given_by=by or cast.li_na)


def answer_url(follow_up):
    return reverse("knowledge:follow-up", args=[follow_up.pk])


def mend(cast, version):
    draft = knowledge.revise(version.article, version.language, actor=cast.zhang_wei)
    return articles.publish(cast, draft)


def outcomes():
    return list(FollowUp.objects.order_by("pk").values_list("comment", "outcome"))


def test_a_no_with_a_comment_is_open_until_its_owner_answers_and_the_reader_hears(client, cast, deliver):
    version = articles.published(cast)
    say(client, version, cast.li_na, comment="Step 2 is gone", wants_answer="1")
    follow_up = FollowUp.objects.get()
    client.force_login(cast.zhang_wei)
    assert "Step 2 is gone" in client.get(LIST, {"list": "mine"}).content.decode()
    assert answer_url(follow_up) in client.get(reverse("knowledge:keep", args=[version.article_id])).content.decode()
    page = client.post(answer_url(follow_up), {"outcome": "mended"})
    assert page.status_code == 422, "nothing was published since"
    newer = mend(cast, version)
    client.post(answer_url(follow_up), {"outcome": "mended", "mended_by": newer.pk, "reason": "It is step 3 now"})
    assert outcomes() == [("Step 2 is gone", "mended")]
    assert "Step 2 is gone" not in client.get(LIST, {"list": "mine"}).content.decode()
    assert "Step 2 is gone" in client.get(LIST, {"list": "answered"}).content.decode()
    deliver()
    letter = Mail.objects.get(event__name="article.follow_up_answered")
    assert letter.user == cast.li_na and "It is step 3 now" in letter.text and "Mended" in letter.text
    assert reverse("knowledge:article", args=[version.article_id]) in letter.text and "/desk/" not in letter.text
    client.force_login(cast.li_na)
    line = Notification.objects.get(user=cast.li_na)
    followed = client.get(reverse("notifications:follow", args=[line.pk]))
    assert followed["Location"] == reverse("knowledge:article", args=[version.article_id])
    assert "It is step 3 now" in client.get(followed["Location"]).content.decode()


def test_nothing_to_mend_owes_a_reason_and_is_told_only_to_who_wants_to_know(cast, deliver):
    version = articles.published(cast)
    follow_up = missed(cast, version, wants_answer=False)
    with pytest.raises(InvalidInput) as refused:
        knowledge.answer_follow_up(follow_up, actor=cast.zhang_wei, outcome="nothing")
    assert list(refused.value.fields) == ["reason"]
    knowledge.answer_follow_up(follow_up, actor=cast.zhang_wei, outcome="nothing", reason="Works as written")
    with pytest.raises(Refused, match="already"):
        knowledge.answer_follow_up(follow_up, actor=cast.zhang_wei, outcome="nothing", reason="Again")
    deliver()
    assert not Mail.objects.filter(event__name="article.follow_up_answered").exists()


def test_who_said_the_same_hears_with_the_first(cast, deliver):
    version = articles.published(cast)
    first, again = missed(cast, version, wants_answer=False), missed(cast, version, by=cast.zhao_min)
    knowledge.answer_follow_up(again, actor=cast.zhang_wei, outcome="duplicate", duplicate_of=first)
    deliver()
    assert not Mail.objects.filter(event__name="article.follow_up_answered").exists()
    knowledge.answer_follow_up(first, actor=cast.zhang_wei, outcome="nothing", reason="Update the client first")
    deliver()
    letter = Mail.objects.get(event__name="article.follow_up_answered")
    assert letter.user == cast.zhao_min and "Update the client first" in letter.text


def test_a_third_no_without_a_word_opens_one_for_all_and_again_after_its_answer(cast, deliver):
    version = articles.published(cast)
    people = [cast.li_na, cast.zhao_min, cast.chen_hao, cast.wang_fang, cast.liu_yang, cast.admin, cast.stranger]
    for person in people[:2]:
        knowledge.give_feedback(version, actor=person, is_helpful=False)
    assert not FollowUp.objects.exists()
    for person in people[2:4]:
        knowledge.give_feedback(version, actor=person, is_helpful=False)
    follow_up = FollowUp.objects.get()
    assert (follow_up.given_by, follow_up.readers) == (None, 4)
    deliver()
    assert Mail.objects.get(event__name="article.follow_up_opened").user == cast.zhang_wei
    knowledge.answer_follow_up(follow_up, actor=cast.zhang_wei, outcome="nothing", reason="It was a bad day")
    for person in people[4:]:
        knowledge.give_feedback(version, actor=person, is_helpful=False)
    assert list(FollowUp.objects.order_by("pk").values_list("readers", "outcome")) == [(4, "nothing"), (3, "")]


def test_a_second_word_replaces_the_first_and_a_yes_takes_it_back(cast):
    version = articles.published(cast)
    missed(cast, version)
    missed(cast, version, comment="Step 3 is gone")
    assert outcomes() == [("Step 3 is gone", "")]
    knowledge.give_feedback(version, actor=cast.li_na, is_helpful=True)
    assert outcomes() == [("Step 3 is gone", "withdrawn")]


def test_whoever_does_not_keep_the_article_reads_and_answers_nothing(client, cast):
    follow_up = missed(cast, articles.published(cast, audience=articles.of(cast.xinghe)))
    with pytest.raises(NotAllowed):
        knowledge.answer_follow_up(follow_up, actor=cast.chen_hao, outcome="nothing", reason="No")
    client.force_login(cast.chen_hao)
    assert "<textarea" not in client.get(answer_url(follow_up)).content.decode()
    assert client.post(answer_url(follow_up), {"outcome": "nothing", "reason": "No"}).status_code == 403
    for outsider in (cast.stranger, cast.zhao_min):
        client.force_login(outsider)
        assert client.get(answer_url(follow_up)).status_code == 404
        assert not FollowUp.objects.visible_to(outsider).exists()
    assert outcomes() == [("Step 2 is gone", "")]


def test_what_was_typed_stays_when_the_answer_is_refused(client, cast):
    follow_up = missed(cast, articles.published(cast))
    client.force_login(cast.zhang_wei)
    page = client.post(answer_url(follow_up), {"outcome": "", "reason": "Typed with care"})
    assert page.status_code == 422 and "Typed with care" in page.content.decode()


def test_the_list_costs_the_same_at_one_and_at_three_rows(client, cast, django_assert_max_num_queries):
    version = articles.published(cast)
    missed(cast, version)
    client.force_login(cast.zhang_wei)
    for person in (cast.zhao_min, cast.chen_hao):
        client.get(LIST)
        with django_assert_max_num_queries(6):
            client.get(LIST)
        missed(cast, version, by=person)


def test_requesters_switch_off_news_of_articles_and_of_what_they_learn(client, cast):
    client.force_login(cast.li_na)
    page = client.get(reverse("notifications:preferences")).content.decode()
    assert "commented on" in page and "what I learn" in page


def test_lists_are_read_page_by_page_also_when_the_last_one_was_answered_meanwhile(client, cast, monkeypatch):
    monkeypatch.setattr("knowledge.selectors.follow_ups.PAGE", 2)
    version = articles.published(cast)
    readers = (cast.li_na, cast.zhao_min, cast.chen_hao, cast.liu_yang, cast.wang_fang)
    said = [missed(cast, version, by=reader, comment=f"{reader} missed it") for reader in readers]
    client.force_login(cast.zhang_wei)
    read, after = [], 0
    while True:
        page = client.get(LIST, {"list": "open"} | ({"after": after} if after else {}))
        read += page.context["follow_ups"]
        after = page.context["next"]
        assert (f"after={after}" in page.content.decode()) == bool(after)
        if not after:
            break
        knowledge.answer_follow_up(read[-1], actor=cast.zhang_wei, outcome="nothing", reason="It is there")
    assert read == said
    answered = client.get(LIST, {"list": "answered"})
    assert answered.context["follow_ups"] == [said[3], said[1]]
    assert client.get(LIST, {"after": "x"}).context["follow_ups"] == [said[0], said[2]]
