"""Routes of the desk, below /desk/."""

from django.urls import path

from portal.desk.views import acting, bulk, new, queue, saved, tasks, ticket

app_name = "desk"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("live/", queue.live, name="live"),
    path("search/", queue.search, name="search"),
    path("new/", new.new, name="new"),
    path("people/", new.people, name="people"),
    path("views/", saved.manage, name="saved"),
    path("views/new/", saved.create, name="save-view"),
    path("views/<int:pk>/", saved.manage, name="change-view"),
    path("views/<int:pk>/delete/", saved.delete, name="delete-view"),
    path("bulk/", bulk.start, name="bulk"),
    path("bulk/jobs/", bulk.jobs, name="bulk-jobs"),
    path("bulk/jobs/<int:pk>/", bulk.job, name="bulk-job"),
    path("t/<str:number>/", ticket.page, name="ticket"),
    path("t/<str:number>/here/", ticket.here, name="here"),
    path("t/<str:number>/say/", acting.say, name="say"),
    path("t/<str:number>/properties/", acting.properties, name="properties"),
    path("t/<str:number>/priority/", acting.priority, name="priority"),
    path("t/<str:number>/watch/", acting.watch, name="watch"),
    path("t/<str:number>/links/<int:pk>/remove/", acting.unlink, name="unlink"),
    path("t/<str:number>/do/<slug:name>/", acting.transition, name="transition"),
    path("t/<str:number>/more/<slug:name>/", acting.more, name="more"),
]
    path("tasks/", tasks.my_tasks, name="tasks"),
    path("t/<str:number>/tasks/<int:pk>/<slug:name>/", tasks.task, name="task"),
