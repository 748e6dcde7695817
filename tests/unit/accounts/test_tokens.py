"""API tokens: shown once, kept as a digest, ended at once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts import selectors, services
from accounts.models import ApiToken, User
from core import clock
from core.errors import InvalidInput, NotAllowed
from events.models import Event


def test_secret_is_kept_nowhere(cast):
    token, secret = services.issue_token(cast.li_na, "script", ["write", "read"], actor=cast.li_na)
    assert len(secret) > 40 and secret.startswith(token.prefix)
    assert secret not in str(ApiToken.objects.values().get()) and secret not in str(list(Event.objects.values()))
    assert token.scopes == ["read", "write"]


def test_expired_or_revoked_token_is_no_token(cast):
    token, secret = services.issue_token(cast.li_na, "x", ["read"], clock.now() + timedelta(days=1), actor=cast.li_na)
    assert selectors.live_token(secret) == token
    with clock.travel(clock.now() + timedelta(days=2)):
        assert selectors.live_token(secret) is None
    services.revoke_token(token, actor=cast.li_na)
    services.revoke_token(token, actor=cast.li_na)
    assert selectors.live_token(secret) is None
    assert Event.objects.filter(name="user.token_revoked").count() == 1


def test_administering_scope_is_for_administrators(cast):
    with pytest.raises(InvalidInput) as refusal:
        services.issue_token(cast.zhang_wei, "x", ["admin"], actor=cast.zhang_wei)
    assert "scopes" in refusal.value.fields
    services.issue_token(cast.admin, "x", ["admin"], actor=cast.admin)


def test_tokens_are_issued_and_revoked_by_their_owner(cast):
    with pytest.raises(NotAllowed):
        services.issue_token(cast.li_na, "x", ["read"], actor=cast.admin)
    token, _secret = services.issue_token(cast.li_na, "x", ["read"], actor=cast.li_na)
    with pytest.raises(NotAllowed):
        services.revoke_token(token, actor=cast.zhao_min)
    services.revoke_token(token, actor=cast.admin)


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ["read"], 1), ("x", [], 1), ("x", ["rule"], 1), ("x", ["read"], -1), ("x" * 81, ["read"], 1)],
)
def test_unsound_token_is_refused(cast, name, scopes, days):
    with pytest.raises(InvalidInput):
        services.issue_token(cast.li_na, name, scopes, clock.now() + timedelta(days=days), actor=cast.li_na)


def test_last_use_is_written_once_a_minute(cast, django_assert_num_queries):
    token, _secret = services.issue_token(cast.li_na, "x", ["read"], actor=cast.li_na)
    services.touch_token(token)
    first = ApiToken.objects.get().last_used_at
    with django_assert_num_queries(0):
        services.touch_token(token)
    with clock.travel(first + timedelta(minutes=2)):
        services.touch_token(token)
    assert ApiToken.objects.get().last_used_at == first + timedelta(minutes=2)


def test_token_command_prints_only_the_secret(cast, capsys):
    call_command("token", "X1001", "--scope", "read", "--scope", "write", "--name", "ci", "--days", "30")
    secret = capsys.readouterr().out.strip()
    token = selectors.live_token(secret)
    assert (token.user, token.name, token.scopes) == (cast.li_na, "ci", ["read", "write"])
    assert 29 < (token.expires_at - clock.now()).days + 1 <= 30


@pytest.mark.parametrize(
    "arguments",
    [["nobody", "--scope", "read"], ["li.na", "--scope", "admin"], ["li.na", "--scope", "read", "--days", "9" * 12]],
)
def test_token_command_says_what_is_wrong(cast, arguments):
    with pytest.raises(CommandError):
        call_command("token", *arguments)


def test_superuser_is_made_by_a_command(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-password")
    call_command("createsuperuser", "--noinput", "--username", "Root", "--name", "根", verbosity=0)
    root = User.objects.get()
    assert (root.username, root.is_staff, root.roles) == ("root", True, ["administrator"])
    assert root in User.objects.matching("gen")
