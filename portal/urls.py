"""Routes of the portal, and of the desk below /desk/."""

from django.urls import include, path

from portal.search import views as search
from portal.views import appearance, approvals, catalogue, devices, files, home, records, reporting, status, tickets

portal = (
    [
        path("", home.home, name="home"),
        path("report/", reporting.report, name="report"),
        path("report/expected/", reporting.expected, name="expected"),
        path("report/people/", reporting.people, name="people"),
        path("catalogue/", catalogue.home, name="catalogue"),
        path("catalogue/services/<slug:slug>/", catalogue.service, name="service"),
        path("catalogue/<slug:slug>/", catalogue.item, name="request-item"),
        path("catalogue/<slug:slug>/draft/", catalogue.draft, name="request-draft"),
        path("tickets/", tickets.ticket_list, name="tickets"),
        path("tickets/<str:number>/", tickets.ticket_page, name="ticket"),
        path("tickets/<str:number>/reply/", tickets.reply, name="reply"),
        path("tickets/<str:number>/nudge/", tickets.nudge, name="nudge"),
        path("tickets/<str:number>/share/", tickets.share, name="share"),
        path("tickets/<str:number>/share/<int:pk>/end/", tickets.unshare, name="unshare"),
        path("tickets/<str:number>/revise/", catalogue.revise, name="revise"),
        path("tickets/<str:number>/<slug:name>/", tickets.step, name="step"),
        path("approvals/", approvals.approval_list, name="approvals"),
        path("approvals/approve/", approvals.approve_several, name="approve_several"),
        path("approvals/<int:pk>/", approvals.approval, name="approval"),
        path("approvals/<int:pk>/decide/", approvals.decide, name="decide"),
        path("approvals/<int:pk>/add/", approvals.add, name="add_approver"),
        path("approvals/<int:pk>/hand-over/", approvals.hand_over, name="hand_over"),
        path("files/<int:pk>/", files.attachment, name="attachment"),
        path("files/<int:pk>/picture/", files.picture, name="picture"),
        path("devices/", devices.devices, name="devices"),
        path("records/", records.records, name="records"),
        path("records/confirm/", records.confirm, name="confirm-records"),
        path("records/<int:pk>/object/", records.object_to, name="object-to-record"),
        path("records/<int:pk>/hand-over/", records.hand_over, name="hand-over-record"),
        path("status/", status.status, name="status"),
        path("majors/<int:pk>/join/", status.join, name="join-major"),
        path("search/", search.search, name="search"),
        path("search/suggest/", search.suggest, name="suggest"),
        path("appearance/", appearance.choose, name="appearance"),
    ],
    "portal",
)

urlpatterns = [path("", include(portal)), path("desk/", include("portal.desk.urls"))]
