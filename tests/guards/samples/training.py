"""Skills, what people claim, and what they learn."""

from datetime import timedelta

from accounts import services as people
from accounts.models import Skill
from core import clock
from training import services as training


def samples(cast, world):
    skill, chief = Skill.objects.first(), cast.wang_fang
    made = people.claim(skill, actor=cast.liu_yang, level=2, evidence="Two years of it")
    course = training.keep_course(None, actor=chief, name_en="Oracle for operators", skill=skill, level=2)
    item = training.add_item(actor=chief, team=cast.network, year=world.at.year, person=cast.chen_hao, course=course)
    at = clock.now() + timedelta(days=3)
    session = training.keep_session(
        None, actor=chief, course=course, starts_at=at, ends_at=at + timedelta(hours=2), trainer=cast.liu_yang
    )
    training.step_plan(item.plan, "approve", actor=chief)
    enrolment = training.enrol(session, cast.chen_hao, actor=chief)
    assessment = training.assess(cast.chen_hao, course, actor=chief, passed=True)
    return {
        "training:person.pk": cast.chen_hao.pk,
        "training:forget.pk": cast.chen_hao.pk,
        "training:forget.skill": skill.pk,
        **dict.fromkeys(("training:confirm-claim.pk", "training:decline-claim.pk"), made.pk),
        **{f"training:{name}.pk": course.pk for name in ("course", "edit-course", "call-session")},
        **{f"training:{name}.pk": item.plan_id for name in ("plan", "edit-plan", "step-plan")},
        "training:step-plan.name": "close",
        "training:add-to-plan.team": cast.network.pk,
        "training:drop-from-plan.pk": item.pk,
        **{f"training:{name}session.pk": session.pk for name in ("", "edit-", "hold-", "cancel-")},
        "training:enrol.pk": session.pk,
        **{f"training:{name}.pk": enrolment.pk for name in ("withdraw", "assess")},
        **dict.fromkeys(("api:skill-detail.pk", "api:skill-ratings.pk"), skill.pk),
        "api:course-detail.pk": course.pk,
        **{f"api:training-session-{name}.pk": session.pk for name in ("detail", "enrolments", "cancel", "attendance")},
        **{f"api:training-plan-{name}.pk": item.plan_id for name in ("detail", "lines", "steps")},
        "api:assessment-detail.pk": assessment.pk,
    }
