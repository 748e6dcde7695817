"""Articles over the API: what one may read, in every language, and a word on whether it helped."""

import pytest

from knowledge import services as knowledge
from knowledge.models import Feedback
from tests import articles

pytestmark = pytest.mark.django_db
URL = "/api/v1/articles/"


def titles(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.content
    return [text["title"] for row in answer.json()["results"] for text in row["texts"]]


def test_readers_get_what_is_published_for_them(api, cast):
    articles.published(cast, title="大家", audience=articles.everybody())
    articles.published(cast, title="服务台", audience=articles.staff())
    articles.published(cast, title="星河", audience=articles.of(cast.xinghe))
    articles.drafted(cast, title="草稿")
    assert titles(api(cast.stranger)) == ["大家"]
    assert titles(api(cast.li_na)) == ["星河", "大家"]
    assert titles(api(cast.zhang_wei)) == ["星河", "服务台", "大家"]


def test_article_carries_its_text_in_every_language(api, cast):
    source = articles.published(cast)
    english = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    texts = {"title": "VPN drops", "body": "Sign in again."}
    articles.publish(cast, knowledge.edit(english, actor=cast.zhang_wei, texts=texts))
    data = api(cast.li_na).get(f"{URL}{source.article_id}/").json()
    assert [(text["language"], text["body"]) for text in data["texts"]] == [
        ("en", "Sign in again."), ("zh-hans", articles.BODY),
    ]  # fmt: skip
    assert data["number"] == source.article.number
    assert "body" not in api(cast.li_na).get(URL).json()["results"][0]["texts"][0]


@pytest.mark.parametrize(("query", "found"), [({"q": "掉线"}, 1), ({"q": "年假"}, 0), ({"kind": "faq"}, 0)])
def test_list_is_filtered(api, cast, query, found):
    articles.published(cast)
    assert len(titles(api(cast.li_na), **query)) == found


def test_words_do_not_find_what_is_not_published(api, cast):
    version = articles.published(cast)
    draft = knowledge.revise(version.article, "zh-hans", actor=cast.zhang_wei)
    knowledge.edit(draft, actor=cast.zhang_wei, texts={"title": "绝密", "body": "x"})
    assert titles(api(cast.li_na), q="绝密") == []


def test_feedback_is_one_word_per_person(api, cast):
    version = articles.published(cast)
    url = f"{URL}{version.article_id}/feedback/"
    no = {"language": "zh-hans", "is_helpful": False, "comment": "?"}
    assert api(cast.li_na).post(url, no, format="json").status_code == 200
    assert api(cast.li_na).post(url, {"language": "zh-hans", "is_helpful": True}, format="json").status_code == 200
    assert list(Feedback.objects.values_list("user", "is_helpful")) == [(cast.li_na.pk, True)]
    assert api(cast.li_na).post(url, {"language": "en", "is_helpful": True}, format="json").status_code == 404
    assert api(cast.li_na).post(url, {"language": "zh-hans"}, format="json").status_code in (400, 422)
    assert api(cast.li_na, "read").post(url, {"language": "zh-hans", "is_helpful": True}).status_code == 403


def test_list_costs_the_same_at_one_and_at_three_rows(api, cast, django_assert_num_queries):
    articles.published(cast)
    client = api(cast.li_na)
    client.get(URL)
    for _round in range(2):
        with django_assert_num_queries(3):
            client.get(URL)
        articles.published(cast)
        articles.published(cast)
