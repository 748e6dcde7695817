"""Writing articles: a new one, its text, its next version, a translation, whom and what it is for."""

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Max, Value
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from core.text import clean_text, search_words
from events import selectors as ledger
from knowledge import rules
from knowledge.models import Article, ArticleTemplate, ArticleVersion, Audience
from knowledge.selectors import comparing, standards
from knowledge.services import door
from knowledge.workflow import IN_REVIEW

LONGEST_BODY = 100_000
TEXTS = ("title", "summary", "body")


@transaction.atomic
def write(
    *, actor, kind, language, title, summary="", body="", template=None, told=None, origins=None, **about
) -> ArticleVersion:
    """Begin an article in its first language and return the draft; publishes `article.drafted`.

    Without a `body` it starts with the text of its `template` (the first of its kind unless given) and what is `told`
    in it; see `ArticleTemplate.body`. `about` are columns of the article (owner, service, item, category); the writer
    owns it unless told otherwise. `origins` are the keys of the organisations it is written for, those that the writer
    serves unless told otherwise: until it was published once, no other desk sees it. Raises NotAllowed (people outside
    the desk), InvalidInput.
    """
    door.require_writer(actor)
    at = clock.recorded_now()
    template = template or standards.templates(kind).first()
    about = {"owner": actor, "template": template} | about
    article = Article.objects.create(kind=kind, source_language=language, created_at=at, **about)
    article.origins.set(origins or actor.served_organisation_ids or filter(None, [actor.organisation_id]))
    if template and template.audience:
        Audience.objects.create(article=article, kind=template.audience)
    body = body or (template or ArticleTemplate(kind=kind)).body(language, told)
    texts = {"title": title, "summary": summary, "body": body}
    return _draft(article, language, actor=actor, at=at, texts=texts)


@transaction.atomic
def revise(article, language, *, actor) -> ArticleVersion:
    """Begin the next version in a language, or a translation into it; publishes `article.drafted`.

    It starts with what is current in that language, else with the source to translate, and with the files of that. A
    translation remembers the version of the source it follows. Raises Refused while another version is being worked on.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    door.require_writer(actor)
    if article.versions.under_work().filter(language=language).exists():
        raise Refused(_("Somebody is working on the next version already. Write on there."))
    current = {version.language: version for version in article.versions.current()}
    source = current.get(article.source_language)
    before = current.get(language) or source or article.versions.filter(language=language).first()
    if before is None:
        raise Refused(_("There is nothing to translate yet: the first language has no published version."))
    draft = _draft(
        article, language, actor=actor, at=clock.recorded_now(),
        texts={name: getattr(before, name) for name in TEXTS},
        translated_from=source if language != article.source_language else None,
    )  # fmt: skip
    draft.files.set(before.files.all())
    return draft


@transaction.atomic
def edit(version, *, actor, texts, revision=None) -> ArticleVersion:
    """Write title, summary and body of a draft; publishes `article.edited` with the fields that changed.

    Raises Stale (somebody wrote since `revision`), Refused (no draft any more), NotAllowed, InvalidInput.
    """
    version = door.lock(version, revision=revision)
    door.require_writer(actor)
    if not version.is_editable:
        raise Refused(_("Only a draft can be written on. Take it back or begin the next version."))
    texts = _checked(texts)
    changed = [name for name in TEXTS if texts[name] != getattr(version, name)]
    if changed:
        for name in changed:
            setattr(version, name, texts[name])
        if actor.pk not in version.writers:
            version.writers.append(actor.pk)
        door.write(version, "edited", actor=actor, columns=[*changed, "writers"], fields=changed)
        index(version)
    return version


@transaction.atomic
def follow_source(version, *, actor) -> ArticleVersion:
    """Say that a draft translates the current version of the source; publishes `article.followed` with its number.

    Nothing happens where it does already. Raises Refused (no draft, no translation, no source that is current).
    """
    version = door.lock(version)
    door.require_writer(actor)
    if not version.is_editable:
        raise Refused(_("Only a draft can be written on. Take it back or begin the next version."))
    source = comparing.source_of(version)
    if source is None:
        raise Refused(_("There is nothing to translate yet: the first language has no published version."))
    if version.translated_from_id != source.pk:
        version.translated_from = source
        door.write(version, "followed", actor=actor, columns=["translated_from"], source=source.number)
    return version


@transaction.atomic
def set_about(article, *, actor, audience=None, revision=None, **about) -> Article:
    """Say what an article is about, who answers for it and who may read it; publishes `article.described`.

    `about` are kind, owner, service, item, category. `audience` is a list of unsaved `Audience` rows that replaces
    the one before; None leaves it. Who may read what was approved was approved too: from then on only who keeps the
    article changes its audience or its owner. A version under review counts one more revision, so that its reviewer
    sees the change first. Raises Stale (changed since `revision`), NotAllowed, and Refused when an approved version
    would lose what publishing asks for.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    door.require_writer(actor)
    if revision is not None and revision != article.revision:
        told = ledger.timeline_of(article, public_only=False).filter(name="article.described")
        raise Stale(current=article.revision, changes=told.filter(data__about__gt=revision))
    is_keeper, owner = rules.keeps_article(actor, article), article.owner_id
    fields = [name for name, value in about.items() if getattr(article, name) != value]
    for name in fields:
        setattr(article, name, about[name])
    if audience is not None and _replace_audience(article, audience):
        fields.append("audience")
    if not fields:
        return article
    is_approved = article.is_approved
    if is_approved and not is_keeper and {"audience", "owner"} & set(fields):
        raise NotAllowed(_("Its readers were approved with it: only its owner and managers change them, or its owner."))
    if is_approved and (missing := article.what_is_missing()):
        raise Refused(missing)
    article.revision += 1
    article.save(update_fields={*about, "revision"})
    told = {
        "fields": sorted(fields), "audience": [str(row) for row in article.audience.all()],
        "about": article.revision, "is_approved": is_approved, "owner_before": owner,
    }  # fmt: skip
    reviewed = list(article.versions.select_for_update().filter(state=IN_REVIEW.key))
    for version in reviewed:
        version.article = article
        door.write(version, "described", actor=actor, **told)
    if not reviewed:
        door.publish(article.versions.first(), "described", actor=actor, at=clock.recorded_now(), **told)
    return article


def _replace_audience(article, rows) -> bool:
    """Whether the audience is another one now."""
    before = {_group(row) for row in article.audience.all()}
    if before == {_group(row) for row in rows}:
        return False
    article.audience.all().delete()
    for row in rows:
        row.article = article
    Audience.objects.bulk_create(rows)
    return True


def _group(row):
    return row.kind, row.organisation_id, row.department_id


def _draft(article, language, *, actor, at, texts, translated_from=None):
    number = article.versions.filter(language=language).aggregate(last=Max("number"))["last"] or 0
    version = ArticleVersion.objects.create(
        article=article, language=language, number=number + 1, author=actor, writers=[actor.pk],
        translated_from=translated_from, created_at=at, changed_at=at, **_checked(texts),
    )  # fmt: skip
    index(version)
    door.publish(version, "drafted", actor=actor, at=at, source=translated_from and translated_from.number)
    return version


def _checked(texts) -> dict:
    """The three texts, clean. Raises InvalidInput: title and body are owed, and each has its length."""
    limits = {"title": 160, "summary": 300, "body": LONGEST_BODY}
    texts = {name: clean_text(texts.get(name)) for name in TEXTS}
    problems = {}
    for name, text in texts.items():
        if not text and name != "summary":
            problems[name] = [_("This field is required.")]
        elif len(text) > limits[name]:
            values = {"limit": limits[name], "length": len(text)}
            problems[name] = [_("At most %(limit)s characters; this has %(length)s.") % values]
    if problems:
        raise InvalidInput(problems)
    return texts


def index(version):
    """Bring a saved version's words up to date: title weighs A, summary B, body C."""
    weighed = zip("ABC", (version.title, version.summary, version.body), strict=True)
    parts = [SearchVector(Value(search_words(text)), config="simple", weight=weight) for weight, text in weighed]
    ArticleVersion.objects.filter(pk=version.pk).update(search_vector=parts[0] + parts[1] + parts[2])
