"""The knowledge base of 星河制造: written, reviewed and read through the services, in every state there is."""

from datetime import timedelta

from core import clock
from demo.article_texts import COMPLAINT, SEARCHES, WRITTEN
from demo.teaching import teach
from knowledge import services as knowledge
from knowledge.models import Audience, HelpSession
from knowledge.selectors import standards
from knowledge.services.reading import count_view

EN, ZH = "en", "zh-hans"


def begin_all(timeline, world, until):
    """One life per article, from fifty days ago; readers come in the last month."""
    made = {}
    for place, text in enumerate(WRITTEN):
        days = {"in_review": 2, "draft": 1}.get(text.way, 52 - place)
        timeline.begin(until - timedelta(days=days, hours=place % 5), _written(world, text, place, made, until))
    timeline.begin(until - timedelta(days=20), _read(world, made, until))
    timeline.begin(until - timedelta(days=5), teach(world, made))


def _written(world, text, place, made, until):
    people = world.people
    author, reviewer = people[text.author], people[text.reviewer]
    draft = knowledge.write(
        actor=author, kind=text.kind, language=ZH, **_texts(text.zh),
        service=world.services[text.service], category=world.categories[text.category],
    )  # fmt: skip
    article = made[place] = draft.article
    knowledge.set_about(article, actor=author, audience=[_audience(world, text.audience)])
    if text.way == "draft":
        return
    yield clock.now() + timedelta(hours=3)
    draft = knowledge.take_step(draft, "submit", actor=author)
    if text.way == "in_review":
        return
    yield clock.now() + timedelta(hours=20)
    left = {"due": timedelta(days=-3), "unconfirmed": timedelta(days=-35)}.get(text.way, timedelta(days=180))
    source = _publish(draft, author, reviewer, (until + left).date(), is_submitted=True)
    if text.en:
        yield clock.now() + timedelta(days=1)
        english = knowledge.edit(knowledge.revise(article, EN, actor=author), actor=author, texts=_texts(text.en))
        _publish(english, author, reviewer, source.review_by)
    if text.way == "behind":
        yield clock.now() + timedelta(days=6)
        texts = _texts(text.zh)
        texts["body"] += "\n\n## 标签打印机\n\n车间标签机请联系桌面组，不要自行更换色带。"
        revised = knowledge.edit(knowledge.revise(article, ZH, actor=author), actor=author, texts=texts)
        _publish(revised, author, reviewer, source.review_by)
    if text.way == "pending":
        yield clock.now() + timedelta(days=30)
        reason = "新版 OA 已上线，不再需要控件"
        knowledge.take_step(source, "propose_retirement", actor=reviewer, values={"reason": reason})


def _publish(draft, author, reviewer, review_by, *, is_submitted=False):
    if not is_submitted:
        draft = knowledge.take_step(draft, "submit", actor=author)
    asked = standards.questions_for(draft.article)
    # What need not be answered does not apply to an article of text alone.
    answers = {question.pk: ("yes" if question.is_mandatory else "na", "") for question in asked}
    knowledge.check_quality(draft, actor=reviewer, answers=answers)
    return knowledge.take_step(draft, "approve", actor=reviewer, values={"review_by": review_by})


def _texts(written) -> dict:
    return dict(zip(("title", "summary", "body"), written, strict=True))


def _audience(world, name):
    if name in Audience.Kind:
        return Audience(kind=name)
    if name == world.organisation.slug:
        return Audience(kind=Audience.Kind.ORGANISATION, organisation=world.organisation)
    department = world.organisation.departments.get(slug=name)
    return Audience(kind=Audience.Kind.DEPARTMENT, department=department)


def _read(world, made, until):
    """Searches for help over the last weeks, and what readers said."""
    readers = world.employees
    for turn, (words, place, outcome) in enumerate(SEARCHES):
        reader, article = readers[turn % len(readers)], made.get(place)
        session = None
        if article is not None:
            for _time in range(1 + turn % 4):
                count_view(article)
                knowledge.count_shown([article.pk])
            session = knowledge.open_for_help(reader, session=None, article=article, words=words).pk
        version = article and article.versions.current().filter(language=ZH).first()
        if outcome == HelpSession.Outcome.SOLVED:
            knowledge.give_feedback(version, actor=reader, is_helpful=True)
        if place == 3:
            knowledge.give_feedback(version, actor=reader, is_helpful=False, comment=COMPLAINT)
        if outcome:
            knowledge.end_help(reader, session=session, outcome=outcome, words=words, article=article)
        yield clock.now() + timedelta(hours=40)
