"""Reading articles: who sees which, what is found, what help ended how."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from knowledge import selectors
from knowledge import services as knowledge
from knowledge.models import Article, ArticleVersion, DailyViews, Feedback, HelpSession
from tests import articles

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
CAST = ["li_na", "zhao_min", "stranger", "zhang_wei", "chen_hao", "wang_fang", "admin"]
DESK = {"zhang_wei", "chen_hao", "wang_fang", "admin"}


@pytest.fixture
def li_na(client, cast):
    for person in (cast.li_na, cast.zhang_wei, cast.stranger):
        person.language = "en"
        person.save()
    client.force_login(cast.li_na)
    return client


def url_of(version, **query):
    return reverse("knowledge:article", args=[version.article_id], query=query)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (lambda cast: [], DESK),
        (lambda cast: articles.staff(), DESK),
        (lambda cast: articles.everybody(), set(CAST)),
        (lambda cast: articles.of(cast.xinghe), {*DESK, "li_na", "zhao_min"}),
        (lambda cast: articles.of(cast.other), {"stranger", "admin"}),
        (lambda cast: articles.within(cast.finance), {*DESK, "li_na", "zhao_min"}),
        (lambda cast: [*articles.staff(), *articles.of(cast.other)], {*DESK, "stranger"}),
    ],
    ids=["nobody", "staff", "everybody", "organisation", "other organisation", "department", "staff and other"],
)
def test_audience_says_who_reads(client, cast, audience, readers):
    version = articles.published(cast)
    rows = audience(cast)
    version.article.audience.all().delete()
    for row in rows:
        row.article = version.article
        row.save()
    Article.objects.filter(pk=version.article_id).update(owner=None)
    for who in CAST:
        person = getattr(cast, who)
        sees = who in readers
        assert Article.objects.visible_to(person).exists() == sees, who
        assert ArticleVersion.objects.visible_to(person).exists() == sees, who
        assert bool(selectors.suggested(person, "VPN 掉线")) == sees, who
        assert bool(selectors.found(person, "VPN", limit=5)) == sees, who
        client.force_login(person)
        assert client.get(url_of(version)).status_code == (200 if sees else 404), who


@pytest.mark.parametrize("who", ["li_na", "zhao_min"])
def test_drafts_are_for_the_desk(client, cast, who):
    draft = articles.drafted(cast, audience=articles.everybody())
    assert not ArticleVersion.objects.visible_to(getattr(cast, who)).exists()
    client.force_login(getattr(cast, who))
    assert client.get(url_of(draft)).status_code == 404
    assert client.get(reverse("knowledge:edit", args=[draft.pk])).status_code == 404
    client.force_login(cast.chen_hao)
    assert client.get(url_of(draft))["Location"] == reverse("knowledge:keep", args=[draft.article_id])


def test_readers_see_the_current_version_while_the_next_is_written(li_na, cast):
    version = articles.published(cast)
    draft = knowledge.revise(version.article, "zh-hans", actor=cast.zhang_wei)
    knowledge.edit(draft, actor=cast.zhang_wei, texts={"title": "秘密草稿", "body": "还没有审核"})
    page = li_na.get(url_of(version)).content.decode()
    assert "频繁掉线" in page and "秘密草稿" not in page
    assert not selectors.suggested(cast.li_na, "秘密草稿")


def test_article_is_shown_in_the_readers_language_with_a_switch(li_na, cast):
    source = articles.published(cast)
    english = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    texts = {"title": "VPN keeps dropping", "body": "Sign in again."}
    articles.publish(cast, knowledge.edit(english, actor=cast.zhang_wei, texts=texts))
    page = li_na.get(url_of(source)).content.decode()
    assert "Sign in again." in page and "?lang=zh-hans" in page
    assert "重新登录" in li_na.get(url_of(source, lang="zh-hans")).content.decode()
    articles.publish(cast, knowledge.revise(source.article, "zh-hans", actor=cast.zhang_wei))
    assert "is behind" in li_na.get(url_of(source)).content.decode()


def test_article_long_over_its_date_is_not_confirmed(li_na, cast):
    version = articles.published(cast)
    due = version.review_by
    at = clock.now() + timedelta(days=365 + 20)
    with clock.travel(at):
        assert "Not confirmed" not in li_na.get(url_of(version)).content.decode()
    with clock.travel(at + timedelta(days=15)):
        assert f"by {due}" in li_na.get(url_of(version)).content.decode()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("掉线", True),
        ("VPN", True),
        ("vpn 掉线", True),
        ("重新登录", True),
        ("打印机", False),
        ("我的VPN总是掉线", True),
    ],
)
def test_search_finds_chinese_and_latin_words(li_na, cast, words, is_found):
    articles.published(cast)
    page = li_na.get(reverse("knowledge:articles"), {"q": words}).content.decode()
    assert ("频繁掉线" in page) == is_found


def test_better_fit_comes_first(cast):
    articles.published(cast, title="邮箱登录", body="也可以通过 VPN 使用，掉线时重试。")
    best = articles.published(cast, title="VPN 掉线", body="检查网络。")
    assert selectors.found(cast.li_na, "VPN 掉线", limit=5)[0] == best
    suggested = selectors.suggested(cast.li_na, "VPN 一直掉线怎么办")
    assert suggested[0] == best
    assert suggested[0].why == ["same words: vpn, 掉线"]


def test_suggestions_need_more_than_chance(cast):
    articles.published(cast, title="打印机脱机", body="检查电源和网络，重启后台服务。")
    assert selectors.suggested(cast.li_na, "怎么申请年假") == []
    assert selectors.suggested(cast.li_na, "网络") == []
    assert selectors.suggested(cast.li_na, "打印机怎么了")[0].why == ["same words: 打印机"]


def test_same_service_counts_and_is_said(cast):
    other = articles.published(cast, title="登录很慢")
    mine = articles.published(cast, title="登录很慢怎么处理")
    knowledge.set_about(mine.article, actor=cast.zhang_wei, service=cast.erp)
    found = selectors.suggested(cast.li_na, "登录很慢", service=cast.erp)
    assert found == [mine, other]
    assert found[0].why[0] == "same service"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "' OR 1=1 --", "a & b | !c", "%%%", "🙂🙂", "<b>", "\\", ":*", "怎么办", "x" * 5000, "网" * 500],
)
def test_suggestions_survive_any_text(li_na, cast, text):
    articles.published(cast)
    assert li_na.get(reverse("knowledge:suggest"), {"text": text}).status_code == 200
    assert li_na.get(reverse("knowledge:articles"), {"q": text}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "![x](javascript:alert(1))",
        "![x](https://tracker.example/pixel.png)",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "# <svg onload=alert(1)>",
        "![x](data:image/png;base64,AAAA)",
        '![x](shot.png "onerror=alert(1)")',
    ],
)
def test_hostile_words_stay_words(li_na, cast, body):
    page = li_na.get(url_of(articles.published(cast, body=body))).content.decode()
    shown = page[page.index("article-body") : page.index('id="helpful"')]
    assert "<script" not in shown and "<img" not in shown and "<svg" not in shown
    assert 'href="javascript' not in shown and 'tracker.example/pixel.png"' not in shown


def test_own_pictures_are_shown_and_other_files_offered(li_na, cast, client):
    version = articles.drafted(cast, audience=articles.of(cast.xinghe), body="## A\n\n![窗口](shot.png)\n\n## B\n\nx")
    picture = knowledge.add_file(version, SimpleUploadedFile("shot.png", PNG), actor=cast.zhang_wei)
    log = knowledge.add_file(version, SimpleUploadedFile("log.txt", b"1"), actor=cast.zhang_wei)
    articles.publish(cast, version)
    page = li_na.get(url_of(version)).content.decode()
    address = reverse("knowledge:picture", args=[picture.pk])
    assert f'<img src="{address}" alt="窗口">' in page
    assert reverse("knowledge:file", args=[log.pk]) in page
    assert 'href="#part-2">B</a>' in page
    shown = li_na.get(address)
    assert (shown["Content-Type"], b"".join(shown.streaming_content)[:4]) == ("image/png", b"\x89PNG")
    assert li_na.get(reverse("knowledge:picture", args=[log.pk])).status_code == 404
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404


def test_views_are_counted_by_day_and_nobody_is_remembered(li_na, cast):
    version = articles.published(cast)
    for _time in range(3):
        li_na.get(url_of(version))
    assert list(DailyViews.objects.values_list("article", "count")) == [(version.article_id, 3)]
    assert selectors.popular(cast.li_na) == [version]
    assert selectors.popular(cast.stranger) == [version]


def test_one_word_per_person_and_version(li_na, cast):
    version = articles.published(cast)
    url = reverse("knowledge:feedback", args=[version.article_id])
    li_na.post(url, {"is_helpful": "0"})
    li_na.post(url, {"is_helpful": "0", "comment": "步骤 2 不对"})
    assert list(Feedback.objects.values_list("is_helpful", "comment")) == [(False, "步骤 2 不对")]
    assert li_na.post(url, {"is_helpful": "maybe"}).status_code == 404


def sent(**values):
    return {"text": "VPN 掉线了", "affects": "3", "hinders": "2", "sending": uuid.uuid4().hex} | values


def outcomes():
    return sorted(HelpSession.objects.values_list("words", "outcome"))


def test_help_that_an_article_gave_is_a_deflection(li_na, cast):
    version = articles.published(cast)
    li_na.get(url_of(version, q="VPN 掉线"))
    assert outcomes() == [("VPN 掉线", "")]
    url = reverse("knowledge:feedback", args=[version.article_id])
    li_na.post(url, {"is_helpful": "1"})
    li_na.post(url, {"is_helpful": "1"})
    assert outcomes() == [("VPN 掉线", "solved")]


def test_help_that_ended_in_a_ticket_is_none_with_or_without_an_article(li_na, cast):
    version = articles.published(cast)
    li_na.get(url_of(version, q="VPN"))
    li_na.post("/report/", sent())
    li_na.post("/report/", sent(text="鼠标坏了"))
    assert outcomes() == [("VPN", "submitted"), ("鼠标坏了", "submitted")]
    li_na.get(url_of(version, q="掉线"))
    now = clock.now()
    figure = selectors.deflection(cast.zhang_wei, now - timedelta(hours=1), now + timedelta(hours=1))
    assert (figure.solved, figure.submitted, figure.left, figure.percent) == (0, 2, 1, 0)


def test_deflection_is_of_those_one_serves_and_opens_its_list(client, li_na, cast):
    version = articles.published(cast)
    li_na.get(url_of(version, q="VPN 掉线"))
    li_na.post(reverse("knowledge:feedback", args=[version.article_id]), {"is_helpful": "1"})
    client.force_login(cast.stranger)
    client.get(url_of(version, q="陌生人的话"))
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("knowledge:helped")).content.decode()
    assert "100.0%" in page and "VPN 掉线" in page and "陌生人的话" not in page
    assert client.get(reverse("knowledge:helped"), {"outcome": "submitted"}).content.decode().count("<tr>") == 0


def test_people_of_the_desk_are_not_counted(client, cast):
    client.force_login(cast.zhang_wei)
    client.get(url_of(articles.published(cast), q="VPN"))
    assert not HelpSession.objects.exists()


def test_report_form_brings_suggestions_without_javascript(li_na, cast):
    version = articles.published(cast)
    page = li_na.get("/report/", {"text": "VPN 又掉线"}).content.decode()
    assert f"/articles/{version.article_id}/?lang=zh-hans&amp;q=VPN%20%E5%8F%88%E6%8E%89%E7%BA%BF" in page
    assert "same words: vpn, 掉线" in page


def test_pages_cost_the_same_at_one_and_at_three_rows(li_na, cast, django_assert_num_queries):
    first = articles.published(cast)
    paths = {reverse("knowledge:articles"): 8, url_of(first): 10, reverse("knowledge:suggest") + "?text=VPN": 3}
    for path in paths:
        li_na.get(path)
    for _row in range(2):
        for path, queries in paths.items():
            with django_assert_num_queries(queries):
                li_na.get(path)
        articles.published(cast, title="VPN 客户端安装")
        articles.published(cast, title="VPN 账号申请")
