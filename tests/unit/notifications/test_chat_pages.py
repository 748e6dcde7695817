"""The pages about chats: an address is pasted, tried, and never seen again."""

from django.urls import reverse

from accounts.models import User
from notifications.models import ChatChannel
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
