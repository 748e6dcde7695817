"""The REST API: every resource on one page."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from accounts.api import AbsenceViewSet, TeamViewSet, UserViewSet
from catalog.api import RequestItemViewSet, ServiceRequestTransitionViewSet, ServiceRequestViewSet
from changes.api.boards import BoardViewSet, MeetingViewSet
from changes.api.calendar import CollisionViewSet, FreeSlotView, FreezeViewSet, WindowViewSet
from changes.api.record import ChangeTransitionViewSet, ChangeViewSet
from changes.api.templates import TemplateViewSet
from cmdb.api import (
    AnnouncementViewSet,
    DuplicateViewSet,
    ItemClassViewSet,
    ItemFileViewSet,
    ItemViewSet,
    OutageViewSet,
    RecordViewSet,
    RelationViewSet,
    ResponsibilityViewSet,
    ServiceViewSet,
)
from core.api.documentation import DocsView, NothingHere, SchemaView
from incidents.api import (
    IncidentTransitionViewSet,
    IncidentViewSet,
    MajorNoteViewSet,
    MajorStepViewSet,
    MajorUpdateViewSet,
    MajorViewSet,
)
from knowledge.api import ArticleViewSet, CertificateViewSet, ReadingPathViewSet
from problems.api.analysis import AnalysisViewSet
from problems.api.proposals import ProposalViewSet, RecurrenceRuleViewSet
from problems.api.record import ProblemTransitionViewSet, ProblemViewSet
from sla.api import AgreementViewSet, CalendarViewSet, ClockViewSet
from surveys.api import SurveyViewSet
from tickets import api as tickets
from training import api as training

app_name = "api"

router = SimpleRouter(use_regex_path=False)
router.register("tickets", tickets.TicketViewSet, basename="ticket")
router.register("incidents", IncidentViewSet, basename="incident")
router.register("requests", ServiceRequestViewSet, basename="request")
router.register("changes", ChangeViewSet, basename="change")
router.register("problems", ProblemViewSet, basename="problem")
router.register("request-items", RequestItemViewSet, basename="request-item")
router.register("users", UserViewSet, basename="user")
router.register("absences", AbsenceViewSet, basename="absence")
router.register("teams", TeamViewSet, basename="team")
router.register("services", ServiceViewSet, basename="service")
router.register("items", ItemViewSet, basename="item")
router.register("responsibilities", ResponsibilityViewSet, basename="responsibility")
router.register("relations", RelationViewSet, basename="relation")
router.register("records", RecordViewSet, basename="record")
router.register("item-classes", ItemClassViewSet, basename="item-class")
router.register("duplicates", DuplicateViewSet, basename="duplicate")
router.register("outages", OutageViewSet, basename="outage")
router.register("announcements", AnnouncementViewSet, basename="announcement")
router.register("maintenance-windows", WindowViewSet, basename="maintenance-window")
router.register("freezes", FreezeViewSet, basename="freeze")
router.register("change-boards", BoardViewSet, basename="change-board")
router.register("board-meetings", MeetingViewSet, basename="board-meeting")
router.register("change-templates", TemplateViewSet, basename="change-template")
router.register("problem-proposals", ProposalViewSet, basename="problem-proposal")
router.register("recurrence-rules", RecurrenceRuleViewSet, basename="recurrence-rule")
router.register("collisions", CollisionViewSet, basename="collision")
router.register("majors", MajorViewSet, basename="major")
router.register("categories", tickets.CategoryViewSet, basename="category")
router.register("surveys", SurveyViewSet, basename="survey")
router.register("clocks", ClockViewSet, basename="clock")
router.register("agreements", AgreementViewSet, basename="agreement")
router.register("calendars", CalendarViewSet, basename="calendar")
router.register("skills", training.SkillViewSet, basename="skill")
router.register("courses", training.CourseViewSet, basename="course")
router.register("training-sessions", training.SessionViewSet, basename="training-session")
router.register("training-plans", training.PlanViewSet, basename="training-plan")
router.register("assessments", training.AssessmentViewSet, basename="assessment")
router.register("articles", ArticleViewSet, basename="article")
router.register("reading-paths", ReadingPathViewSet, basename="reading-path")
router.register("certificates", CertificateViewSet, basename="certificate")

_LIST = {"get": "list"}
_LIST_CREATE = {"get": "list", "post": "create"}
_READ = {"get": "retrieve"}
_DELETE = {"delete": "destroy"}


def below(prefix, name, *, kind="", transitions=tickets.TransitionViewSet):
    """What hangs below one ticket, the same for every kind."""
    under = f"{prefix}/<str:number>"
    rows = (
        ("comments/", tickets.CommentViewSet, _LIST_CREATE, "comments"),
        ("comments/<int:pk>/", tickets.CommentViewSet, _READ, "comment"),
        ("attachments/", tickets.AttachmentViewSet, _LIST_CREATE, "attachments"),
        ("attachments/<int:pk>/", tickets.AttachmentViewSet, _READ, "attachment"),
        ("attachments/<int:pk>/content/", tickets.AttachmentViewSet, {"get": "content"}, "attachment-content"),
        ("transitions/", transitions, _LIST_CREATE, "transitions"),
        ("events/", tickets.EventViewSet, _LIST, "events"),
        ("approvals/", tickets.ApprovalViewSet, _LIST, "approvals"),
        ("approvals/<int:pk>/decision/", tickets.ApprovalViewSet, {"post": "decide"}, "decision"),
        ("tasks/", tickets.TaskViewSet, _LIST, "tasks"),
        ("tasks/<int:pk>/complete/", tickets.TaskViewSet, {"post": "complete"}, "complete-task"),
        ("tasks/<int:pk>/skip/", tickets.TaskViewSet, {"post": "skip"}, "skip-task"),
        ("time/", tickets.TimeEntryViewSet, _LIST_CREATE, "time"),
        ("time/<int:pk>/", tickets.TimeEntryViewSet, _DELETE, "time-entry"),
        ("links/", tickets.LinkViewSet, _LIST_CREATE, "links"),
        ("links/<int:pk>/", tickets.LinkViewSet, _DELETE, "link"),
        ("watchers/", tickets.WatcherViewSet, _LIST_CREATE, "watchers"),
        ("watchers/<int:pk>/", tickets.WatcherViewSet, _DELETE, "watcher"),
    )
    return [
        path(f"{under}/{tail}", view.as_view(actions, kind=kind), name=f"{name}-{suffix}")
        for tail, view, actions, suffix in rows
    ]


urlpatterns = [
    *router.urls,
    *below("tickets", "ticket"),
    *below("incidents", "incident", kind="incident", transitions=IncidentTransitionViewSet),
    *below("requests", "request", kind="request", transitions=ServiceRequestTransitionViewSet),
    *below("changes", "change", kind="change", transitions=ChangeTransitionViewSet),
    *below("problems", "problem", kind="problem", transitions=ProblemTransitionViewSet),
    path("problems/<str:number>/analyses/", AnalysisViewSet.as_view(_LIST_CREATE), name="problem-analyses"),
    path(
        "problems/<str:number>/analyses/<int:pk>/",
        AnalysisViewSet.as_view(_READ | {"put": "update"}),
        name="problem-analysis",
    ),
    *(
        path(
            f"problems/<str:number>/analyses/<int:pk>/{act}/",
            AnalysisViewSet.as_view({"post": act}),
            name=f"{act}-problem-analysis",
        )
        for act in ("remove", "restore")
    ),
    path("items/<int:item>/files/", ItemFileViewSet.as_view(_LIST_CREATE), name="item-files"),
    path("items/<int:item>/files/<int:pk>/", ItemFileViewSet.as_view(_READ | _DELETE), name="item-file"),
    path("items/<int:item>/files/<int:pk>/content/", ItemFileViewSet.as_view({"get": "content"}), name="item-content"),
    path("majors/<str:number>/steps/", MajorStepViewSet.as_view(_LIST_CREATE, kind="incident"), name="major-steps"),
    path("training-gaps/", training.GapsView.as_view(), name="training-gaps"),
    path("changes/<str:number>/free-slot/", FreeSlotView.as_view(), name="free-slot"),
    path("majors/<str:number>/updates/", MajorUpdateViewSet.as_view(_LIST_CREATE), name="major-updates"),
    path("majors/<str:number>/notes/", MajorNoteViewSet.as_view(_LIST_CREATE), name="major-notes"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="api:schema"), name="docs"),
    re_path(r"^.*$", NothingHere.as_view(), name="nothing"),
]
