"""A published article with a file; a reading path that somebody is on, and its certificate."""

from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge import services as knowledge
from knowledge.models import ArticleTemplate, Certificate, QualityQuestion
from tests import articles, paths

PATH_PAGES = (
    "path", "begin-path", "path-quiz", "path-step", "keep-path", "edit-path", "give-path", "new-step", "edit-step",
    "arrange-step", "new-question", "edit-question", "remove-question",
)  # fmt: skip

VERSION_PAGES = ("edit", "preview", "compare", "step", "add-files", "remove-file")


def samples(cast, world):
    version = articles.drafted(cast, audience=articles.of(cast.xinghe))
    article, upload = version.article_id, SimpleUploadedFile("steps.txt", b"1 2 3")
    stored = knowledge.add_file(version, upload, actor=cast.zhang_wei)
    version = articles.publish(cast, version)
    knowledge.give_feedback(version, actor=cast.li_na, is_helpful=False, comment="Step 2 is gone")
    path = paths.begun(cast)
    read, asked = path.steps.all()
    given = knowledge.give_path(path, cast.li_na, actor=cast.wang_fang)
    ended = knowledge.give_path(path, cast.zhang_wei, actor=cast.wang_fang)
    knowledge.read_step(ended, read, actor=cast.zhang_wei)
    question = paths.ask(cast, path)
    knowledge.answer(ended, asked, actor=cast.zhang_wei, answers={asked.questions.get().pk: [1]})
    knowledge.answer(ended, None, actor=cast.zhang_wei, answers={question.pk: [1]})
    return {
        **{f"knowledge:{name}.pk": path.pk for name in PATH_PAGES},
        **{f"knowledge:{name}.step": asked.pk for name in ("path-step", "edit-step", "arrange-step")},
        "knowledge:arrange-step.act": "up",
        "knowledge:edit-template.pk": ArticleTemplate.objects.first().pk,
        "knowledge:edit-check.pk": QualityQuestion.objects.first().pk,
        **dict.fromkeys(("knowledge:certificate.code", "api:certificate-detail.code"), Certificate.objects.get().code),
        **{f"api:reading-path-{name}.pk": path.pk for name in ("detail", "begin", "read", "answers")},
        "knowledge:allow-try.pk": given.pk,
        **{f"knowledge:{name}.question": question.pk for name in ("edit-question", "remove-question")},
        **{f"knowledge:{name}.pk": stored.pk for name in ("file", "picture")},
        "knowledge:remove-file.file": stored.pk,
        "knowledge:follow-up.pk": version.follow_ups.get().pk,
        **{f"knowledge:{name}.pk": version.pk for name in VERSION_PAGES},
        "knowledge:step.name": "confirm",
        "knowledge:revise.language": "en",
        "knowledge:.pk": article,
        **{f"desk:{name}-article.pk": article for name in ("link", "unlink")},
        "desk:start-runbook.pk": article,
        **{f"api:article-{name}.pk": article for name in ("detail", "feedback")},
    }
