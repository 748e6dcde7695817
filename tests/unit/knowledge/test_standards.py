"""Templates articles begin with, and the checklist that stands before publishing."""

import pytest

from core.errors import InvalidInput, NotAllowed, Refused, Stale
from knowledge import services as knowledge
from knowledge.models import Article, ArticleTemplate, QualityQuestion
from knowledge.selectors import standards
from tests import articles
from tests.unit.knowledge.test_life_cycle import names


def begun(cast, **options):
    values = {"kind": "known_error", "language": "en", "title": "Printer offline", "service": cast.erp} | options
    return knowledge.write(actor=cast.zhang_wei, **values)


def in_review(cast, **options):
    return knowledge.take_step(articles.drafted(cast, **options), "submit", actor=cast.zhang_wei)


def approve(cast, version):
    return knowledge.take_step(version, "approve", actor=cast.chen_hao, values={"review_by": articles.in_a_year()})


def test_what_is_told_stands_in_its_place_and_the_rest_of_it_at_the_end(cast):
    template = ArticleTemplate.objects.get(kind="known_error")
    body = template.body("en", {"symptom": "Says {cause}", "solution": "Restart"})
    assert "## Symptom\n\nSays {cause}\n" in body and "## Workaround\n\nRestart" in body
    template = knowledge.keep_template(template, actor=cast.wang_fang, body_en="## Symptom\n\n{symptom}")
    body = template.body("en", {"symptom": "Offline", "solution": "Restart"})
    assert body == "## Symptom\n\nOffline\n\nRestart\n"
    assert "现象" in template.body("zh-hans") and "{" not in template.body("zh-hans")


def test_an_article_begins_as_its_template_says(cast):
    given = {"kind": "howto", "name_en": "House rule", "body_en": "## Rule", "audience": "staff", "review_months": 3}
    template = knowledge.keep_template(ArticleTemplate(), actor=cast.wang_fang, **given)
    draft = begun(cast, kind="howto", template=template)
    assert (draft.body, [row.kind for row in draft.article.audience.all()]) == ("## Rule", ["staff"])
    assert standards.look_again_on(draft.article) < standards.look_again_on(begun(cast, kind="howto").article)


def test_every_kind_keeps_a_template(cast):
    template = ArticleTemplate.objects.get(kind="faq")
    with pytest.raises(Refused, match="Every kind"):
        knowledge.keep_template(template, actor=cast.wang_fang, is_active=False)
    knowledge.keep_template(ArticleTemplate(), actor=cast.wang_fang, kind="faq", name_en="Other", body_en="?")
    template.refresh_from_db()
    knowledge.keep_template(template, actor=cast.wang_fang, is_active=False)
    assert begun(cast, kind="faq").body == "?"


@pytest.mark.parametrize("given", [{"name_zh": "", "name_en": ""}, {"body_zh": "", "body_en": " "},
                                   {"review_months": 0}, {"kind": "novel"}])  # fmt: skip
def test_bad_templates_are_refused(cast, given):
    with pytest.raises(InvalidInput):
        knowledge.keep_template(ArticleTemplate.objects.first(), actor=cast.wang_fang, **given)


def test_only_managers_keep_them(cast):
    for keep, row in ((knowledge.keep_template, ArticleTemplate), (knowledge.keep_quality_question, QualityQuestion)):
        with pytest.raises(NotAllowed):
            keep(row.objects.first(), actor=cast.zhang_wei, name_en="x")


def test_nothing_is_approved_with_the_checklist_open_or_answered_with_no(cast):
    version = in_review(cast)
    with pytest.raises(Refused, match="password"):
        approve(cast, version)
    first = QualityQuestion.objects.first()
    articles.checked(version, cast.chen_hao, **{f"q{first.pk}": ("no", "Nobody would look for this")})
    with pytest.raises(Refused, match="Does the title say it"):
        approve(cast, version)
    articles.checked(version, cast.chen_hao, **{f"q{first.pk}": ("na", "")})
    assert approve(cast, version).state == "published"
    assert version.quality.get(question=first).answer == "na"
    assert names(version).count("article.checked") == 2


def test_what_is_not_mandatory_keeps_nothing_from_being_published(cast):
    version = in_review(cast)
    asked = [question for question in standards.questions_for(version.article) if question.is_mandatory]
    answers = {question.pk: ("yes", "") for question in asked}
    knowledge.check_quality(version, actor=cast.chen_hao, answers=answers)
    assert approve(cast, version).state == "published"


def test_answers_keep_the_words_of_the_question(cast):
    version = in_review(cast)
    articles.checked(version, cast.chen_hao)
    question = QualityQuestion.objects.first()
    words = question.name_en
    knowledge.keep_quality_question(question, actor=cast.wang_fang, name_en="Something else?")
    assert version.quality.get(question=question).name_en == words


def test_each_kind_is_asked_what_concerns_it(cast):
    asked = {kind: len(standards.questions_for(Article(kind=kind))) for kind in ("howto", "runbook")}
    assert asked == {"howto": 4, "runbook": 5}


def test_the_checklist_is_answered_by_reviewers_of_what_they_read(cast):
    version = articles.drafted(cast)
    with pytest.raises(Refused, match="under review"):
        articles.checked(version, cast.chen_hao)
    version = knowledge.take_step(version, "submit", actor=cast.zhang_wei)
    with pytest.raises(NotAllowed):
        articles.checked(version, cast.zhang_wei)
    with pytest.raises(InvalidInput):
        articles.checked(version, cast.chen_hao, **{f"q{QualityQuestion.objects.first().pk}": ("no", " ")})
    with pytest.raises(Stale):
        knowledge.check_quality(version, actor=cast.chen_hao, answers={}, revision=version.revision - 1)
