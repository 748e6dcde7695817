"""A mailbox and what came into it this morning: a fault, an answer, a holiday note, a stranger, a circular."""

from datetime import timedelta
from email.message import EmailMessage

from integrations import services
from integrations.models import Mailbox

ADDRESS = "it@xinghe.example"
# (minutes before the end, sender, subject, text, other headers)
LETTERS = (
    (140, "高健 <gao.jian@xinghe.example>", "外出期间收不到会议邀请", "您好，\n\n从昨天起手机上收不到会议邀请，电脑上正常。麻烦看看。\n\n高健", {}),
    (118, "高健 <gao.jian@xinghe.example>", "回复: 外出期间收不到会议邀请", "补充一下，型号是 P60，系统昨晚刚升级。\n\n在 2026年1月1日，IT 服务台 写道：\n> 我们已收到您的报障", {"In-Reply-To": "<demo-1@xinghe.example>"}),
    (96, "周敏 <zhou.min@xinghe.example>", "自动回复: 您的工单有新进展", "我正在休假，下周一回来。", {"Auto-Submitted": "auto-replied"}),
    (64, "Sales <sales@unknown-vendor.example>", "A better service desk", "Shall we talk on Thursday?", {}),
    (33, "Weekly <news@vendor.example>", "本周安全通告", "本周共发布 12 个补丁。", {"List-Id": "<news.vendor.example>"}),
)  # fmt: skip


def arriving(world, until):
    """Each letter at its minute."""
    mailbox = Mailbox.objects.create(
        name="IT 服务台", address=ADDRESS, service=world.services["email"], team=world.teams["service-desk"]
    )
    for number, (minutes, sender, subject, text, headers) in enumerate(LETTERS, start=1):
        yield until - timedelta(minutes=minutes)
        services.take_in(mailbox, _raw(number, sender, subject, text, headers))


def _raw(number, sender, subject, text, headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ADDRESS, subject
    message["Message-ID"] = f"<demo-{number}@xinghe.example>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, charset="gb18030", cte="base64")
    return message.as_bytes()
