"""The line to the chat platforms: apprise words the request, `core.safe_http` sends it, the platform's answer counts.

apprise by itself takes every HTTP 200 for delivered, although DingTalk, WeCom and Feishu refuse with a 200 and a
code; it also encodes DingTalk's signature twice and knows none of Feishu. So its senders get a stand-in for
`requests`: what they would post is signed, sent to a judged address within a deadline, and the answer is read here.
"""

import base64
import hashlib
import hmac
import json
import logging
import re
import time
from contextvars import ContextVar
from urllib.parse import quote_plus

from apprise import AppriseAsset
from apprise.plugins import dingtalk, feishu, slack, wecombot, workflows

from core import safe_http
from notifications.chat_platforms import Platform, judge

# At its most talkative apprise writes whole addresses, and they are secrets.
logging.getLogger("apprise").setLevel(logging.CRITICAL)

_SENDERS = {
    Platform.DINGTALK: dingtalk.NotifyDingTalk,
    Platform.WECOM: wecombot.NotifyWeComBot,
    Platform.FEISHU: feishu.NotifyFeishu,
    Platform.SLACK: slack.NotifySlack,
    Platform.TEAMS: workflows.NotifyWorkflows,
}
# The two whose addresses apprise does not read.
_TOKEN_AT = {
    Platform.DINGTALK: re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=(?P<token>[\w-]+)", re.ASCII),
    Platform.FEISHU: re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/(?P<token>[\w-]+)/?", re.ASCII),
}
# Nobody else's name and pictures.
_PLAIN = {"include_image": False, "include_footer": False, "asset": AppriseAsset(app_id="ITSM", image_url_mask="")}
_channel: ContextVar = ContextVar("channel")


def recognises(platform, address) -> bool:
    """Whether an address is one that the platform shows for a robot or an incoming webhook."""
    return platform == Platform.WEBHOOK or _parsed(platform, address) is not None


def deliver(channel, text, *, events=()):
    """Hand one text to a channel. `events`: plain data of what it tells, for webhooks that machines read.

    Raises Rejected, core.safe_http.Forbidden, OSError, core.secrets.Undecipherable. Nothing of the address stands in
    their words.
    """
    if channel.platform == Platform.WEBHOOK:
        return _post(channel, {"text": text, "events": list(events)})
    sender = _SENDERS[channel.platform](**{**_parsed(channel.platform, channel.address.plain()), **_PLAIN})
    token = _channel.set(channel)
    try:
        sender.send(body=text)
    finally:
        _channel.reset(token)
    return None


def _parsed(platform, address):
    """What the platform's sender takes, from the address as the platform shows it; None where it is none of its."""
    if platform in _TOKEN_AT:
        found = _TOKEN_AT[platform].fullmatch(address)
        return found and found.groupdict()
    return _SENDERS[platform].parse_native_url(address)


def _post(channel, payload):
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "itsm"}
    address, secret = channel.address.plain(), channel.secret.plain()
    if secret and channel.platform == Platform.DINGTALK:
        now = str(int(time.time() * 1000))
        proof = _mac(secret, f"{now}\n{secret}")
        address += f"&timestamp={now}&sign={quote_plus(proof)}"
    if secret and channel.platform == Platform.FEISHU:
        now = str(int(time.time()))
        payload = {"timestamp": now, "sign": _mac(f"{now}\n{secret}", ""), **payload}
    body = json.dumps(payload, ensure_ascii=False).encode()
    if secret and channel.platform == Platform.WEBHOOK:
        headers["X-Signature-256"] = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    answer = safe_http.post(address, body, headers=headers)
    judge(channel.platform, answer)
    return answer


def _mac(key, message):
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


class _Requests:
    """What a sender of apprise finds under the name `requests`."""

    codes = type("codes", (), {"ok": 200, "accepted": 202})

    class RequestException(Exception):
        """Never raised: what goes wrong passes through the sender to whoever called it."""

    @staticmethod
    def request(_method, _url, *, data, **_ignored):
        answer = _post(_channel.get(), json.loads(data))
        return type("Response", (), {"status_code": answer.status, "content": answer.body})

    @classmethod
    def post(cls, url, **options):
        return cls.request("post", url, **options)


for _module in (dingtalk, feishu, slack, wecombot, workflows):
    _module.requests = _Requests
