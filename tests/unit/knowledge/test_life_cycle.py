"""The life of an article: nobody reviews their own words, one version is current, what is retired is gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from events.models import Event
from knowledge import services as knowledge
from knowledge.models import ArticleVersion
from knowledge.workflow import ARTICLE
from tests import articles


def names(version):
    return list(Event.objects.filter(subject_kind="article").order_by("pk").values_list("name", flat=True))


def test_article_is_written_reviewed_and_published(cast):
    version = articles.published(cast)
    assert (version.state, version.reviewer, version.number) == ("published", cast.chen_hao, 1)
    assert version.published_at is not None
    assert names(version) == [
        "article.drafted",
        "article.described",
        "article.submitted",
        "article.checked",
        "article.published",
    ]


def test_author_does_not_review_their_own_words(cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    with pytest.raises(NotAllowed):
        knowledge.take_step(version, "approve", actor=cast.zhang_wei, values={"review_by": articles.in_a_year()})


def test_who_edited_the_draft_does_not_review_it_either(cast):
    version = articles.drafted(cast)
    texts = {"title": version.title, "body": version.body + "\n3. 重启"}
    version = knowledge.edit(version, actor=cast.chen_hao, texts=texts)
    version = knowledge.take_step(version, "submit", actor=cast.zhang_wei)
    with pytest.raises(NotAllowed):
        knowledge.take_step(version, "approve", actor=cast.chen_hao, values={"review_by": articles.in_a_year()})
    articles.checked(version, cast.liu_yang)
    knowledge.take_step(version, "approve", actor=cast.liu_yang, values={"review_by": articles.in_a_year()})


@pytest.mark.parametrize("who", ["zhang_wei", "chen_hao"])
def test_database_refuses_a_writer_as_reviewer(cast, who):
    version = articles.drafted(cast)
    version.writers = [cast.zhang_wei.pk, cast.chen_hao.pk]
    version.reviewer = getattr(cast, who)
    with pytest.raises(IntegrityError, match="reviewer_is_no_writer"), transaction.atomic():
        version.save()


def test_requesters_do_not_write(cast):
    with pytest.raises(NotAllowed):
        knowledge.write(actor=cast.li_na, kind="faq", language="en", title="t", body="b")


def test_article_without_audience_owner_or_link_is_not_submitted(cast):
    version = articles.drafted(cast, audience=[])
    with pytest.raises(Refused, match="audience"):
        knowledge.take_step(version, "submit", actor=cast.zhang_wei)
    knowledge.set_about(version.article, actor=cast.zhang_wei, audience=articles.everybody(), service=None)
    with pytest.raises(Refused, match="Link it"):
        knowledge.take_step(version, "submit", actor=cast.zhang_wei)
    knowledge.set_about(version.article, actor=cast.zhang_wei, service=cast.email, owner=None)
    with pytest.raises(Refused, match="owner"):
        knowledge.take_step(version, "submit", actor=cast.zhang_wei)


def test_published_article_does_not_lose_its_last_reader(cast):
    version = articles.published(cast)
    with pytest.raises(Refused, match="audience"):
        knowledge.set_about(version.article, actor=cast.zhang_wei, audience=[])
    assert version.article.audience.count() == 1


def test_next_version_replaces_the_one_before(cast):
    first = articles.published(cast)
    second = knowledge.revise(first.article, "zh-hans", actor=cast.zhang_wei)
    assert (second.number, second.body) == (2, first.body)
    articles.publish(cast, second)
    first.refresh_from_db()
    assert first.state == "outdated"
    assert ArticleVersion.objects.current().count() == 1


def test_two_next_versions_at_once_are_refused(cast):
    first = articles.published(cast)
    knowledge.revise(first.article, "zh-hans", actor=cast.zhang_wei)
    with pytest.raises(Refused, match="working on the next version"):
        knowledge.revise(first.article, "zh-hans", actor=cast.chen_hao)


def test_translation_is_behind_when_its_source_moves(cast):
    source = articles.published(cast)
    translation = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    assert translation.translated_from == source
    texts = {"title": "VPN keeps dropping", "body": "Reconnect."}
    translation = articles.publish(cast, knowledge.edit(translation, actor=cast.zhang_wei, texts=texts))
    assert not translation.is_behind
    articles.publish(cast, knowledge.revise(source.article, "zh-hans", actor=cast.zhang_wei))
    translation = ArticleVersion.objects.get(pk=translation.pk)
    assert translation.is_behind


def test_retiring_the_source_retires_its_translations(cast):
    source = articles.published(cast)
    translation = articles.publish(cast, knowledge.revise(source.article, "en", actor=cast.zhang_wei))
    source = knowledge.take_step(source, "propose_retirement", actor=cast.chen_hao, values={"reason": "VPN 已更换"})
    with pytest.raises(NotAllowed):
        knowledge.take_step(source, "retire", actor=cast.chen_hao)
    knowledge.take_step(source, "retire", actor=cast.zhang_wei)
    translation.refresh_from_db()
    assert translation.state == "retired"


def test_discarding_a_next_version_leaves_the_current_one(cast):
    first = articles.published(cast)
    english = articles.publish(cast, knowledge.revise(first.article, "en", actor=cast.zhang_wei))
    knowledge.take_step(
        knowledge.revise(first.article, "zh-hans", actor=cast.zhang_wei), "discard", actor=cast.zhang_wei
    )
    assert set(ArticleVersion.objects.current()) == {first, english}


def test_scheduled_version_is_published_when_its_time_has_come(cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    articles.checked(version, cast.chen_hao)
    at = clock.now() + timedelta(hours=1)
    values = {"publish_at": at, "review_by": articles.in_a_year()}
    version = knowledge.take_step(version, "schedule", actor=cast.chen_hao, values=values)
    assert knowledge.publish_due() == 0
    with clock.travel(at + timedelta(seconds=1)):
        assert knowledge.publish_due() == 1
    version.refresh_from_db()
    assert (version.state, version.publish_at) == ("published", None)


def test_dates_in_the_past_are_refused(cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    articles.checked(version, cast.chen_hao)
    yesterday = clock.now().date() - timedelta(days=1)
    with pytest.raises(InvalidInput):
        knowledge.take_step(version, "approve", actor=cast.chen_hao, values={"review_by": yesterday})


def test_second_editor_is_told_what_changed_meanwhile(cast):
    version = articles.drafted(cast)
    read_at = version.revision
    knowledge.edit(version, actor=cast.chen_hao, texts={"title": "新标题", "body": "新正文"}, revision=read_at)
    with pytest.raises(Stale) as stale:
        knowledge.edit(version, actor=cast.zhang_wei, texts={"title": "另一个", "body": "另一个"}, revision=read_at)
    assert [event.data["fields"] for event in stale.value.changes] == [["title", "body"]]
    version.refresh_from_db()
    assert version.title == "新标题"


def test_published_words_are_never_changed(cast):
    version = articles.published(cast)
    with pytest.raises(Refused, match="Only a draft"):
        knowledge.edit(version, actor=cast.zhang_wei, texts={"title": "x", "body": "y"})


def test_one_current_version_is_a_matter_of_the_database(cast):
    version = articles.published(cast)
    copy = {"article_id": version.article_id, "author_id": cast.zhang_wei.pk}
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="one_current_version"),
        transaction.atomic(),
    ):
        cursor.execute(
            "INSERT INTO knowledge_articleversion (article_id, language, number, state, title, summary, body,"
            " author_id, writers, reviewer_id, review_by, created_at, changed_at, revision)"
            " VALUES (%(article_id)s, 'zh-hans', 9, 'published', 't', '', 'b', %(author_id)s, '{}',"
            " %(reviewer)s, now(), now(), now(), 1)",
            copy | {"reviewer": cast.chen_hao.pk},
        )


def test_diagram_shows_the_table_in_force():
    page = Path(__file__).resolve().parents[3] / "docs" / "workflows" / "article.md"
    assert ARTICLE.mermaid() in page.read_text("utf-8"), "run `python3 manage.py draw_workflows`"
