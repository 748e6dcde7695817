"""Articles over the API: what one may read, in every language, and a word on whether it helped."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

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


def test_reply_or_resolution_that_refers_to_what_its_reader_cannot_open_has_to_be_confirmed(api, cast, incident):
    closed = articles.published(cast, title="Only for us", audience=articles.staff())
    agent, path = api(cast.zhang_wei), f"/api/v1/tickets/{incident.number}"
    words = {"body": f"See {closed.article.number}"}
    asked = agent.post(f"{path}/comments/", words)
    problem = asked.json()
    assert (asked.status_code, problem["code"]) == (422, "unreadable_articles")
    assert "cannot open" in problem["errors"]["body"][0]
    assert problem["articles"] == [
        {
            "id": closed.article_id, "number": closed.article.number, "title": "Only for us",
            "readers": [{"id": cast.li_na.pk, "name": "Li Na"}],
        }
    ]  # fmt: skip
    known = {"known_articles": [article["id"] for article in problem["articles"]]}
    assert agent.post(f"{path}/comments/", words | known).status_code == 201
    resolution = {
        "name": "resolve", "resolution_code": "fixed", "resolution_notes": words["body"], "service": cast.email.pk,
    }  # fmt: skip
    refused = agent.post(f"{path}/transitions/", resolution)
    assert refused.json()["code"] == "unreadable_articles" and "resolution_notes" in refused.json()["errors"]
    assert agent.post(f"{path}/transitions/", resolution | known).json()["state"] == "resolved"
    assert agent.post(f"{path}/comments/", words | {"known_articles": ["x"]}).status_code == 422


def test_file_whose_words_refer_to_what_its_reader_cannot_open_has_to_be_confirmed(api, cast, incident):
    closed = articles.published(cast, audience=articles.staff())
    path = f"/api/v1/tickets/{incident.number}/attachments/"

    def send(**more):
        file = SimpleUploadedFile("steps.txt", b"one")
        sent = {"files": file, "body": closed.article.number} | more
        return api(cast.zhang_wei).post(path, sent, format="multipart")

    assert send().json()["code"] == "unreadable_articles" and not incident.attachments.exists()
    assert send(known_articles=[closed.article_id]).status_code == 201
