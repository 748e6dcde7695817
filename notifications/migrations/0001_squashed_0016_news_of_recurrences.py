"""The tables of the app as they stood on 28 November 2026, in one step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.secrets
import notifications.vocabulary
from core.migrating import AtOnce


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_hours_and_calls"),
        ("notifications", "0003_agreement_news"),
        ("notifications", "0004_more_news_and_chat"),
        ("notifications", "0005_addresses_are_encrypted"),
        ("notifications", "0006_shared_tickets"),
        ("notifications", "0007_article_news"),
        ("notifications", "0008_news_of_changes"),
        ("notifications", "0009_records_are_confirmed"),
        ("notifications", "0010_news_of_boards"),
        ("notifications", "0011_news_of_skills"),
        ("notifications", "0012_somebody_left"),
        ("notifications", "0013_news_of_reading_paths"),
        ("notifications", "0014_news_of_problems"),
        ("notifications", "0015_feedback_is_answered"),
        ("notifications", "0016_news_of_recurrences"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0011_team_specialism"),
        ("changes", "0001_squashed_0007_feeds_hold_duties"),
        ("cmdb", "0001_squashed_0016_responsibilities"),
        ("events", "0001_squashed_0003_fewer_indexes"),
        ("knowledge", "0002_squashed_0005_templates_and_checklist"),
        ("problems", "0001_squashed_0005_deciders_are_told"),
        ("sla", "0001_squashed_0013_classes_and_relations"),
        ("tickets", "0001_squashed_0015_runbooks"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="ChatChannel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chat_channels",
                                to="accounts.team",
                                verbose_name="team",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chat_channel",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "platform",
                            models.CharField(
                                choices=[
                                    ("dingtalk", "DingTalk"),
                                    ("wecom", "WeCom"),
                                    ("feishu", "Feishu"),
                                    ("slack", "Slack"),
                                    ("teams", "Microsoft Teams"),
                                    ("webhook", "Webhook (JSON)"),
                                ],
                                max_length=8,
                                verbose_name="platform",
                            ),
                        ),
                        ("address", core.secrets.SecretField(verbose_name="webhook address")),
                        ("secret", core.secrets.SecretField(blank=True, default="", verbose_name="signing secret")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "简体中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("free_at", models.DateTimeField(editable=False)),
                        ("succeeded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("last_error", models.TextField(blank=True, default="", editable=False)),
                    ],
                    options={
                        "verbose_name": "chat channel",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("team", None), ("user__isnull", False)),
                                    models.Q(("team__isnull", False), ("user", None)),
                                    _connector="OR",
                                ),
                                name="chat_channel_is_of_a_team_or_a_person",
                                violation_error_message="Choose the team that reads there.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChatMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="notifications.chatchannel",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.event"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=notifications.vocabulary.kinds, max_length=16, verbose_name="kind"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tickets.ticket"
                            ),
                        ),
                        ("is_internal", models.BooleanField(default=False)),
                        ("text", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting to be sent"),
                                    ("sending", "Being sent"),
                                    ("sent", "Sent"),
                                    ("failed", "Failed, will be tried again"),
                                    ("dead", "Given up"),
                                    ("dropped", "Not sent"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField()),
                        ("last_error", models.TextField(blank=True, default="")),
                        ("created_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("waiting", "failed", "sending"))),
                                fields=["channel", "id"],
                                name="chat_due",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("failed", "dead"))), fields=["-id"], name="chat_stuck"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("channel", "event"), name="chat_told_once_per_event")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mails",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("address", models.EmailField(max_length=254, verbose_name="address")),
                        ("language", models.CharField(max_length=10)),
                        (
                            "kind",
                            models.CharField(
                                choices=notifications.vocabulary.kinds, max_length=16, verbose_name="kind"
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mails",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="events.event"
                            ),
                        ),
                        ("is_internal", models.BooleanField(default=False)),
                        ("subject", models.CharField(max_length=400, verbose_name="subject")),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("effect_key", models.CharField(max_length=80, unique=True)),
                        ("message_id", models.CharField(max_length=160)),
                        ("thread_id", models.CharField(blank=True, default="", max_length=160)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Waiting to be sent"),
                                    ("sending", "Being sent"),
                                    ("sent", "Sent"),
                                    ("failed", "Failed, will be tried again"),
                                    ("dead", "Given up"),
                                    ("held", "Held back"),
                                    ("dropped", "Not sent"),
                                    ("withdrawn", "Withdrawn before it was sent"),
                                    ("bounced", "Came back"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[("smtp", "Mail server"), ("mailbox", "Built-in mailbox")],
                                default="",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField()),
                        ("last_error", models.TextField(blank=True, default="")),
                        ("created_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("queued", "failed", "sending"))),
                                fields=["not_before", "id"],
                                name="mail_due",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("failed", "dead", "held", "bounced"))),
                                fields=["-id"],
                                name="mail_trouble",
                            ),
                            models.Index(
                                condition=models.Q(("state", "bounced")), fields=["address", "-id"], name="mail_bounced"
                            ),
                            models.Index(fields=["message_id"], name="mails_by_message_id"),
                            models.Index(fields=["ticket", "id"], name="mails_of_ticket"),
                            models.Index(fields=["user", "-id"], name="mails_of_person"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_hours",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sla.calendar"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notifications",
                                to="tickets.ticket",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sla.agreementversion",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.articleversion",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.configurationitem",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cmdb.campaign",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="changes.boardmeeting",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="changes.changetemplate",
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.skill",
                            ),
                        ),
                        (
                            "path",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="knowledge.readingpath",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="problems.proposal",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notifications",
                                to="events.event",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=notifications.vocabulary.kinds, max_length=16, verbose_name="kind"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["user", "-id"], name="notifications_of_person"),
                            models.Index(
                                condition=models.Q(("read_at", None)), fields=["user"], name="notifications_unread"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "event"), name="told_once_per_event"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", False),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", False),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", False),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", False),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", False),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", False),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", False),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", False),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", False),
                                        ("proposal__isnull", True),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("article__isnull", True),
                                        ("campaign__isnull", True),
                                        ("item__isnull", True),
                                        ("meeting__isnull", True),
                                        ("path__isnull", True),
                                        ("proposal__isnull", False),
                                        ("skill__isnull", True),
                                        ("template__isnull", True),
                                        ("ticket__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="news_is_about_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preferences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(choices=notifications.vocabulary.kinds, max_length=16)),
                        (
                            "way",
                            models.CharField(
                                choices=[("mail", "By e-mail"), ("bell", "In the bell"), ("chat", "In my chat")],
                                max_length=4,
                            ),
                        ),
                        ("is_on", models.BooleanField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "kind", "way"), name="one_choice_per_kind_and_way")
                        ],
                    },
                ),
            ]
        ),
    ]
