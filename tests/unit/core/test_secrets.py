"""Passwords and addresses that act: unreadable in the database, readable under an earlier key, shown by nothing."""

import pytest
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import AlterField
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import TextField
from django.urls import reverse

from accounts.models import User
from core.migrating import encrypting
from core.secrets import Secret, Undecipherable
from events.models import Event
from integrations import services as integrations
from integrations.models import Mailbox
from notifications.models import ChatChannel
from notifications.services import chat_channels, send_due_chats
from tests.unit.notifications.platforms import ADDRESSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(cast):
    return integrations.save_mailbox(
        None, actor=cast.admin, name="Desk", address="it@xinghe.example", service=cast.email, language="en",
        host="imap.example", login="it", secret="open sesame",
    )  # fmt: skip


@pytest.fixture
def channel(cast):
    return chat_channels.save_channel(
        None, actor=cast.admin, name="Room", team=cast.desk, platform="dingtalk", language="en",
        address=ADDRESSES["dingtalk"], secret="SECsesame",
    )  # fmt: skip


def stored():
    """What a copy of the database holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM integrations_mailbox UNION ALL SELECT address || ' ' || secret "
                       "FROM notifications_chatchannel")  # fmt: skip
        return [row[0] for row in cursor.fetchall()]


def test_neither_database_nor_ledger_nor_any_text_of_it_tells_a_secret(mailbox, channel, settings):
    told = " ".join(stored()) + "".join(str(event.data) for event in Event.objects.all())
    told += f"{Mailbox.objects.get().secret} {Mailbox.objects.get().secret!r} {ChatChannel.objects.get().address!r}"
    assert "sesame" not in told and "tokenOfDingTalk" not in told
    assert Mailbox.objects.get().secret.plain() == "open sesame"
    with pytest.raises(FieldError):
        Mailbox.objects.filter(secret="open sesame").exists()


def test_key_is_changed_without_losing_anything(mailbox, channel, settings, capsys):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the next key " * 5, [settings.SECRET_KEY]
    assert Mailbox.objects.get().secret == "open sesame", "still read"
    before = stored()
    call_command("reencrypt_secrets")
    assert "Encrypted under the present key: 3." in capsys.readouterr().out and not set(before) & set(stored())
    settings.SECRET_KEY_FALLBACKS = []
    assert Mailbox.objects.get().secret == "open sesame"
    assert ChatChannel.objects.get().address == ADDRESSES["dingtalk"]


def test_lost_key_is_told_where_it_hurts_and_cured_by_typing_again(
    client, cast, mailbox, channel, settings, incident, deliver
):
    User.objects.update(language="en")
    settings.SECRET_KEY = "quite another key " * 5
    client.force_login(User.objects.get(pk=cast.admin.pk))
    for name in ("integrations:mailboxes", "notifications:chats"):
        assert "its key is gone" in client.get(reverse(name)).content.decode()
    for name, row in (("integrations:try_mailbox", mailbox), ("notifications:try_chat", channel)):
        tried = client.post(reverse(name, args=[row.pk]), follow=True)
        assert "its key is gone" in tried.content.decode()

    assert integrations.poll(mailbox.pk) == 0
    assert "its key is gone" in Mailbox.objects.get().last_error
    deliver()
    assert send_due_chats() == 0 and "its key is gone" in ChatChannel.objects.get().last_error
    with pytest.raises(CommandError, match=r"notifications\.ChatChannel"):
        call_command("reencrypt_secrets")

    fresh = Mailbox.objects.get()
    integrations.save_mailbox(fresh, actor=cast.admin, address=fresh.address, secret="once more")
    chat_channels.save_channel(ChatChannel.objects.get(), actor=cast.admin, is_active=False)
    chat_channels.save_channel(ChatChannel.objects.get(), actor=cast.admin, address=ADDRESSES["dingtalk"])
    assert not Mailbox.objects.get().secret.is_lost and not ChatChannel.objects.get().address.is_lost


def test_saving_a_row_keeps_what_cannot_be_read_as_it_lies(mailbox, settings):
    before, key = stored(), settings.SECRET_KEY
    settings.SECRET_KEY = "quite another key " * 5
    Mailbox.objects.get().save()
    assert stored() == before
    with pytest.raises(Undecipherable):
        Mailbox.objects.get().secret.plain()
    settings.SECRET_KEY = key
    assert Mailbox.objects.get().secret == "open sesame"


def test_migration_goes_back_to_plain_text_and_encrypts_what_it_finds(mailbox):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationExecutor(connection).migrate([("integrations", "0001_mail_in")])
    assert stored() == ["open sesame"]
    forwards = MigrationExecutor(connection)
    forwards.migrate(forwards.loader.graph.leaf_nodes())
    assert "sesame" not in " ".join(stored())
    assert Mailbox.objects.get().secret == "open sesame"


def test_several_columns_of_a_row_are_encrypted_together(channel):
    state = MigrationLoader(connection).project_state()
    for name in ("address", "secret"):
        AlterField("chatchannel", name, TextField()).state_forwards("notifications", state)
    encrypt, decrypt = encrypting("notifications", "ChatChannel", "address", "secret")
    decrypt(state.apps, None)
    assert stored() == [f"{ADDRESSES['dingtalk']} SECsesame"]
    encrypt(state.apps, None)
    assert "sesame" not in " ".join(stored()) and ADDRESSES["dingtalk"] not in " ".join(stored())
    assert ChatChannel.objects.get().address == ADDRESSES["dingtalk"]
    assert ChatChannel.objects.get().secret == "SECsesame"


def test_empty_secret_is_nothing_and_stays_empty():
    assert not Secret("") and Secret("").stored() == "" and str(Secret("x")) == "…"
