"""A real gunicorn with the production settings: what its logs tell, and what its cookies are."""

import pytest
from django.urls import reverse

from accounts import services as accounts
from core import one_click
from core.logs import masked
from incidents import services as incidents
from notifications import links

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(cast, production):
    """Every kind of address that acts without a login, good and for this server; and what is secret in each."""
    ticket = incidents.report_incident(actor=cast.li_na, title="ERP 登录失败", service=cast.erp)
    facts = {"ticket": ticket.pk, "user": cast.li_na.pk}
    codes = {purpose: one_click.sign(purpose, **facts) for purpose in ("confirm", "reopen", "rate")}
    survey = one_click.derive("survey", 1)
    mailed = (accounts.password_reset_link(cast.li_na), accounts.invitation_link(cast.li_na))
    return {
        reverse("notifications:confirm", args=[codes["confirm"]]): codes["confirm"],
        reverse("notifications:reopen", args=[codes["reopen"]]): codes["reopen"],
        reverse("surveys:rate_ticket", args=[codes["rate"], 5]): codes["rate"],
        reverse("surveys:answer", args=[survey]): survey,
        reverse("surveys:rate", args=[survey, 4]): survey,
        **{link.removeprefix(links.absolute("")): link.rstrip("/").rpartition("/")[2] for link in mailed},
    }


def test_no_log_line_tells_a_secret(cast, addresses, serve):
    bearer = accounts.issue_token(cast.li_na, "script", ["read"], actor=cast.li_na)[1]
    web = serve()
    reader = web.browser()
    for path in addresses:
        assert reader.get(path).status in (200, 302, 404), path
        quoted = path.replace(":", "%3A")
        assert reader.get(quoted, Referer=f"https://itsm.example.com{path}").status in (200, 302, 404), quoted
        assert reader.get(path, Break="1").status == 500
        assert reader._ask("POST", path, "score=1", {}).status in (403, 405), "no CSRF token"
    signed_in = {"Authorization": f"Bearer {bearer}"}
    assert reader.get("/api/v1/tickets/", **signed_in).status == 200
    assert reader.get(f"/api/v1/tickets/?token={bearer}", **signed_in).status == 400
    assert reader.get("/api/v1/tickets/", **signed_in, Break="1").status == 500

    log = web.log.read_text()
    for line in ('"GET /survey/…/4/ HTTP/1.1"', "RuntimeError: /notifications/confirm/…/ by", "Forbidden (Referer"):
        assert line in log
    secrets = {bearer, *addresses.values()}
    for secret in secrets:
        for part in {secret, *secret.split(":"), *secret.split("-")}:
            assert len(part) < 12 or part not in log, next(line for line in log.splitlines() if part in line)


def test_what_is_no_secret_stays_readable():
    for line in (
        '"GET /desk/INC000123/?view=mine HTTP/1.1" 200 51234',
        'File "/app/incidents/services/reporting.py", line 7, in take_a_report_from_somebody_else_entirely',
        "django.db.utils.OperationalError: connection to server at 127.0.0.1, port 5432 failed",
        "GET /static/desk-4F6A2B9C.js",
        "mail 17 failed (attempt 3): SMTPServerDisconnected",
    ):
        assert masked(line) == line


def test_cookies_of_production_belong_to_this_host_alone(cast, serve):
    reader = serve().browser()
    assert reader.sign_in("li.na").status == 302
    assert set(reader.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in reader.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert reader.get("/").status == 200
