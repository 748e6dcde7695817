"""Who may see and change what of an article: drafts of other organisations, files, readers, and two editors at once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role, Team, User
from core import clock
from core.errors import NotAllowed, Refused, Stale
from incidents import services as incidents
from knowledge import services as knowledge
from knowledge.models import Article, ArticleFile, ArticleVersion, Audience, Certificate
from notifications.models import Notification
from tests import articles, paths
from tests.cast import person
from tickets import services as tickets
from tickets.models import TicketArticle
from tickets.services import articles as ticket_articles


@pytest.fixture
def foreigner(cast):
    """An agent of another desk, which serves the other organisation."""
    team = Team.objects.create(slug="far-desk", name_zh="远山服务台", name_en="Far desk", line=1)
    team.serves.add(cast.other)
    return person("far.agent", "远山", cast.other, Role.AGENT, teams=[team])


@pytest.fixture
def solved(cast):
    opened = incidents.report_incident(
        actor=cast.li_na, title="VPN 又掉线了", description="密码贴在屏幕上", service=cast.email
    )
    opened = tickets.take_transition(opened, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    opened = tickets.take_transition(opened, "start", actor=cast.zhang_wei)
    values = {"resolution_code": "fixed", "resolution_notes": "更新客户端"}
    return tickets.take_transition(opened, "resolve", actor=cast.zhang_wei, values=values)


@pytest.fixture
def desk(client, cast):
    User.objects.update(language="en")
    client.force_login(cast.zhang_wei)
    return client


def upload(name="shot.txt", content=b"1"):
    return SimpleUploadedFile(name, content)


# Drafts


def test_what_was_written_down_from_a_ticket_stays_with_the_desk_that_sees_the_ticket(client, cast, foreigner, solved):
    draft = ticket_articles.write_down(solved, actor=cast.zhang_wei, language="zh-hans")
    client.force_login(foreigner)
    assert client.get(reverse("knowledge:edit", args=[draft.pk])).status_code == 404
    assert draft.title not in client.get(reverse("knowledge:worklist"), {"list": "work"}).content.decode()
    for user in (cast.zhang_wei, cast.chen_hao, cast.wang_fang):
        assert draft in ArticleVersion.objects.visible_to(user)


@pytest.mark.parametrize("audience", [articles.staff, articles.everybody])
def test_other_desks_read_what_is_for_every_desk_once_it_was_reviewed(cast, foreigner, audience):
    draft = articles.drafted(cast, audience=audience())
    assert draft not in ArticleVersion.objects.visible_to(foreigner)
    articles.publish(cast, draft)
    assert draft in ArticleVersion.objects.visible_to(foreigner)


def test_a_draft_without_readers_is_seen_by_the_desks_that_its_author_serves(cast, foreigner):
    mine = articles.drafted(cast, audience=[])
    theirs = knowledge.write(actor=foreigner, kind="faq", language="en", title="T", body="b")
    assert list(Article.objects.visible_to(foreigner)) == [theirs.article]
    assert list(Article.objects.visible_to(cast.chen_hao)) == [mine.article]


def test_who_wrote_on_it_or_owns_it_goes_on_seeing_it(cast, foreigner):
    draft = articles.drafted(cast, audience=[])
    ArticleVersion.objects.filter(pk=draft.pk).update(writers=[cast.zhang_wei.pk, foreigner.pk])
    assert draft in ArticleVersion.objects.visible_to(foreigner)
    ArticleVersion.objects.filter(pk=draft.pk).update(writers=[cast.zhang_wei.pk])
    assert draft not in ArticleVersion.objects.visible_to(foreigner)
    Article.objects.update(owner=foreigner)
    assert draft in ArticleVersion.objects.visible_to(foreigner)


def test_written_down_twice_is_one_article(desk, solved):
    url = reverse("desk:write-down", args=[solved.number])
    first, second = desk.post(url), desk.post(url)
    assert first["Location"] == second["Location"]
    assert (Article.objects.count(), TicketArticle.objects.count()) == (1, 1)


# Files


def test_a_file_reaches_readers_with_the_version_that_was_reviewed(client, cast):
    version = articles.published(cast)
    draft = knowledge.revise(version.article, "zh-hans", actor=cast.zhang_wei)
    new = knowledge.add_file(draft, upload(), actor=cast.zhang_wei)
    client.force_login(cast.li_na)
    page, address = reverse("knowledge:article", args=[version.article_id]), reverse("knowledge:file", args=[new.pk])
    assert address not in client.get(page).content.decode() and client.get(address).status_code == 404
    articles.publish(cast, draft)
    assert address in client.get(page).content.decode()
    assert b"".join(client.get(address).streaming_content) == b"1"


def test_files_of_what_is_published_stand_until_the_next_version_does_without(desk, cast):
    draft = articles.drafted(cast)
    kept = knowledge.add_file(draft, upload(), actor=cast.zhang_wei)
    first = articles.publish(cast, draft)
    for act in (
        lambda: knowledge.remove_file(first, kept, actor=cast.zhang_wei),
        lambda: knowledge.add_file(first, upload("b.txt"), actor=cast.zhang_wei),
    ):
        with pytest.raises(Refused, match="Only a draft"):
            act()
    desk.post(reverse("knowledge:add-files", args=[first.pk]), {"files": [upload("c.txt")]})
    assert [file.name for file in first.files.all()] == ["shot.txt"]
    second = knowledge.revise(first.article, "zh-hans", actor=cast.zhang_wei)
    assert list(second.files.all()) == [kept]
    assert desk.post(reverse("knowledge:remove-file", args=[second.pk, kept.pk])).status_code == 302
    again = knowledge.add_file(second, upload(content=b"2"), actor=cast.zhang_wei)
    assert (list(first.files.all()), list(second.files.all())) == ([kept], [again])
    assert ArticleFile.objects.filter(pk=kept.pk).exists()
    page = desk.get(reverse("knowledge:compare", args=[second.pk])).content.decode()
    assert "shot.txt" in page and kept.sha256[:8] in page and again.sha256[:8] in page


def test_a_file_that_nobody_published_is_deleted_with_its_last_draft(cast):
    draft = articles.drafted(cast)
    kept = knowledge.add_file(draft, upload(), actor=cast.zhang_wei)
    knowledge.remove_file(draft, kept, actor=cast.zhang_wei)
    assert not ArticleFile.objects.exists()


def test_who_adds_a_file_has_a_hand_in_it_and_does_not_review_it(desk, cast):
    draft = articles.drafted(cast)
    kept = knowledge.add_file(draft, upload(), actor=cast.chen_hao)
    draft = knowledge.take_step(draft, "submit", actor=cast.zhang_wei)
    desk.force_login(cast.liu_yang)
    page = desk.get(reverse("knowledge:step", args=[draft.pk, "approve"])).content.decode()
    assert reverse("knowledge:file", args=[kept.pk]) in page
    with pytest.raises(NotAllowed):
        knowledge.take_step(draft, "approve", actor=cast.chen_hao, values={"review_by": articles.in_a_year()})


# Readers and owner


def test_only_who_keeps_it_opens_a_published_article_to_others_and_the_owner_hears_of_it(cast, deliver):
    version = articles.published(cast, audience=articles.staff())
    for change in ({"audience": articles.everybody()}, {"owner": cast.chen_hao}):
        with pytest.raises(NotAllowed):
            knowledge.set_about(version.article, actor=cast.chen_hao, **change)
    knowledge.set_about(version.article, actor=cast.chen_hao, service=cast.erp, audience=articles.staff())
    deliver()
    assert not Notification.objects.filter(event__name="article.described").exists()
    knowledge.set_about(version.article, actor=cast.wang_fang, audience=articles.everybody(), owner=cast.liu_yang)
    deliver()
    told = Notification.objects.filter(event__name="article.described").values_list("user__username", flat=True)
    assert set(told) == {"zhang.wei", "liu.yang"}


def test_others_see_the_readers_of_a_published_article_and_cannot_choose_them(desk, cast):
    version = articles.published(cast, audience=articles.staff())
    desk.force_login(cast.chen_hao)
    url = reverse("knowledge:about", args=[version.article_id])
    page = desk.get(url).content.decode()
    assert "changed by its owner or a manager" in page and 'name="everyone"' not in page
    values = {"kind": "faq", "service": cast.erp.pk, "owner": "chen.hao", "everyone": "everybody", "revision": 2}
    assert desk.post(url, values).status_code == 302
    article = Article.objects.get()
    assert (article.kind, article.owner, article.audience.get().kind) == ("faq", cast.zhang_wei, "staff")


def test_a_reviewer_is_told_of_other_readers_before_approving(cast):
    version = knowledge.take_step(articles.drafted(cast, audience=articles.staff()), "submit", actor=cast.zhang_wei)
    knowledge.set_about(version.article, actor=cast.zhang_wei, audience=articles.everybody())
    values = {"review_by": articles.in_a_year()}
    with pytest.raises(Stale) as stale:
        knowledge.take_step(version, "approve", actor=cast.chen_hao, values=values, revision=version.revision)
    assert [event.name for event in stale.value.changes] == ["article.described"]


@pytest.fixture
def scheduled(cast):
    version = knowledge.take_step(articles.drafted(cast), "submit", actor=cast.zhang_wei)
    articles.checked(version, cast.chen_hao)
    values = {"publish_at": clock.now() + timedelta(hours=1), "review_by": articles.in_a_year()}
    return knowledge.take_step(version, "schedule", actor=cast.chen_hao, values=values)


def test_what_waits_for_its_time_does_not_lose_its_readers(cast, scheduled):
    with pytest.raises(Refused, match="audience"):
        knowledge.set_about(scheduled.article, actor=cast.zhang_wei, audience=[])


def test_what_cannot_be_published_at_its_time_is_told_once_and_published_when_mended(cast, scheduled, deliver):
    Audience.objects.all().delete()  # As when a department is dissolved.
    with clock.travel(clock.now() + timedelta(hours=2)):
        assert [knowledge.publish_due() for _minute in range(3)] == [0, 0, 0]
        deliver()
        told = Notification.objects.filter(event__name="article.held_up").values_list("user__username", flat=True)
        assert sorted(told) == ["chen.hao", "zhang.wei"]
        knowledge.set_about(scheduled.article, actor=cast.zhang_wei, audience=articles.staff())
        assert knowledge.publish_due() == 1


def test_second_editor_of_the_particulars_sees_the_first_and_keeps_their_choice(desk, cast):
    version = articles.drafted(cast)
    url = reverse("knowledge:about", args=[version.article_id])
    mine = {"kind": "howto", "service": cast.erp.pk, "owner": "zhang.wei", "everyone": "staff", "revision": 2}
    knowledge.set_about(version.article, actor=cast.chen_hao, kind="runbook")
    answer = desk.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Chen Hao" in page and "Runbook</dd>" in page
    assert f'value="{cast.erp.pk}" selected' in page and 'name="revision" value="3"' in page
    assert Article.objects.get().kind == "runbook"
    assert desk.post(url, mine | {"revision": 3}).status_code == 302
    assert Article.objects.get().kind == "howto"


def test_history_names_languages(desk, cast):
    page = desk.get(reverse("knowledge:keep", args=[articles.published(cast).article_id])).content.decode()
    assert "(简体中文)" in page and "(zh-hans)" not in page


# Certificates


def test_whoever_was_shown_a_certificate_verifies_it_and_learns_nothing_else(client, cast):
    path = paths.begun(cast)
    given = knowledge.give_path(path, cast.li_na, actor=cast.wang_fang)
    made = Certificate.objects.create(enrolment=given, path_version=1, issued_on=clock.now().date())
    url = reverse("knowledge:certificate", args=[made.code])
    for who in (None, cast.stranger):
        if who:
            client.force_login(who)
        answer = client.get(url)
        page = answer.content.decode()
        assert answer.status_code == 200 and answer["X-Robots-Tag"] == "noindex"
        assert cast.li_na.display_name in page and str(path) in page and made.issued_on.isoformat() in page
        assert (
            cast.li_na.email not in page
            and made.number not in page
            and reverse("knowledge:path", args=[path.pk]) not in page
        )
        wrong = client.get(reverse("knowledge:certificate", args=["x" * 16]))
        assert wrong.status_code == 404 and cast.li_na.display_name not in wrong.content.decode()
    client.force_login(cast.li_na)
    assert made.number in client.get(url).content.decode()
