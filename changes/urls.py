"""Routes of changes, below /changes/."""

from django.urls import path

from changes.views import calendar, deciding, feeds, figures, fitting, meetings, records, reviewing, templates, windows

app_name = "changes"

urlpatterns = [
    path("", records.changes, name="changes"),
    path("new/", records.new, name="new"),
    path("calendar/", calendar.page, name="calendar"),
    path("calendar/feeds/", feeds.feeds, name="feeds"),
    path("calendar/feeds/<int:pk>/revoke/", feeds.revoke_feed, name="revoke-feed"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("windows/", windows.windows, name="windows"),
    path("windows/new/", windows.window, name="new-window"),
    path("windows/<int:pk>/", windows.window, name="window"),
    path("windows/<int:pk>/discard/", windows.discard_window, name="discard-window"),
    path("freezes/new/", windows.freeze, name="new-freeze"),
    path("freezes/<int:pk>/", windows.freeze, name="freeze"),
    path("freezes/<int:pk>/discard/", windows.discard_freeze, name="discard-freeze"),
    path("collisions/<int:pk>/accept/", fitting.accept_collision, name="accept-collision"),
    path("exceptions/<int:pk>/<slug:answer>/", fitting.decide_exception, name="decide-exception"),
    path("boards/", deciding.boards, name="boards"),
    path("boards/new/", deciding.board, name="new-board"),
    path("boards/<int:pk>/", deciding.board, name="board"),
    path("boards/<int:pk>/meet/", meetings.call, name="call-meeting"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/begin/", meetings.begin, name="begin-meeting"),
    path("meetings/<int:pk>/close/", meetings.close, name="close-meeting"),
    path("meetings/<int:pk>/agenda/<int:item>/", meetings.note, name="note-on-agenda"),
    path("meetings/<int:pk>/votes/<int:slot>/", meetings.approve, name="approve-in-meeting"),
    path("figures/", figures.overview, name="figures"),
    path("figures/<slug:key>/", figures.rows, name="figure"),
    path("templates/", templates.templates, name="templates"),
    path("templates/new/", templates.edit, name="new-template"),
    path("templates/<int:pk>/", templates.template, name="template"),
    path("templates/<int:pk>/edit/", templates.edit, name="edit-template"),
    path("templates/<int:pk>/approve/", templates.approve, name="approve-template"),
    path("templates/<int:pk>/retire/", templates.retire, name="retire-template"),
    path("templates/<int:pk>/use/", templates.use, name="use-template"),
    path("<str:number>/", records.change, name="change"),
    path("<str:number>/edit/", records.edit, name="edit"),
    path("<str:number>/fit/", fitting.fit, name="fit"),
    path("<str:number>/fit/exception/", fitting.ask_exception, name="ask-exception"),
    path("<str:number>/fit/slot/", fitting.take_slot, name="take-slot"),
    path("<str:number>/assess/", deciding.assess, name="assess"),
    path("<str:number>/tasks/<int:pk>/", records.task, name="task"),
    path("<str:number>/caused/", reviewing.name_cause, name="name-cause"),
    path("<str:number>/caused/<int:pk>/", reviewing.judge, name="judge"),
    path("<str:number>/do/<slug:name>/", records.step, name="step"),
]
