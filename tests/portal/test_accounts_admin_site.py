"""Django's admin: superusers only, and no way round the services."""

import pytest
from django.contrib import admin

from accounts.models import User
from core.admin import ReadOnlyAdmin
from tickets.models import Category, PriorityRule

REGISTERED = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
OURS = [pair for pair in REGISTERED if not pair[0].__module__.startswith(("axes", "django"))]


@pytest.fixture
def superuser(db, client):
    user = User.objects.create_superuser("root", "a-long-password")
    client.force_login(user)
    return user


@pytest.mark.parametrize("who", ["li_na", "zhang_wei", "wang_fang", "admin"])
def test_admin_site_is_for_superusers_only(cast, client, who):
    client.force_login(getattr(cast, who))
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/accounts/user/").status_code == 302


@pytest.mark.parametrize(
    ("model", "screen"), OURS, ids=lambda value: getattr(getattr(value, "_meta", None), "label", "")
)
def test_list_and_record_open_for_the_superuser(superuser, incident, client, model, screen):
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    assert client.get(base).status_code == 200
    if screen.search_fields:
        assert client.get(base, {"q": "INC1"}).status_code == 200
    record = model._default_manager.first()
    if record is not None:
        assert client.get(f"{base}{record.pk}/change/").status_code == 200
    if isinstance(screen, ReadOnlyAdmin):
        assert client.post(f"{base}add/", {}).status_code == 403
        if record is not None:
            assert client.post(f"{base}{record.pk}/delete/", {"post": "yes"}).status_code == 403


def test_only_master_data_can_be_changed_here():
    assert {model._meta.label for model, screen in OURS if not isinstance(screen, ReadOnlyAdmin)} == {
        "changes.RiskQuestion", "changes.RiskRoute", "cmdb.ConfigurationItem", "cmdb.Service", "incidents.MajorRule",
        "tickets.Category", "tickets.PriorityRule",
    }  # fmt: skip


def test_secrets_are_on_no_admin_page(superuser, client):
    page = client.get(f"/admin/accounts/user/{superuser.pk}/change/").content.decode()
    assert superuser.password not in page
    assert not admin.site.is_registered(User.browser_sessions.rel.related_model)


def test_master_data_is_kept(superuser, cast, client):
    client.post("/admin/tickets/category/add/", {"slug": "network", "name_zh": "网络", "is_active": "on"})
    assert Category.objects.filter(slug="network").exists()
    rule = PriorityRule.objects.get(impact=1, urgency=1)
    client.post(f"/admin/tickets/priorityrule/{rule.pk}/change/", {"priority": "2"})
    rule.refresh_from_db()
    assert (rule.impact, rule.urgency, rule.priority) == (1, 1, 2)
