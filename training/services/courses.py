"""Courses: what can be learned."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services.writing import apply, checked
from core.errors import InvalidInput, NotAllowed
from events.services import publish
from knowledge.models import Article
from training import rules
from training.models import Course

FIELDS = (
    "name_zh", "name_en", "skill", "level", "hours", "cost", "provider", "valid_months", "description", "is_active",
)  # fmt: skip


@transaction.atomic
def keep_course(course, *, actor, articles=None, **values) -> Course:
    """Add a course (None) or change one; `articles` replaces what is to be read. What people passed already keeps its
    level and its end.

    Publishes `course.kept` with what differs. Raises NotAllowed, InvalidInput by field.
    """
    if actor is not None and not rules.keeps_courses(actor):
        raise NotAllowed()
    course = Course() if course is None else Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    changes = apply(course, values, FIELDS)
    checked(course).save()
    if articles is not None:
        if actor is not None:
            seen = set(Article.objects.visible_to(actor).filter(pk__in=articles).values_list("pk", flat=True))
            if any(one.pk not in seen for one in articles):
                raise InvalidInput({"articles": [_("There is no such article.")]})
        course.articles.set(articles)
    publish("course.kept", subject=course, actor=actor, is_public=False, changes=changes)
    return course
