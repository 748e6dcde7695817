"""Writing and reviewing at the desk: worklists, preview, two editors, what refuses and why."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.errors import Refused
from knowledge import services as knowledge
from knowledge.models import Article, ArticleTemplate, ArticleVersion
from knowledge.selectors.keeping import LISTS
from knowledge.selectors.standards import look_again_on, questions_for
from tests import articles


@pytest.fixture
def desk(client, cast):
    for person in (cast.zhang_wei, cast.chen_hao, cast.wang_fang):
        person.language = "en"
        person.save()
    client.force_login(cast.zhang_wei)
    return client


def typed(version, **texts):
    values = {"title": version.title, "summary": version.summary, "body": version.body}
    return values | {"revision": version.revision} | texts


def all_yes(version):
    return {f"q{question.pk}": "yes" for question in questions_for(version.article)}


def test_a_no_of_the_checklist_refuses_and_stays_for_its_author_to_read(desk, cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    desk.force_login(cast.chen_hao)
    url = reverse("knowledge:step", args=[version.pk, "approve"])
    first = questions_for(version.article)[0]
    page = desk.get(url).content.decode()
    assert first.name_en in page and f'value="{look_again_on(version.article)}"' in page
    values = {"revision": version.revision, "review_by": articles.in_a_year().isoformat(), **all_yes(version)}
    answer = desk.post(url, {**values, f"q{first.pk}": ""})
    assert answer.status_code == 422 and answer.content.decode().count("checked") >= 3
    answer = desk.post(url, {**values, f"q{first.pk}": "no"})
    assert answer.status_code == 422 and "Say what is missing" in answer.content.decode()
    answer = desk.post(url, {**values, f"q{first.pk}": "no", f"r{first.pk}": "Too general"})
    assert answer.status_code == 409 and "The checklist is not met" in answer.content.decode()
    version.refresh_from_db()
    assert version.state == "in_review"
    desk.force_login(cast.zhang_wei)
    assert "Too general" in desk.get(reverse("knowledge:keep", args=[version.article_id])).content.decode()
    desk.force_login(cast.chen_hao)
    assert desk.post(url, values).status_code == 302


def test_managers_keep_templates_and_checklist_on_a_page(desk, cast):
    listing, new = reverse("knowledge:standards"), reverse("knowledge:new-template")
    page = desk.get(listing).content.decode()
    assert "Known error" in page and new not in page and desk.get(new).status_code == 403
    desk.force_login(cast.wang_fang)
    given = {"name_en": "Release note", "kind": "howto", "body_en": "## What is new\n\n", "review_months": "99"}
    answer = desk.post(new, given)
    assert answer.status_code == 422 and "## What is new" in answer.content.decode()
    assert desk.post(new, given | {"review_months": "3", "is_active": "on"}).status_code == 302
    assert "Release note" in desk.get(listing).content.decode()
    faq = ArticleTemplate.objects.get(kind="faq")
    values = {"name_en": "FAQ", "kind": "faq", "body_en": faq.body_en, "review_months": "12"}
    answer = desk.post(reverse("knowledge:edit-template", args=[faq.pk]), values)
    assert answer.status_code == 409 and "Every kind needs a template" in answer.content.decode()
    check = {"name_en": "Is it short?", "position": "9", "is_active": "on", "is_mandatory": "on"}
    assert desk.post(reverse("knowledge:new-check"), check).status_code == 302
    assert "Is it short?" in desk.get(listing).content.decode()


def test_article_goes_from_a_title_to_its_readers(desk, cast):
    template = ArticleTemplate.objects.get(kind="known_error")
    given = {"title": "打印机脱机", "template": template.pk, "language": "zh-hans"}
    page = desk.post(reverse("knowledge:new"), given)
    version = ArticleVersion.objects.get()
    assert page["Location"] == reverse("knowledge:edit", args=[version.pk])
    assert "## 临时解决办法" in desk.get(page["Location"]).content.decode()
    desk.post(page["Location"], typed(version, body="重启打印服务。", then=""))
    about = {
        "kind": "known_error",
        "service": cast.erp.pk,
        "owner": "zhang.wei",
        "everyone": "everybody",
        "revision": 1,
    }
    assert desk.post(reverse("knowledge:about", args=[version.article_id]), about).status_code == 302
    version.refresh_from_db()
    desk.post(reverse("knowledge:edit", args=[version.pk]), typed(version, then="submit"))
    version.refresh_from_db()
    assert version.state == "in_review"
    approve = reverse("knowledge:step", args=[version.pk, "approve"])
    values = {"revision": version.revision, "review_by": articles.in_a_year().isoformat(), **all_yes(version)}
    assert desk.post(approve, values).status_code == 403
    desk.force_login(cast.chen_hao)
    assert "重启打印服务。" in desk.get(approve).content.decode()
    assert desk.post(approve, values).status_code == 302
    desk.force_login(cast.li_na)
    assert "重启打印服务。" in desk.get(reverse("knowledge:article", args=[version.article_id])).content.decode()


def test_overtaken_editor_keeps_their_words_and_sees_the_difference(desk, cast):
    version = articles.drafted(cast, body="一\n二\n三")
    mine = typed(version, body="一\n二\n我的三")
    texts = {"title": version.title, "body": "一\n别人的二\n三"}
    knowledge.edit(version, actor=cast.chen_hao, texts=texts)
    url = reverse("knowledge:edit", args=[version.pk])
    answer = desk.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我的三</textarea>" in page and "Chen Hao" in page
    assert "added </span>我的</ins>三" in page and "removed </span>别人的</del>二" in page
    version.refresh_from_db()
    assert version.body == texts["body"]
    assert f'name="revision" value="{version.revision}"' in page
    assert desk.post(url, mine | {"revision": version.revision}).status_code == 302


def test_preview_is_what_readers_get(desk, cast):
    version = articles.drafted(cast)
    answer = desk.post(reverse("knowledge:preview", args=[version.pk]), {"title": "T", "body": "**fett** <script>"})
    assert "<strong>fett</strong> &lt;script&gt;" in answer.content.decode()


def test_what_is_missing_is_said_before_anybody_tries(desk, cast):
    version = articles.drafted(cast, audience=[])
    page = desk.get(reverse("knowledge:keep", args=[version.article_id])).content.decode()
    assert "Nobody may read it yet" in page
    answer = desk.post(reverse("knowledge:step", args=[version.pk, "submit"]), {"revision": version.revision})
    assert answer.status_code == 409 and "Nobody may read it yet" in answer.content.decode()


def test_refusals_are_in_the_readers_language(desk, cast):
    cast.zhang_wei.language = "zh-hans"
    cast.zhang_wei.save()
    version = articles.drafted(cast, audience=[])
    answer = desk.post(reverse("knowledge:step", args=[version.pk, "submit"]), {"revision": version.revision})
    assert "还没有人可以阅读" in answer.content.decode()


def test_sending_back_needs_a_reason_and_tells_it(desk, cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    desk.force_login(cast.chen_hao)
    url = reverse("knowledge:step", args=[version.pk, "send_back"])
    assert desk.post(url, {"revision": version.revision, "reason": " "}).status_code == 422
    assert desk.post(url, {"revision": version.revision, "reason": "截图缺失"}).status_code == 302
    assert "截图缺失" in desk.get(reverse("knowledge:keep", args=[version.article_id])).content.decode()


def test_reviewer_of_an_older_revision_is_told(desk, cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    old = version.revision
    knowledge.take_step(version, "take_back", actor=cast.zhang_wei)
    knowledge.take_step(version, "submit", actor=cast.zhang_wei)
    desk.force_login(cast.chen_hao)
    values = {"revision": old, "review_by": articles.in_a_year().isoformat(), **all_yes(version)}
    answer = desk.post(reverse("knowledge:step", args=[version.pk, "approve"]), values)
    assert answer.status_code == 409 and "changed meanwhile" in answer.content.decode()


@pytest.mark.parametrize("name", [*LISTS, "nonsense"])
def test_worklists_hold_what_they_say(desk, cast, name):
    articles.published(cast, title="已发布")
    knowledge.take_step(articles.drafted(cast, title="待审核"), "submit", actor=cast.zhang_wei)
    articles.drafted(cast, title="草稿")
    page = desk.get(reverse("knowledge:worklist"), {"list": name}).content.decode()
    shown = {title for title in ("已发布", "待审核", "草稿") if title in page}
    expected = {
        "mine": {"待审核", "草稿"},
        "review": {"待审核"},
        "confirm": set(),
        "due": set(),
        "work": {"待审核", "草稿"},
        "ended": set(),
    }
    assert shown == expected.get(name, {"已发布"})


def test_translator_sees_what_changed_and_says_that_they_follow_it(desk, cast):
    source = articles.published(cast, body="Restart\n\nWait a minute", language="zh-hans")
    english = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    assert "Wait a minute" in desk.get(edit_page(english)).content.decode(), "the whole original of a first translation"
    english = articles.publish(cast, english)
    _next(cast, source.article, "Restart\n\nWait two minutes")
    draft = knowledge.revise(source.article, "en", actor=cast.zhang_wei)
    page = desk.get(edit_page(draft)).content.decode()
    assert "What changed since version 1" in page and "two" in page.partition("original-title")[2]
    assert "follows version" not in page.partition("<form")[2].partition("article-preview")[0]
    third = _next(cast, source.article, "Restart\n\nWait three minutes")
    page = desk.get(edit_page(draft)).content.decode()
    assert "This draft follows version 2" in page and "it follows version 3 now" in page
    desk.post(edit_page(draft), typed(draft, body="Restart\n\nWait 3 minutes", then="follow"))
    draft.refresh_from_db()
    assert draft.translated_from == third and draft.body.endswith("Wait 3 minutes")
    assert "it follows version 3 now" not in desk.get(edit_page(draft)).content.decode()
    assert not articles.publish(cast, draft).is_behind
    with pytest.raises(Refused):
        knowledge.follow_source(third, actor=cast.zhang_wei)


def edit_page(version):
    return reverse("knowledge:edit", args=[version.pk])


def _next(cast, article, body):
    version = knowledge.revise(article, article.source_language, actor=cast.zhang_wei)
    texts = {"title": version.title, "summary": version.summary, "body": body}
    return articles.publish(cast, knowledge.edit(version, actor=cast.zhang_wei, texts=texts))


def test_comparison_shows_the_lines_that_differ(desk, cast):
    first = articles.published(cast, body="一\n二")
    draft = knowledge.revise(first.article, "zh-hans", actor=cast.zhang_wei)
    knowledge.edit(draft, actor=cast.zhang_wei, texts={"title": first.title, "body": "一\n二改"})
    page = desk.get(reverse("knowledge:compare", args=[draft.pk])).content.decode()
    assert '二<ins><span class="visually-hidden">added </span>改</ins>' in page


def test_audience_beyond_the_writers_reach_stays(desk, cast):
    version = articles.published(cast, audience=[*articles.of(cast.xinghe), *articles.of(cast.other)])
    values = {"kind": "howto", "service": cast.email.pk, "owner": "zhang.wei", "everyone": "",
              "departments": [cast.finance.pk], "revision": version.article.revision}  # fmt: skip
    desk.post(reverse("knowledge:about", args=[version.article_id]), values)
    rows = version.article.audience.values_list("organisation__slug", "department__slug")
    assert set(rows) == {("other", None), (None, "finance")}


def test_files_are_kept_and_programs_refused(desk, cast):
    version = articles.drafted(cast)
    url = reverse("knowledge:add-files", args=[version.pk])
    files = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.exe", b"MZ")]
    page = desk.post(url, {"files": files}, follow=True).content.decode()
    assert "is a program" in page
    stored = version.files.get()
    assert stored.name == "a.txt"
    desk.post(reverse("knowledge:remove-file", args=[version.pk, stored.pk]))
    assert not version.article.files.exists()


def test_pictures_come_with_the_text_and_stay_when_the_text_is_refused(desk, cast):
    version = articles.drafted(cast)
    url, body = reverse("knowledge:edit", args=[version.pk]), "See ![the dialog](Screenshot 2026 a.png)"
    given = typed(version, body=body, title="")
    answer = desk.post(url, {**given, "files": [SimpleUploadedFile("Screenshot 2026 a.png", picture())]})
    assert answer.status_code == 422 and body in answer.content.decode()
    (kept,) = version.files.all()
    desk.post(url, {**given, "title": "Dialogs", "files": [SimpleUploadedFile("run.exe", b"MZ")]})
    version.refresh_from_db()
    assert version.body == body and version.files.get() == kept
    page = desk.post(reverse("knowledge:preview", args=[version.pk]), {"body": version.body}).content.decode()
    assert f'<img src="{reverse("knowledge:picture", args=[kept.pk])}" alt="the dialog">' in page


def picture():
    made = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(made, "PNG")
    return made.getvalue()


def test_matches_for_a_reply_carry_a_link_that_cannot_break(desk, cast, settings):
    version = articles.published(cast, title="VPN [新版] 掉线")
    page = desk.get(reverse("knowledge:matches"), {"q": "VPN 掉线"}).content.decode()
    assert f'data-text="[VPN (新版) 掉线]({settings.SITE_URL}/articles/{version.article_id}/)"' in page


@pytest.mark.parametrize("who", ["li_na", "stranger"])
def test_requesters_have_no_desk(desk, cast, who):
    version = articles.published(cast)
    desk.force_login(getattr(cast, who))
    for url in (
        reverse("knowledge:worklist"), reverse("knowledge:new"), reverse("knowledge:helped"),
        reverse("knowledge:matches"), reverse("knowledge:keep", args=[version.article_id]),
        reverse("knowledge:compare", args=[version.pk]), reverse("knowledge:step", args=[version.pk, "retire"]),
    ):  # fmt: skip
        assert desk.get(url).status_code == 404, url
    assert Article.objects.count() == 1


@pytest.mark.parametrize(("list_name", "queries"), [("published", 7), ("mine", 7)])
def test_worklist_costs_the_same_at_one_and_at_three_rows(desk, cast, list_name, queries, django_assert_num_queries):
    def make():
        articles.published(cast) if list_name == "published" else articles.drafted(cast)

    make()
    url = reverse("knowledge:worklist") + f"?list={list_name}"
    desk.get(url)
    for _round in range(2):
        with django_assert_num_queries(queries):
            desk.get(url)
        make()
        make()
