"""A published article with a file."""

from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge import services as knowledge
from tests import articles


def samples(cast, world):
    version = articles.published(cast, audience=articles.of(cast.xinghe))
    article, upload = version.article_id, SimpleUploadedFile("steps.txt", b"1 2 3")
    stored = knowledge.add_file(version.article, upload, actor=cast.zhang_wei)
    return {
        **{f"knowledge:{name}.pk": stored.pk for name in ("file", "picture", "remove-file")},
        **{f"knowledge:{name}.pk": version.pk for name in ("edit", "preview", "compare", "step")},
        "knowledge:step.name": "confirm",
        "knowledge:revise.language": "en",
        "knowledge:.pk": article,
        **{f"desk:{name}-article.pk": article for name in ("link", "unlink")},
        **{f"api:article-{name}.pk": article for name in ("detail", "feedback")},
    }
