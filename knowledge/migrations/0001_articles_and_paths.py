"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import knowledge.models.file
import knowledge.models.learning
from core.migrating import AtOnce
from knowledge import starter


def ship(apps, schema_editor):
    starter.ship(apps.get_model("knowledge", "ArticleTemplate"), apps.get_model("knowledge", "QualityQuestion"))


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("knowledge", "0001_articles"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("cmdb", "0001_squashed_0016_responsibilities"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="ArticleTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("howto", "How-to"),
                                    ("known_error", "Known error"),
                                    ("faq", "FAQ"),
                                    ("runbook", "Runbook"),
                                ],
                                default="howto",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("body_zh", models.TextField(blank=True, max_length=20000, verbose_name="Text in Chinese")),
                        ("body_en", models.TextField(blank=True, max_length=20000, verbose_name="Text in English")),
                        (
                            "audience",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nobody, until its writer says who"),
                                    ("staff", "People of the desk only"),
                                    ("everybody", "Everybody"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="Who may read it at first",
                            ),
                        ),
                        (
                            "review_months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                help_text="Proposed to the reviewer, and to whoever confirms the article.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="Months until it is looked at again",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                    ],
                    options={
                        "verbose_name": "template of an article",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="knowledge_articletemplate_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["howto", "known_error", "faq", "runbook"])),
                                name="article_template_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("review_months__range", (1, 60))),
                                name="article_template_review_months",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("howto", "How-to"),
                                    ("known_error", "Known error"),
                                    ("faq", "FAQ"),
                                    ("runbook", "Runbook"),
                                ],
                                default="howto",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=[("zh-hans", "简体中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="first language",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_articles",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_articles",
                                to="cmdb.service",
                                verbose_name="service",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="cmdb.configurationitem",
                                verbose_name="configuration item",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="articles",
                                to="knowledge.articletemplate",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "article",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("content_type", models.CharField(max_length=100)),
                        ("sha256", models.CharField(max_length=64)),
                        ("is_image", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("file", models.FileField(max_length=200, upload_to=knowledge.models.file.random_path)),
                    ],
                    options={
                        "verbose_name": "file of an article",
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "name"), name="one_file_per_article_and_name")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "简体中文"), ("en", "English")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("in_review", "In review"),
                                    ("scheduled", "Scheduled"),
                                    ("published", "Published"),
                                    ("pending_retirement", "To be retired"),
                                    ("retired", "Retired"),
                                    ("outdated", "Outdated"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "summary",
                            models.CharField(
                                blank=True,
                                help_text="One sentence: whom does it help with what?",
                                max_length=300,
                                verbose_name="summary",
                            ),
                        ),
                        ("body", models.TextField(verbose_name="text")),
                        (
                            "translated_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="written_articles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "writers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviewed_articles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("review_by", models.DateField(blank=True, null=True, verbose_name="look at it again by")),
                        ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="publish on")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                        ("created_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("search_vector", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "version of an article",
                        "ordering": ["article", "language", "-number"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="article_search"),
                            models.Index(
                                condition=models.Q(("state", "scheduled")),
                                fields=["publish_at"],
                                name="article_to_publish",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("published", "pending_retirement"))),
                                fields=["review_by"],
                                name="article_to_confirm",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "language", "number"), name="article_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("published", "pending_retirement"))),
                                fields=("article", "language"),
                                name="one_current_version_per_language",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("draft", "in_review", "scheduled"))),
                                fields=("article", "language"),
                                name="one_draft_per_language",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.expressions.RawSQL(
                                    "reviewer_id IS NULL OR NOT (reviewer_id = author_id OR reviewer_id = ANY (writers))",
                                    (),
                                    output_field=models.BooleanField(),
                                ),
                                name="reviewer_is_no_writer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("scheduled", "published", "pending_retirement")), _negated=True
                                    ),
                                    models.Q(("review_by__isnull", False), ("reviewer__isnull", False)),
                                    _connector="OR",
                                ),
                                name="published_versions_were_reviewed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("publish_at__isnull", False), ("state", "scheduled")),
                                    models.Q(models.Q(("state", "scheduled"), _negated=True), ("publish_at", None)),
                                    _connector="OR",
                                ),
                                name="scheduled_versions_have_their_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Audience",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="audience",
                                to="knowledge.article",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("everybody", "Everybody"),
                                    ("staff", "People of the desk only"),
                                    ("organisation", "A whole organisation"),
                                    ("department", "A department"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.department",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "kind", "organisation", "department"),
                                name="audience_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("department", None),
                                        ("kind__in", ["everybody", "staff"]),
                                        ("organisation", None),
                                    ),
                                    models.Q(
                                        ("department", None), ("kind", "organisation"), ("organisation__isnull", False)
                                    ),
                                    models.Q(
                                        ("department__isnull", False), ("kind", "department"), ("organisation", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="audience_names_what_its_kind_says",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DailyViews",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="daily_views",
                                to="knowledge.article",
                            ),
                        ),
                        ("day", models.DateField()),
                        ("count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["-day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "day"), name="one_count_per_article_and_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="article_feedback",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_helpful", models.BooleanField(verbose_name="helpful")),
                        ("comment", models.TextField(blank=True, max_length=2000, verbose_name="comment")),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "feedback on an article",
                        "ordering": ["-created_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "user"), name="one_feedback_per_person_and_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follow_ups",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="article_follow_ups",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("comment", models.TextField(blank=True, max_length=2000, verbose_name="comment")),
                        ("readers", models.PositiveIntegerField(default=1)),
                        (
                            "wants_answer",
                            models.BooleanField(default=False, verbose_name="wants to know what becomes of it"),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Open"),
                                    ("mended", "Mended"),
                                    ("nothing", "Nothing to mend"),
                                    ("duplicate", "Said before"),
                                    ("withdrawn", "Taken back by the reader"),
                                ],
                                default="",
                                max_length=9,
                                verbose_name="outcome",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                        (
                            "mended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mends",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "duplicate_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicates",
                                to="knowledge.followup",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "follow-up of feedback",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "")), fields=["opened_at"], name="follow_ups_open"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "")),
                                fields=("version", "given_by"),
                                name="one_open_follow_up_per_reader_and_version",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("outcome", "")),
                                    models.Q(models.Q(("outcome", ""), _negated=True), ("answered_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="answered_follow_ups_have_their_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mended_by__isnull", False), ("outcome", "mended")),
                                    models.Q(models.Q(("outcome", "mended"), _negated=True), ("mended_by", None)),
                                    _connector="OR",
                                ),
                                name="mended_follow_ups_name_the_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("duplicate_of__isnull", False), ("outcome", "duplicate")),
                                    models.Q(models.Q(("outcome", "duplicate"), _negated=True), ("duplicate_of", None)),
                                    _connector="OR",
                                ),
                                name="duplicate_follow_ups_name_the_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HelpSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=200, verbose_name="words")),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="help_sessions",
                                to="knowledge.article",
                            ),
                        ),
                        ("found_nothing", models.BooleanField(default=False, verbose_name="found nothing")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Left without a word"),
                                    ("solved", "Solved by an article"),
                                    ("submitted", "Ticket submitted"),
                                ],
                                default="",
                                max_length=9,
                                verbose_name="outcome",
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "search for help",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["started_at"], name="help_by_start"),
                            models.Index(
                                condition=models.Q(("found_nothing", True)), fields=["-started_at"], name="help_in_vain"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QualityQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("howto", "How-to"),
                                    ("known_error", "Known error"),
                                    ("faq", "FAQ"),
                                    ("runbook", "Runbook"),
                                ],
                                default="",
                                help_text="Empty: for articles of every kind.",
                                max_length=12,
                                verbose_name="Only for",
                            ),
                        ),
                        ("is_mandatory", models.BooleanField(default=True, verbose_name="mandatory")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        ("is_active", models.BooleanField(default=True, verbose_name="asked")),
                    ],
                    options={
                        "verbose_name": "question of the checklist",
                        "ordering": ["position", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="knowledge_qualityquestion_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QualityAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quality",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="knowledge.qualityquestion",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes", "Yes"), ("no", "No"), ("na", "Not applicable")], max_length=3
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="Remark")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "answer of the checklist",
                        "ordering": ["question__position", "question"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="knowledge_qualityanswer_has_a_name",
                            ),
                            models.UniqueConstraint(
                                fields=("version", "question"), name="one_answer_per_version_and_question"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer__in", ("yes", "na")),
                                    models.Q(("remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_no_of_the_checklist_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingPath",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="Chinese name")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                        (
                            "purpose_zh",
                            models.TextField(blank=True, max_length=1000, verbose_name="what it is for, in Chinese"),
                        ),
                        (
                            "purpose_en",
                            models.TextField(blank=True, max_length=1000, verbose_name="what it is for, in English"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="owned_paths",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="accounts.team",
                                verbose_name="given to who joins the team",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("requester", "Requester"),
                                    ("agent", "First-line agent"),
                                    ("expert", "Second-line expert"),
                                    ("manager", "Manager"),
                                    ("change_manager", "Change manager"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                                verbose_name="given to who gets the role",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="days to finish it",
                            ),
                        ),
                        (
                            "pass_mark",
                            models.PositiveSmallIntegerField(
                                default=80,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="pass mark in percent",
                            ),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="tries per quiz",
                            ),
                        ),
                        (
                            "valid_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: for ever.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="certificate valid for months",
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.skill",
                                verbose_name="skill it gives, at the first level",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=False, verbose_name="in use")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "reading path",
                        "ordering": ["-is_active", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                                name="knowledge_readingpath_has_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "path",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to="knowledge.readingpath",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        ("due_on", models.DateField(verbose_name="to be finished by")),
                        ("extra_tries", models.PositiveSmallIntegerField(default=0)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "reading path of a person",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("finished_at", None)),
                                fields=("path", "user"),
                                name="one_open_enrolment_per_path_and_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "enrolment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificate",
                                to="knowledge.enrolment",
                            ),
                        ),
                        ("code", models.CharField(default=knowledge.models.learning._code, max_length=32, unique=True)),
                        ("path_version", models.PositiveIntegerField()),
                        ("issued_on", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PathStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "path",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="knowledge.readingpath",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(editable=False)),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="path_steps",
                                to="knowledge.article",
                                verbose_name="article",
                            ),
                        ),
                        ("title_zh", models.CharField(blank=True, max_length=160, verbose_name="title in Chinese")),
                        ("title_en", models.CharField(blank=True, max_length=160, verbose_name="title in English")),
                        ("text_zh", models.TextField(blank=True, max_length=20000, verbose_name="text in Chinese")),
                        ("text_en", models.TextField(blank=True, max_length=20000, verbose_name="text in English")),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(600),
                                ],
                                verbose_name="minutes it takes",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "step of a path",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("article__isnull", False),
                                    models.Q(("title_en", ""), ("title_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="path_step_has_a_title",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="knowledge.enrolment",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.pathstep",
                            ),
                        ),
                        ("answers", models.JSONField()),
                        ("right", models.PositiveSmallIntegerField()),
                        ("asked", models.PositiveSmallIntegerField()),
                        ("is_passed", models.BooleanField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("right__lte", models.F("asked"))), name="no_more_right_than_asked"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "path",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="knowledge.readingpath",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="knowledge.pathstep",
                                verbose_name="asked after",
                            ),
                        ),
                        ("text_zh", models.CharField(blank=True, max_length=500, verbose_name="question in Chinese")),
                        ("text_en", models.CharField(blank=True, max_length=500, verbose_name="question in English")),
                        ("options", models.JSONField()),
                        (
                            "explanation_zh",
                            models.TextField(blank=True, max_length=1000, verbose_name="explanation in Chinese"),
                        ),
                        (
                            "explanation_en",
                            models.TextField(blank=True, max_length=1000, verbose_name="explanation in English"),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text_en", ""), ("text_zh", ""), _negated=True),
                                name="question_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepDone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="done",
                                to="knowledge.enrolment",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.pathstep"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="knowledge.articleversion",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("enrolment", "step"), name="a_step_is_done_once")
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
