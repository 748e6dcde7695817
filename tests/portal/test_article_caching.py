"""Articles are asked about again: unchanged is a 304, for exactly the same reader in the same language."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from knowledge import services as knowledge
from tests import articles

pytestmark = pytest.mark.django_db
SEARCH = reverse("knowledge:articles") + "?q=VPN"


@pytest.fixture(autouse=True)
def english(cast):
    User.objects.update(language="en")


def reader(person):
    client = Client()
    client.force_login(person)
    return client


def asked_again(client, url, tag):
    return client.get(url, headers={"if-none-match": tag})


def page_of(version):
    return reverse("knowledge:article", args=[version.article_id])


@pytest.mark.parametrize("url", [None, SEARCH, reverse("knowledge:articles")])
def test_unchanged_is_a_304_without_a_body(cast, url):
    version, client = articles.published(cast), reader(cast.li_na)
    url = url or page_of(version)
    first = client.get(url)
    again = asked_again(client, url, first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "private, no-cache" and "HX-Request" in again["Vary"]


@pytest.mark.parametrize("who", ["zhao_min", "chen_hao"])
def test_another_reader_is_never_answered_with_unchanged(cast, who):
    version = articles.published(cast)
    for url in (page_of(version), SEARCH):
        tag = reader(cast.li_na).get(url)["ETag"]
        assert asked_again(reader(getattr(cast, who)), url, tag).status_code == 200


def test_another_language_is_not_unchanged(cast):
    version, client = articles.published(cast), reader(cast.li_na)
    tags = {url: client.get(url)["ETag"] for url in (page_of(version), SEARCH)}
    User.objects.update(language="zh-hans")
    assert all(asked_again(client, url, tag).status_code == 200 for url, tag in tags.items())


def test_who_lost_the_article_gets_a_404_whatever_they_hold(cast):
    version, client = articles.published(cast), reader(cast.li_na)
    url = page_of(version)
    tag, found = client.get(url)["ETag"], client.get(SEARCH)["ETag"]
    knowledge.set_about(version.article, actor=cast.zhang_wei, audience=articles.staff())
    assert asked_again(client, url, tag).status_code == 404
    assert asked_again(client, SEARCH, found).status_code == 200


def test_the_next_version_is_another_page(cast):
    version, client = articles.published(cast), reader(cast.li_na)
    tag = client.get(page_of(version))["ETag"]
    draft = knowledge.revise(version.article, "zh-hans", actor=cast.zhang_wei)
    texts = {"title": version.title, "summary": "", "body": "新的步骤"}
    articles.publish(cast, knowledge.edit(draft, actor=cast.zhang_wei, texts=texts))
    assert "新的步骤" in asked_again(client, page_of(version), tag).content.decode()


def test_what_one_said_of_an_article_shows_at_once_and_the_kept_form_still_works(cast):
    version, client = articles.published(cast), Client(enforce_csrf_checks=True)
    client.force_login(cast.li_na)
    kept = client.get(page_of(version))
    assert asked_again(client, page_of(version), kept["ETag"]).status_code == 304
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', kept.content.decode())[1]
    said = {"is_helpful": "1", "csrfmiddlewaretoken": token}
    assert client.post(reverse("knowledge:feedback", args=[version.article_id]), said).status_code == 302
    assert asked_again(client, page_of(version), kept["ETag"]).status_code == 200


@pytest.mark.parametrize("url", [SEARCH, reverse("knowledge:articles")])
def test_more_articles_need_no_more_queries(cast, url, django_assert_num_queries, django_assert_max_num_queries):
    client = reader(cast.li_na)
    articles.published(cast, title="VPN 一")
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for number in range(5):
        articles.published(cast, title=f"VPN {number}")
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_an_article_takes_a_bounded_number_of_queries(cast, django_assert_max_num_queries):
    version, client = articles.published(cast), reader(cast.li_na)
    client.get(page_of(version))
    with django_assert_max_num_queries(20):
        client.get(page_of(version))
