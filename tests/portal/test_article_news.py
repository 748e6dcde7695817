"""Who hears what of an article: reviewers, writers, its owner; by mail and behind the bell, as they chose."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from knowledge import services as knowledge
from knowledge.models import ArticleVersion
from knowledge.selectors.readers import readers_of
from notifications.models import Mail, Notification, Preference
from tests import articles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(cast):
    User.objects.update(language="en")


@pytest.fixture
def told(deliver):
    """The people told of one event of articles, alike by mail and by bell."""

    def news(name):
        deliver()
        mailed = set(Mail.objects.filter(event__name=f"article.{name}").values_list("user__username", flat=True))
        rung = set(Notification.objects.filter(event__name=f"article.{name}").values_list("user__username", flat=True))
        assert mailed == rung
        return mailed

    return news


def submitted(cast, **options):
    return knowledge.take_step(articles.drafted(cast, **options), "submit", actor=cast.zhang_wei)


def test_a_review_is_asked_of_those_who_may_and_answered_to_the_author(cast, told, client):
    version = submitted(cast)
    asked = told("submitted")
    assert "chen.hao" in asked and not asked & {"zhang.wei", "li.na"}
    knowledge.take_step(version, "send_back", actor=cast.chen_hao, values={"reason": "Which client?"})
    assert told("sent_back") == {"zhang.wei"}
    letter = Mail.objects.get(event__name="article.sent_back")
    assert "sent an article back to you" in letter.subject and "Which client?" in letter.text
    articles.publish(cast, version)
    assert told("published") == {"zhang.wei"}
    client.force_login(cast.zhang_wei)
    assert "Your article is published." in client.get(reverse("notifications:bell")).content.decode()
    line = Notification.objects.get(event__name="article.published")
    followed = client.get(reverse("notifications:follow", args=[line.pk]))
    assert followed["Location"] == reverse("knowledge:keep", args=[version.article_id])


def test_the_next_version_is_asked_of_those_who_know_the_article(cast, told):
    first = articles.published(cast)
    told("published")
    Mail.objects.all().delete()
    Notification.objects.all().delete()
    again = knowledge.revise(first.article, "zh-hans", actor=cast.zhang_wei)
    knowledge.take_step(again, "submit", actor=cast.zhang_wei)
    assert told("submitted") == {"chen.hao"}


def test_only_why_it_did_not_help_reaches_the_owner(cast, told):
    version = articles.published(cast)
    knowledge.set_about(version.article, actor=cast.zhang_wei, owner=cast.chen_hao)
    knowledge.give_feedback(version, actor=cast.li_na, is_helpful=False)
    knowledge.give_feedback(version, actor=cast.li_na, is_helpful=True, comment="Thanks!")
    assert told("rated") == set()
    knowledge.give_feedback(version, actor=cast.li_na, is_helpful=False, comment="Step 2 is gone")
    assert told("rated") == {"chen.hao"}
    assert "Step 2 is gone" in Mail.objects.get(event__name="article.rated").text


def test_a_passed_review_by_day_is_told_once_for_each_day(cast, told):
    version = articles.published(cast)
    for back in (2, 1):
        day = date.today() - timedelta(days=back)
        ArticleVersion.objects.filter(pk=version.pk).update(review_by=day)
        assert (knowledge.ask_to_confirm(), knowledge.ask_to_confirm()) == (1, 0)
        knowledge.take_step(version, "confirm", actor=cast.zhang_wei, values={"review_by": articles.in_a_year()})
    assert told("review_due") == {"zhang.wei"} and Mail.objects.filter(event__name="article.review_due").count() == 2


def test_a_translation_left_behind_is_told_to_its_owner(cast, told):
    source = articles.published(cast)
    english = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    texts = {"title": "VPN drops", "summary": "", "body": "Sign in again."}
    english = articles.publish(cast, knowledge.edit(english, actor=cast.zhang_wei, texts=texts))
    knowledge.set_about(source.article, actor=cast.zhang_wei, owner=cast.wang_fang)
    articles.publish(cast, knowledge.revise(source.article, "zh-hans", actor=cast.zhang_wei))
    assert told("superseded") == {"wang.fang", "zhang.wei"}
    assert "VPN drops" in Mail.objects.filter(event__name="article.superseded").first().subject


def test_a_translation_that_is_being_written_is_told_too_and_its_own_next_version_is_no_news(cast, told):
    source = articles.published(cast)
    draft = knowledge.revise(source.article, "en", actor=cast.liu_yang)
    knowledge.set_about(source.article, actor=cast.zhang_wei, owner=cast.wang_fang)
    articles.publish(cast, knowledge.revise(source.article, "zh-hans", actor=cast.zhang_wei))
    assert told("superseded") == {"wang.fang", "liu.yang"}
    Mail.objects.all().delete()
    Notification.objects.all().delete()
    draft = knowledge.take_step(draft, "submit", actor=cast.liu_yang)
    articles.checked(draft, cast.zhang_wei)
    knowledge.take_step(draft, "approve", actor=cast.zhang_wei, values={"review_by": articles.in_a_year()})
    again = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    articles.publish(cast, again)
    assert told("superseded") == set()


def test_reviewers_are_asked_for_in_as_many_queries_as_there_are_kinds_of_facts(cast, django_assert_num_queries):
    version = submitted(cast)
    people = list(User.objects.order_by("pk"))
    with django_assert_num_queries(2):
        found = readers_of(version, people)
    fresh = User.objects.order_by("pk")
    alone = [user for user in fresh if ArticleVersion.objects.visible_to(user).filter(pk=version.pk).exists()]
    assert found == alone and 0 < len(found) < len(people)


def test_nobody_is_told_in_a_way_they_did_not_choose_or_of_what_they_may_not_read(cast, deliver, client):
    Preference.objects.create(user=cast.chen_hao, kind="article", way="mail", is_on=False)
    version = submitted(cast)
    deliver()
    assert Notification.objects.filter(user=cast.chen_hao).exists() and not Mail.objects.filter(user=cast.chen_hao)
    client.force_login(cast.chen_hao)
    assert version.title in client.get(reverse("notifications:list")).content.decode()
    knowledge.set_about(version.article, actor=cast.zhang_wei, owner=cast.li_na, audience=articles.of(cast.other))
    assert version.title not in client.get(reverse("notifications:list")).content.decode()
    knowledge.give_feedback(version, actor=cast.zhang_wei, is_helpful=False, comment="No")
    deliver()
    assert not Notification.objects.filter(event__name="article.rated").exists()
