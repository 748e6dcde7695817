"""A mailbox of the service desk, and letters to it."""

import pytest

from integrations import services
from integrations.models import Mailbox
from tests.data.mail.writing import letter


@pytest.fixture
def mailbox(cast):
    return Mailbox.objects.create(
        name="Service desk", address="it@xinghe.example", service=cast.email, team=cast.network, language="en"
    )


@pytest.fixture
def receive(mailbox):
    """Take in a letter written with `writing.letter`, or raw bytes; returns what became of it."""

    def taken(*sender, raw=None, at=mailbox, **facts):
        message = services.take_in(at, raw or letter(*sender, **facts))
        message.refresh_from_db()
        return message

    return taken
