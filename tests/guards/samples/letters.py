"""What was sent and what came: mail, chat, bells and surveys."""

from events.models import Event
from integrations.models import Mailbox
from integrations.services import take_in
from notifications.models import ChatChannel, Mail, Notification
from surveys.models import Survey


def samples(cast, world):
    at = world.at
    about = {"ticket": world.ticket, "event": Event.objects.filter(name="incident.reported").first()}
    mail = Mail.objects.create(
        user=cast.li_na, address="li.na@xinghe.example", kind="reported", subject="s", text="t", html="h",
        effect_key="guard", message_id="<guard>", not_before=at, created_at=at, **about,
    )  # fmt: skip
    chat = ChatChannel.objects.create(name="Desk", team=cast.desk, platform="webhook", is_active=False, free_at=at)
    said = chat.messages.create(kind="queued", text="t", state="dead", not_before=at, created_at=at, **about)
    bell = Notification.objects.create(user=cast.li_na, kind="reported", created_at=at, **about)
    survey = Survey.objects.create(
        ticket=world.ticket, recipient=cast.li_na, created_at=at, expires_at=at, score=1, answered_at=at,
        follow_up_at=at,
    )  # fmt: skip
    mailbox = Mailbox.objects.create(name="Desk", address="it@xinghe.example", service=cast.erp)
    came = take_in(mailbox, b"From: li.na@xinghe.example\r\n\r\nhello")
    return {
        "integrations:.pk": mailbox.pk,
        **{f"integrations:{name}.pk": came.pk for name in ("letter", "raw_letter", "replay_letter")},
        **{f"notifications:{name}.pk": bell.pk for name in ("follow", "read")},
        **{f"notifications:{name}.pk": chat.pk for name in ("chat", "try_chat")},
        **{f"notifications:{name}_chat_message.pk": said.pk for name in ("retry", "drop")},
        "notifications:.pk": mail.pk,
        "surveys:.pk": survey.pk,
        **{f"api:survey-{name}.pk": survey.pk for name in ("detail", "answer")},
    }
