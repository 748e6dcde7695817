"""Reading paths: given, read, answered, passed; and what happens when an article or a try is gone."""

from datetime import date, timedelta

import pytest

from accounts import services as people
from accounts.models import PersonSkill, Skill
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from knowledge import services
from knowledge.models import Certificate, Enrolment, StepDone
from knowledge.selectors import learning
from notifications.models import Notification
from tests import articles, paths
from training.selectors.reports import report

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cast):
    return paths.begun(cast)


@pytest.fixture
def given(cast, path):
    return services.give_path(path, cast.chen_hao, actor=cast.wang_fang)


def steps(path):
    return list(path.steps.filter(is_active=True))


def try_it(given, place, *, step=True):
    question = given.path.questions.get()
    return services.answer(given, question.step if step else None, actor=given.user, answers={question.pk: [place]})


def test_reading_and_passing_gives_a_certificate_and_the_skill(cast, path):
    skill = Skill.objects.create(slug="desk", name_zh="服务台", name_en="Service desk")
    path = services.keep_path(path, actor=cast.wang_fang, skill=skill, valid_months=12)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    assert not try_it(given, 0).is_passed
    assert not Certificate.objects.exists()
    assert try_it(given, 1).is_passed
    certificate = Certificate.objects.get()
    assert certificate.path_version == path.version
    assert certificate.valid_until == date(certificate.issued_on.year + 1, *certificate.issued_on.timetuple()[1:3])
    held = PersonSkill.objects.get(user=cast.chen_hao)
    assert (held.skill, held.level, held.expires_on) == (skill, 1, certificate.valid_until)
    assert certificate.number in held.evidence


def test_a_higher_level_that_still_holds_is_not_touched(cast, path):
    skill = Skill.objects.create(slug="desk", name_zh="服务台", name_en="Service desk")
    people.rate(cast.chen_hao, skill, actor=None, level=3, evidence="exam", expires_on=None)
    path = services.keep_path(path, actor=cast.wang_fang, skill=skill)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    try_it(given, 1)
    assert PersonSkill.objects.get(user=cast.chen_hao).level == 3


def test_a_higher_level_that_has_run_out_stays_on_record(cast, path):
    skill = Skill.objects.create(slug="desk", name_zh="服务台", name_en="Service desk")
    ended = date(2020, 1, 1)
    people.rate(cast.chen_hao, skill, actor=None, level=3, evidence="exam", expires_on=ended)
    path = services.keep_path(path, actor=cast.wang_fang, skill=skill)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    try_it(given, 1)
    held = PersonSkill.objects.get(user=cast.chen_hao)
    assert Certificate.objects.exists() and (held.level, held.evidence, held.expires_on) == (3, "exam", ended)


def test_a_first_level_that_has_run_out_is_renewed(cast, path):
    skill = Skill.objects.create(slug="desk", name_zh="服务台", name_en="Service desk")
    people.rate(cast.chen_hao, skill, actor=None, level=1, evidence="old", expires_on=date(2020, 1, 1))
    path = services.keep_path(path, actor=cast.wang_fang, skill=skill)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    try_it(given, 1)
    assert PersonSkill.objects.get(user=cast.chen_hao).expires_on is None


def test_a_step_with_questions_is_not_read_without_them(cast, given):
    with pytest.raises(Refused, match="questions"):
        services.read_step(given, steps(given.path)[1], actor=cast.chen_hao)


def test_tries_run_out_and_a_lead_allows_another(cast, given):
    for _n in range(3):
        try_it(given, 0)
    with pytest.raises(Refused, match="No try is left"):
        try_it(given, 1)
    with pytest.raises(NotAllowed):
        services.allow_try(given, actor=cast.chen_hao)
    services.allow_try(given, actor=cast.wang_fang)
    assert try_it(given, 1).is_passed


def test_questions_left_out_are_named(cast, given):
    question = given.path.questions.get()
    with pytest.raises(InvalidInput) as refused:
        services.answer(given, question.step, actor=cast.chen_hao, answers={})
    assert list(refused.value.fields) == [f"q{question.pk}"]


def test_every_right_answer_and_no_other_counts(cast, path):
    both = [*paths.RIGHT, {"zh": "回拨登记的号码", "en": "Call back the number on file", "is_right": True}]
    question = path.questions.get()
    services.keep_question(path, question, actor=cast.wang_fang, options=both)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    for chosen, is_passed in (([1], False), ([0, 1, 2], False), ([1, 2], True)):
        attempt = services.answer(given, question.step, actor=cast.chen_hao, answers={question.pk: chosen})
        assert attempt.is_passed is is_passed


def test_questions_at_the_end_wait_for_the_steps(cast, path):
    final = paths.ask(cast, path)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    with pytest.raises(Refused, match="Read the steps first"):
        services.answer(given, None, actor=cast.chen_hao, answers={final.pk: [1]})


def test_a_retired_article_is_skipped_its_owner_told_and_nothing_lost(cast, path, deliver):
    done = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    services.read_step(done, steps(path)[0], actor=cast.chen_hao)
    waiting = services.give_path(path, cast.zhang_wei, actor=cast.wang_fang)
    try_it(waiting, 1)
    deliver()
    version = path.steps.first().article.versions.get()
    version = services.take_step(version, "propose_retirement", actor=cast.zhang_wei, values={"reason": "gone"})
    services.take_step(version, "retire", actor=cast.wang_fang)
    deliver()
    first, second = learning.progress(done).steps
    assert first.is_done and not first.is_skipped and first.read_version == version
    assert StepDone.objects.filter(enrolment=done).exists()
    # Who still had to read it hears that it is skipped; who has read it does not.
    skipped = Event.objects.filter(name="path.step_skipped")
    assert [event.data["person"] for event in skipped] == [cast.zhang_wei.pk]
    assert Notification.objects.filter(user=cast.zhang_wei, event__in=skipped).exists()
    # Whoever waited for nothing else has finished, with the step marked as skipped.
    waiting.refresh_from_db()
    assert waiting.finished_at and waiting.certificate
    assert learning.progress(waiting).steps[0].is_skipped
    assert second.quiz


def take_out(cast, path, given):
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    services.take_out_step(steps(path)[1], actor=cast.wang_fang)


def drop_the_last_question(cast, path, given):
    final = paths.ask(cast, path)
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    services.answer(given, steps(path)[1], actor=cast.chen_hao, answers={path.questions.first().pk: [1]})
    services.remove_question(final, actor=cast.wang_fang)


def narrow(cast, path, given):
    services.answer(given, steps(path)[1], actor=cast.chen_hao, answers={path.questions.get().pk: [1]})
    services.set_about(steps(path)[0].article, actor=cast.wang_fang, audience=articles.of(cast.other))


@pytest.mark.parametrize("ask_less", [take_out, drop_the_last_question, narrow])
def test_whoever_waits_for_nothing_else_has_finished_and_hears_it(cast, path, given, deliver, ask_less):
    other = services.give_path(path, cast.zhang_wei, actor=cast.wang_fang)
    ask_less(cast, path, given)
    deliver()
    given.refresh_from_db(), other.refresh_from_db()
    assert given.finished_at and given.certificate and other.finished_at is None
    told = Event.objects.get(name="path.cut_short")
    assert Notification.objects.filter(user=cast.chen_hao, event=told).exists()
    assert Event.objects.get(name="path.finished").actor is None


def test_who_may_not_read_the_article_skips_it(cast, path):
    given = services.give_path(path, cast.li_na, actor=cast.wang_fang)
    assert [one.is_skipped for one in learning.progress(given).steps] == [True, False]


def test_whoever_joins_the_team_gets_its_path_once(cast, path, deliver):
    services.keep_path(path, actor=cast.wang_fang, team=cast.desk)
    people.add_to_team(cast.desk, cast.liu_yang, actor=cast.admin)
    deliver()
    given = Enrolment.objects.get(user=cast.liu_yang)
    assert given.given_by is None
    people.remove_from_team(cast.desk, cast.liu_yang, actor=cast.admin)
    people.add_to_team(cast.desk, cast.liu_yang, actor=cast.admin)
    deliver()
    assert Enrolment.objects.filter(user=cast.liu_yang).count() == 1


def test_whoever_gets_the_role_gets_its_path(cast, path, deliver):
    services.keep_path(path, actor=cast.wang_fang, role="expert")
    people.set_roles(cast.zhao_min, ["requester", "expert"], actor=cast.admin)
    people.set_roles(cast.chen_hao, ["expert", "agent"], actor=cast.admin)
    deliver()
    assert list(Enrolment.objects.values_list("user", flat=True)) == [cast.zhao_min.pk]


def test_who_gives_a_path(cast, path):
    services.give_path(path, cast.liu_yang, actor=cast.liu_yang)  # the desk takes it itself
    services.give_path(path, cast.zhang_wei, actor=cast.wang_fang)
    with pytest.raises(NotAllowed):
        services.give_path(path, cast.li_na, actor=cast.li_na)
    with pytest.raises(NotAllowed):
        services.give_path(path, cast.chen_hao, actor=cast.liu_yang)
    people.add_to_team(cast.desk, cast.chen_hao, actor=cast.admin)
    assert services.give_path(path, cast.chen_hao, actor=cast.zhang_wei)  # who leads the service desk


def test_progress_of_others_is_seen_by_who_leads_them(cast, given):
    seen = [user for user in (cast.zhang_wei, cast.wang_fang, cast.chen_hao, cast.liu_yang, cast.li_na)
            if Enrolment.objects.visible_to(user).exists()]  # fmt: skip
    assert seen == [cast.wang_fang, cast.chen_hao]


def test_a_path_in_use_needs_a_step(cast):
    with pytest.raises(InvalidInput) as refused:
        services.keep_path(None, actor=cast.wang_fang, name_zh="空", is_active=True)
    assert "is_active" in refused.value.fields


@pytest.mark.parametrize(
    "options", [[], [{"zh": "甲", "en": "", "is_right": True}], [{"zh": "甲", "en": "", "is_right": False}] * 2,
                [{"zh": "甲", "en": "", "is_right": True}] * 2],
)  # fmt: skip
def test_a_question_needs_right_and_wrong_answers(cast, path, options):
    with pytest.raises(InvalidInput):
        paths.ask(cast, path, options=options)


def test_steps_change_places_and_the_version_counts(cast, path):
    before = path.version
    services.move_step(steps(path)[1], actor=cast.wang_fang, up=True)
    assert [step.position for step in steps(path)] == [1, 2]
    assert steps(path)[0].title_en == "Resetting passwords"
    path.refresh_from_db()
    assert path.version == before + 1


def test_progress_needs_the_same_queries_however_long_the_path(cast, given, django_assert_num_queries):
    for number in range(6):
        version = articles.published(cast, title=f"第 {number} 篇", audience=articles.staff())
        services.keep_step(given.path, None, actor=cast.wang_fang, article=version.article)
    given = learning.enrolment_of(cast.chen_hao, given.path)
    with django_assert_num_queries(6):
        assert len(learning.progress(given).steps) == 8


def told_of(name):
    return [(event.data["person"], event.data["told"]) for event in Event.objects.filter(name=f"path.{name}")]


def test_a_path_is_said_to_be_due_soon_and_late_once_each(cast, path, deliver):
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    gone = services.give_path(path, cast.liu_yang, actor=cast.wang_fang)
    people.deactivate(gone.user, actor=cast.admin)
    assert services.remind() == 0
    with clock.travel(clock.now() + timedelta(days=path.days - 2)):
        assert [services.remind(), services.remind()] == [1, 0]
    with clock.travel(clock.now() + timedelta(days=path.days + 2)):
        assert [services.remind(), services.remind()] == [1, 0]
        shown = [one.pk for one in learning.watched(cast.wang_fang)]
    deliver()
    both = [cast.chen_hao.pk, cast.wang_fang.pk]
    assert told_of("due_soon") == told_of("late") == [(cast.chen_hao.pk, both)]
    heard = Notification.objects.filter(event__name="path.late").order_by("user").values_list("user", flat=True)
    assert sorted(heard) == sorted(both) and shown == [given.pk]


def test_a_certificate_that_ends_is_told_and_renewed_by_the_path_again(cast, path, deliver):
    path = services.keep_path(path, actor=cast.wang_fang, valid_months=6)
    given = services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    services.read_step(given, steps(path)[0], actor=cast.chen_hao)
    try_it(given, 1)
    until = Certificate.objects.get().valid_until
    start = clock.now()
    with clock.travel(start + timedelta(days=(until - start.date()).days - 10)):
        assert [services.remind(), services.remind()] == [1, 0]
        again = Enrolment.objects.open().get(user=cast.chen_hao)
        assert (again.due_on, again.given_by) == (until, None)
        [listed] = report(cast.wang_fang, clock.now().date()).certificates
        assert listed.enrolment_id == given.pk
    assert [person for person, _told in told_of("certificate_ending")] == [cast.chen_hao.pk]
    with clock.travel(start + timedelta(days=(until - start.date()).days + 2)):
        services.remind()
        assert len(told_of("certificate_over")) == len(told_of("late")) == 1
        services.read_step(again, steps(path)[0], actor=cast.chen_hao)
        try_it(again, 1)
        assert services.remind() == 0
        assert not report(cast.wang_fang, clock.now().date()).certificates
    assert Certificate.objects.count() == 2
