"""The pages about chats: an address is pasted, tried, and never seen again."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.errors import InvalidInput
from notifications.models import ChatChannel
from notifications.services import chat_channels
from tests.unit.notifications.platforms import ADDRESSES


def test_administrator_adds_a_channel_tries_it_and_never_sees_its_address_again(client, cast, platforms):
    User.objects.update(language="en")
    client.force_login(User.objects.get(pk=cast.admin.pk))
    posted = {"name": "Room", "team": cast.desk.pk, "platform": "dingtalk", "language": "en", "is_active": "on"}
    refused = client.post(reverse("notifications:new_chat"), {**posted, "address": "https://evil.example/"})
    assert "This is not a webhook address" in refused.content.decode() and not ChatChannel.objects.exists()
    client.post(reverse("notifications:new_chat"), {**posted, "address": ADDRESSES["dingtalk"], "secret": "SECsesame"})
    channel = ChatChannel.objects.get()
    page = client.post(reverse("notifications:try_chat", args=[channel.pk]), follow=True).content.decode()
    assert "It arrived" in page and len(platforms.got) == 1
    assert "tokenOfDingTalk" not in page and "SECsesame" not in page

    platforms.answers["oapi.dingtalk.com"] = (200, {}, b'{"errcode":310000,"errmsg":"sign not match"}')
    page = client.post(reverse("notifications:try_chat", args=[channel.pk]), follow=True).content.decode()
    assert "It did not arrive" in page and "sign not match" in page

    client.post(reverse("notifications:chat", args=[channel.pk]), {**posted, "name": "Other"})
    channel.refresh_from_db()
    assert (channel.name, channel.address, channel.secret) == ("Other", ADDRESSES["dingtalk"], "SECsesame")


def test_everybody_keeps_their_own_chat_and_nobody_elses(client, cast, platforms):
    User.objects.update(language="en")
    client.force_login(User.objects.get(pk=cast.li_na.pk))
    client.post(
        reverse("notifications:own_chat"),
        {"platform": "wecom", "address": ADDRESSES["wecom"], "language": "en", "is_active": "on"},
    )
    channel = ChatChannel.objects.get(user=cast.li_na)
    page = client.post(reverse("notifications:try_own_chat"), follow=True).content.decode()
    assert "It arrived" in page and "keyOfWeCom" not in page
    client.force_login(cast.admin)
    assert client.get(reverse("notifications:chat", args=[channel.pk])).status_code == 404


def test_redirect_takes_neither_message_nor_signature_anywhere(cast, platforms):
    elsewhere = {"Location": f"https://hook.example.com/?{ADDRESSES['dingtalk']}"}
    for status, platform in ((302, "dingtalk"), (307, "slack")):
        host = ADDRESSES[platform].split("/")[2]
        platforms.answers[host] = (status, elsewhere, b"")
        room = {"team": cast.desk, "language": "en", "is_active": True, "name": "Room", "platform": platform}
        secret = "SECsesame" if platform == "dingtalk" else ""
        channel = chat_channels.save_channel(None, actor=cast.admin, address=ADDRESSES[platform], secret=secret, **room)
        works, words = chat_channels.try_channel(channel, actor=cast.admin)
        assert not works and f"HTTP {status}" in words and "tokenOf" not in words
    assert [host for host, *_rest in platforms.got] == ["oapi.dingtalk.com", "hooks.slack.com"]


def test_another_address_never_meets_the_secret_of_the_one_before(cast, platforms):
    room = {"team": cast.desk, "language": "en", "is_active": True, "name": "Room", "platform": "webhook"}
    channel = chat_channels.save_channel(
        None, actor=cast.admin, address=ADDRESSES["webhook"], secret="SECsesame", **room
    )
    chat_channels.save_channel(channel, actor=cast.admin, address="https://hook.example.com/other")
    assert chat_channels.try_channel(ChatChannel.objects.get(), actor=cast.admin)[0]
    assert "X-Signature-256" not in platforms.got[0][2] and not ChatChannel.objects.get().secret
    with pytest.raises(InvalidInput):
        chat_channels.save_channel(channel, actor=cast.admin, platform="slack")
