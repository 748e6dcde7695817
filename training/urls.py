"""Routes of skills and training, below /learning/."""

from django.urls import path

from training.views import courses, people, plans, reports, sessions

app_name = "training"

urlpatterns = [
    path("", people.me, name="me"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/skills/<int:skill>/remove/", people.forget, name="forget"),
    path("claims/<int:pk>/confirm/", people.confirm, name="confirm-claim"),
    path("claims/<int:pk>/decline/", people.decline, name="decline-claim"),
    path("teams/", reports.matrix, name="matrix"),
    path("gaps/", reports.gaps, name="gaps"),
    path("courses/", courses.listing, name="courses"),
    path("courses/new/", courses.edit, name="new-course"),
    path("courses/<int:pk>/", courses.page, name="course"),
    path("courses/<int:pk>/edit/", courses.edit, name="edit-course"),
    path("courses/<int:pk>/sessions/new/", sessions.call, name="call-session"),
    path("plans/", plans.listing, name="plans"),
    path("plans/new/", plans.edit, name="new-plan"),
    path("plans/<int:pk>/", plans.page, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit, name="edit-plan"),
    path("plans/<int:pk>/steps/<slug:name>/", plans.step, name="step-plan"),
    path("plans/for/<int:team>/", plans.add, name="add-to-plan"),
    path("plans/lines/<int:pk>/remove/", plans.drop, name="drop-from-plan"),
    path("sessions/", sessions.listing, name="sessions"),
    path("sessions/<int:pk>/", sessions.page, name="session"),
    path("sessions/<int:pk>/edit/", sessions.edit, name="edit-session"),
    path("sessions/<int:pk>/attendance/", sessions.hold, name="hold-session"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="cancel-session"),
    path("sessions/<int:pk>/enrol/", sessions.enrol, name="enrol"),
    path("enrolments/<int:pk>/withdraw/", sessions.withdraw, name="withdraw"),
    path("enrolments/<int:pk>/assess/", sessions.assess, name="assess"),
]
