"""Routes of the desk, below /desk/."""

from django.urls import path

from portal.desk.views import acting, articles, beside, bulk, keys, new, prepared, queue, saved, similar, tasks, ticket

app_name = "desk"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("live/", queue.live, name="live"),
    path("similar/", similar.to_text, name="similar-to-text"),
    path("new/", new.new, name="new"),
    path("people/", new.people, name="people"),
    path("views/", saved.manage, name="saved"),
    path("views/new/", saved.create, name="save-view"),
    path("views/<int:pk>/", saved.manage, name="change-view"),
    path("views/<int:pk>/delete/", saved.delete, name="delete-view"),
    path("bulk/", bulk.start, name="bulk"),
    path("bulk/jobs/", bulk.jobs, name="bulk-jobs"),
    path("bulk/jobs/<int:pk>/", bulk.job, name="bulk-job"),
    path("bulk/jobs/<int:pk>/undo/", bulk.undo, name="undo-bulk"),
    path("tags/", beside.known_tags, name="known-tags"),
    path("undo/", beside.undo, name="undo"),
    path("keys/", keys.keys, name="keys"),
    path("drafts/<slug:kind>/", beside.draft, name="draft-new"),
    path("drafts/<slug:kind>/<str:number>/", beside.draft, name="draft"),
    path("prepared/<slug:kind>/", prepared.listing, name="prepared"),
    path("prepared/<slug:kind>/new/", prepared.change, name="new-prepared"),
    path("prepared/<slug:kind>/<int:pk>/", prepared.change, name="change-prepared"),
    path("prepared/<slug:kind>/<int:pk>/delete/", prepared.discard, name="discard-prepared"),
    path("t/<str:number>/", ticket.page, name="ticket"),
    path("t/<str:number>/here/", ticket.here, name="here"),
    path("t/<str:number>/say/", acting.say, name="say"),
    path("t/<str:number>/properties/", acting.properties, name="properties"),
    path("t/<str:number>/priority/", acting.priority, name="priority"),
    path("t/<str:number>/articles/", articles.panel, name="articles"),
    path("t/<str:number>/articles/write-down/", articles.write_down, name="write-down"),
    path("t/<str:number>/articles/<int:pk>/", articles.link, name="link-article"),
    path("t/<str:number>/articles/<int:pk>/remove/", articles.unlink, name="unlink-article"),
    path("t/<str:number>/similar/", similar.to_ticket, name="similar"),
    path("t/<str:number>/reuse/<str:other>/", similar.reuse, name="reuse"),
    path("t/<str:number>/watch/", acting.watch, name="watch"),
    path("t/<str:number>/replies/", beside.replies, name="replies"),
    path("t/<str:number>/wake/", beside.wake, name="wake"),
    path("t/<str:number>/steps/<int:pk>/", beside.step, name="step"),
    path("t/<str:number>/time/<int:pk>/remove/", beside.remove_time, name="remove-time"),
    path("t/<str:number>/links/<int:pk>/remove/", acting.unlink, name="unlink"),
    path("tasks/", tasks.my_tasks, name="tasks"),
    path("t/<str:number>/tasks/<int:pk>/<slug:name>/", tasks.task, name="task"),
    path("t/<str:number>/do/<slug:name>/", acting.transition, name="transition"),
    path("t/<str:number>/more/<slug:name>/", acting.more, name="more"),
]
