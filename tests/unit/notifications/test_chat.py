"""News in chats: on the wire of every platform, few messages for many events, told to nobody who may not see it."""

import base64
import hashlib
import hmac
import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models.functions import Now

from core.errors import InvalidInput, NotAllowed
from events.models import Event
from incidents import services as incidents
from notifications import services
from notifications.models import ChatChannel, ChatMessage
from notifications.services import chat_channels, chat_sending
from tests.unit.notifications.platforms import ADDRESSES
from tickets import services as tickets
from tickets.services import approving, tasks


@pytest.fixture
def channel(cast, platforms):
    """A function that gives a team (the service desk) a channel."""

    def make(platform="dingtalk", *, team=None, **values):
        values = {"name": "Desk", "language": "en", "is_active": True, "address": ADDRESSES[platform], **values}
        team = team or cast.desk
        return chat_channels.save_channel(None, actor=cast.admin, platform=platform, team=team, **values)

    return make


@pytest.fixture
def own(cast, platforms):
    """A function that gives a person their own channel."""

    def make(person, platform="dingtalk"):
        values = {"platform": platform, "language": person.language, "is_active": True, "address": ADDRESSES[platform]}
        return chat_channels.save_own_channel(actor=person, **values)

    return make


def text_of(platform, payload):
    """What a reader sees, wherever the platform keeps it."""
    if platform in ("dingtalk", "wecom"):
        return payload["text"]["content"]
    if platform == "feishu":
        return payload["content"]["text"]
    return str(payload)


def states():
    return sorted(ChatMessage.objects.values_list("state", flat=True))


@pytest.mark.parametrize("platform", ADDRESSES)
def test_news_arrive_on_every_platform_at_the_address_that_was_pasted(platforms, channel, incident, deliver, platform):
    channel(platform)
    deliver()
    assert services.send_due_chats() == 1
    host, path, _headers, payload = platforms.got[0]
    pasted = urlsplit(ADDRESSES[platform])
    assert (host, path) == (pasted.hostname, f"{pasted.path}?{pasted.query}".rstrip("?"))
    words = text_of(platform, payload)
    assert incident.number in words and incident.title in words and f"/desk/t/{incident.number}" in words
    assert "github" not in str(payload), "nobody else's pictures"
    assert len(platforms.got) == 1 and states() == ["sent"]


def test_signatures_are_those_the_platforms_ask_for(platforms, channel, incident, deliver):
    for platform in ("dingtalk", "feishu", "webhook"):
        channel(platform, secret="SECsesame")
    deliver()
    services.send_due_chats()
    got = {host: (path, headers, payload) for host, path, headers, payload in platforms.got}
    query = parse_qs(urlsplit(got["oapi.dingtalk.com"][0]).query)
    expected = hmac.new(b"SECsesame", f"{query['timestamp'][0]}\nSECsesame".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(expected).decode()]
    payload = got["open.feishu.cn"][2]
    expected = hmac.new(f"{payload['timestamp']}\nSECsesame".encode(), b"", hashlib.sha256).digest()
    assert payload["sign"] == base64.b64encode(expected).decode()
    assert got["hook.example.com"][1]["X-Signature-256"].startswith("sha256=")


def test_hundred_events_become_one_message_and_the_platforms_interval_is_kept(cast, platforms, channel, deliver):
    chat = channel("wecom", language="zh-hans")
    for number in range(100):
        incidents.report_incident(actor=cast.li_na, title=f"打印机 {number}", service=cast.erp)
    deliver()
    assert services.send_due_chats() == 1
    words = platforms.got[0][3]["text"]["content"]
    assert words.count("打印机") == 10 or len(words.encode()) > 1500
    assert len(words.encode()) <= 2048 and f"另有 {100 - words.count('打印机')} 条" in words
    assert states() == ["sent"] * 100

    incidents.report_incident(actor=cast.li_na, title="One more", service=cast.erp)
    deliver()
    assert services.send_due_chats() == 0, "before the interval is over"
    ChatChannel.objects.filter(pk=chat.pk).update(free_at=Now())
    assert services.send_due_chats() == 1


def test_worker_killed_between_sending_and_noting_repeats_once_at_most(platforms, channel, incident, deliver):
    channel()
    deliver()
    claimed = chat_sending._claim()
    chat_sending.chat_line.deliver(claimed[0], "as the killed worker did")
    assert services.send_due_chats() == 0, "its lease holds"
    past = Now() - timedelta(seconds=1)
    ChatChannel.objects.update(free_at=past)
    assert services.send_due_chats() == 1
    ChatChannel.objects.update(free_at=past)
    assert services.send_due_chats() == 0
    assert len(platforms.got) == 2 and ChatMessage.objects.get().attempts == 2


def test_worker_whose_lease_ran_out_notes_nothing(channel, incident, deliver):
    channel()
    deliver()
    late = chat_sending._claim()
    ChatChannel.objects.update(free_at=Now() + timedelta(seconds=30))
    chat_sending._write_to(*late)
    assert states() == ["sending"]


@pytest.mark.parametrize(
    ("host", "answer", "state"),
    [
        ("oapi.dingtalk.com", (200, {}, b'{"errcode":310000,"errmsg":"sign not match"}'), "failed"),
        ("oapi.dingtalk.com", (200, {}, b'{"errcode":130101,"errmsg":"send too fast"}'), "failed"),
        ("oapi.dingtalk.com", (200, {}, b"<html>"), "failed"),
        ("oapi.dingtalk.com", (503, {}, b""), "failed"),
        ("oapi.dingtalk.com", (429, {"Retry-After": "7"}, b""), "failed"),
        ("oapi.dingtalk.com", (404, {}, b""), "dead"),
    ],
)
def test_refusal_is_noted_even_when_it_comes_with_a_200(platforms, channel, incident, deliver, host, answer, state):
    channel("dingtalk")
    other = channel("slack", name="Other")
    platforms.answers[host] = answer
    deliver()
    assert services.send_due_chats() == 1, "the other channel's own"
    assert sorted(states()) == sorted([state, "sent"])
    assert ChatMessage.objects.get(state="sent").channel == other


def test_gives_up_after_the_last_attempt_and_an_administrator_may_try_again(
    cast, platforms, channel, incident, deliver
):
    channel()
    platforms.answers["oapi.dingtalk.com"] = (503, {}, b"")
    deliver()
    ChatMessage.objects.update(attempts=chat_sending.MAX_ATTEMPTS - 1)
    services.send_due_chats()
    message = ChatMessage.objects.get()
    assert (message.state, message.last_error) == ("dead", "HTTP 503")
    with pytest.raises(NotAllowed):
        chat_channels.retry(message, actor=cast.wang_fang)
    chat_channels.retry(message, actor=cast.admin)
    platforms.answers.clear()
    ChatChannel.objects.update(free_at=Now())
    assert services.send_due_chats() == 1


def test_silent_copy_tells_nobody(settings, platforms, channel, incident, deliver):
    channel()
    deliver()
    settings.SILENT = True
    assert services.send_due_chats() == 0 and states() == ["waiting"] and platforms.got == []


def test_team_that_does_not_serve_the_customer_hears_nothing(cast, channel, incident, deliver):
    channel(team=cast.network)
    tickets.take_transition(incident, "assign", actor=cast.zhang_wei, values={"team": cast.network})
    cast.network.serves.clear()
    deliver()
    assert states() == []


def test_team_hears_its_queue_and_nobody_elses(cast, channel, incident, deliver):
    network, database = channel(team=cast.network), channel("slack", team=cast.database)
    tickets.take_transition(incident, "assign", actor=cast.zhang_wei, values={"team": cast.network})
    tickets.comment(incident, actor=cast.zhang_wei, body="The secret cause", is_internal=True)
    task = tasks.plan(incident, [tasks.PlannedTask("look", "Look", team=cast.database)], actor=cast.zhang_wei)[0]
    tasks.fail(task, actor=cast.liu_yang, reason="The secret reason")
    deliver()
    assert [message.channel for message in ChatMessage.objects.order_by("pk")] == [network, database]
    words = " ".join(ChatMessage.objects.values_list("text", flat=True))
    assert "A task failed" in words and "secret" not in words


def test_sight_lost_while_it_waited_is_not_told(cast, platforms, channel, incident, deliver):
    channel()
    deliver()
    cast.desk.serves.clear()
    assert services.send_due_chats() == 0
    assert states() == ["dropped"] and platforms.got == []


def test_title_can_neither_call_everybody_nor_hide_a_link(cast, platforms, channel, deliver):
    for platform in ("feishu", "slack", "teams"):
        channel(platform)
    title = '<!channel> <at user_id="all"></at> [pay](https://evil.example)'
    incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp)
    deliver()
    services.send_due_chats()
    for host, _path, _headers, payload in platforms.got:
        assert "<!channel" not in str(payload) and "<at " not in str(payload)
        assert "azure" not in host or "[pay](" not in str(payload)


def test_approval_link_is_signed_in_ones_own_chat_alone_and_stored_nowhere(
    cast, client, platforms, channel, own, incident, deliver
):
    channel("slack")
    own(cast.zhao_min)
    approving.ask(incident, [approving.Stage("Boss", "all", [cast.zhao_min])], scope=1, actor=cast.zhang_wei)
    deliver()
    services.send_due_chats()
    words = {host: str(payload) for host, _path, _headers, payload in platforms.got}
    assert "/vote/" not in words["hooks.slack.com"]
    personal = next(payload for host, _p, _h, payload in platforms.got if "dingtalk" in host)["text"]["content"]
    link = personal.split()[-1]
    assert "/vote/" in link
    assert not ChatMessage.objects.filter(text__contains="/vote/").exists()
    assert client.get(urlsplit(link).path).context["outcome"] == "ask"


def test_persons_choice_and_language_hold(cast, platforms, own, incident, deliver):
    own(cast.chen_hao)
    values = {"team": cast.network, "assignee": cast.chen_hao}
    services.choose(actor=cast.chen_hao, chosen=set())
    incident = tickets.take_transition(incident, "assign", actor=cast.zhang_wei, values=values)
    deliver()
    assert states() == []
    services.choose(actor=cast.chen_hao, chosen={("mentioned", "chat")})
    tickets.comment(incident, actor=cast.zhang_wei, body="@chen.hao 密码是 42", is_internal=True)
    deliver()
    text = ChatMessage.objects.get().text
    assert "提到" in text and "42" not in text


@pytest.mark.parametrize(
    ("platform", "address"),
    [
        ("dingtalk", "https://evil.example/robot/send?access_token=abc"),
        ("dingtalk", "http://oapi.dingtalk.com/robot/send?access_token=abc"),
        ("dingtalk", "https://oapi.dingtalk.com.evil.example/robot/send?access_token=abc"),
        ("dingtalk", "https://oapi.dingtalk.com@127.0.0.1/robot/send?access_token=abc"),
        ("feishu", "https://open.feishu.cn/open-apis/other/1"),
        ("teams", "https://logic.azure.com.evil.example/workflows/a/triggers/manual/paths/invoke?sig=1"),
        ("webhook", "http://hook.example.com/"),
    ],
)
def test_address_must_be_the_platforms_own(channel, platform, address):
    with pytest.raises(InvalidInput):
        channel(platform, address=address)


def test_only_administrators_keep_team_channels_and_only_oneself_ones_own(cast, channel, own):
    chat, personal = channel(), own(cast.li_na)
    for actor in (cast.wang_fang, cast.li_na):
        with pytest.raises(NotAllowed):
            chat_channels.try_channel(chat, actor=actor)
    with pytest.raises(NotAllowed):
        chat_channels.try_channel(personal, actor=cast.admin)


def test_neither_address_nor_secret_comes_into_logs_errors_or_the_ledger(
    cast, platforms, channel, incident, deliver, caplog
):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    for platform in ADDRESSES:
        secret = "SECsesame" if platform in ("dingtalk", "feishu", "webhook") else ""
        chat = channel(platform, secret=secret)
        platforms.answers[urlsplit(ADDRESSES[platform]).hostname] = (500, {}, b"no")
        chat_channels.try_channel(chat, actor=cast.admin)
    deliver()
    services.send_due_chats()
    told = caplog.text + str(list(ChatMessage.objects.values_list("last_error", flat=True)))
    told += str(list(ChatChannel.objects.values_list("last_error", flat=True)))
    told += str(list(Event.objects.values_list("data", flat=True)))
    assert "HTTP 500" in told
    for secret in ("tokenOf", "keyOf", "TIiajk", "flowOf", "sigOf", "secretOf", "SECsesame", "sign="):
        assert secret not in told
