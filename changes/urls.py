"""Routes of changes, below /changes/."""

from django.urls import path

from changes.views import records

app_name = "changes"

urlpatterns = [
    path("", records.changes, name="changes"),
    path("new/", records.new, name="new"),
    path("<str:number>/", records.change, name="change"),
    path("<str:number>/edit/", records.edit, name="edit"),
    path("<str:number>/do/<slug:name>/", records.step, name="step"),
]
