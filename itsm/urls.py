"""The site map: which app answers which path."""

from django.contrib import admin
from django.urls import include, path

from integrations.views import inventory

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    path("", include("portal.urls")),
    path("account/", include("accounts.urls")),
    path("notifications/", include("notifications.urls")),
    path("mail/", include("integrations.urls")),
    path("inventory/", inventory.door, name="inventory"),
    path("survey/", include("surveys.urls")),
    path("insights/", include("insights.urls")),
    path("sla/", include("sla.urls")),
    path("articles/", include("knowledge.urls")),
    path("learning/", include("training.urls")),
    path("cmdb/", include("cmdb.urls")),
    path("changes/", include("changes.urls")),
    path("problems/", include("problems.urls")),
    path("manage/catalogue/", include("catalog.urls")),
    path("api/v1/", include("itsm.api")),
    path("", include("itsm.operations")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
