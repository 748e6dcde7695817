"""What each chat platform wants: its address, how often it listens, how it says no. Pure."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

BAN_SECONDS = 600


class Platform(models.TextChoices):
    DINGTALK = "dingtalk", _("DingTalk")
    WECOM = "wecom", _("WeCom")
    FEISHU = "feishu", _("Feishu")
    SLACK = "slack", _("Slack")
    TEAMS = "teams", _("Microsoft Teams")
    WEBHOOK = "webhook", _("Webhook (JSON)")


@dataclass(frozen=True)
class Manners:
    """`interval`: seconds between two messages of one channel, below what the platform allows.

    `hosts`: the platform's own; one that begins with a dot stands for everything below it; empty: any.
    `longest`: bytes of text it takes. `code`: where the answer carries an error of its own beside HTTP's status, and
    `too_fast` its values that mean "later".
    """

    interval: float
    hosts: tuple = ()
    longest: int = 4000
    signs: bool = False
    code: str = ""
    too_fast: tuple = ()


MANNERS = {
    # 20 a minute; whoever is faster is shut out for ten minutes.
    Platform.DINGTALK: Manners(4, ("oapi.dingtalk.com",), signs=True, code="errcode", too_fast=(130101, 130102)),
    # 20 a minute; a text of at most 2,048 bytes.
    Platform.WECOM: Manners(4, ("qyapi.weixin.qq.com",), longest=2000, code="errcode", too_fast=(45009, 45033)),
    # 100 a minute, 5 a second.
    Platform.FEISHU: Manners(1, ("open.feishu.cn",), signs=True, code="code", too_fast=(11232,)),
    # One a second.
    Platform.SLACK: Manners(1.2, ("hooks.slack.com",)),
    # Four a second.
    Platform.TEAMS: Manners(0.5, (".logic.azure.com", ".api.powerplatform.com")),
    Platform.WEBHOOK: Manners(1, signs=True),
}


class Rejected(Exception):
    """A platform said no. `is_final`: it will say so again. `wait`: seconds after which to ask again, or None."""

    def __init__(self, words, *, is_final=False, wait=None):
        super().__init__(words)
        self.is_final, self.wait = is_final, wait


def is_at_home(platform, address) -> bool:
    """Whether an address is https and lies on the platform's own host."""
    parts = urlsplit(address)
    host, allowed = (parts.hostname or "").lower(), MANNERS[platform].hosts
    at_home = not allowed or any(host == own or (own[0] == "." and host.endswith(own)) for own in allowed)
    return parts.scheme == "https" and bool(host) and at_home


def judge(platform, answer):
    """Raise Rejected unless an answer says that the message was taken."""
    manners = MANNERS[platform]
    if answer.status == 429:
        after = answer.headers.get("retry-after", "")
        raise Rejected("HTTP 429", wait=min(int(after), 3600) if after.isdecimal() else BAN_SECONDS)
    if not 200 <= answer.status < 300:
        raise Rejected(f"HTTP {answer.status}", is_final=400 <= answer.status < 500 and answer.status != 408)
    if not manners.code:
        return
    try:
        said = json.loads(answer.body)
        code = said[manners.code]
    except (ValueError, TypeError, KeyError):
        raise Rejected("not the platform's answer") from None
    if code in manners.too_fast:
        raise Rejected(f"{manners.code} {code}", wait=BAN_SECONDS)
    if code != 0:
        raise Rejected(f"{manners.code} {code}: {said.get('errmsg') or said.get('msg') or ''}"[:300])
