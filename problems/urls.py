"""Routes of problems, below /problems/."""

from django.urls import path

from problems.views import records

app_name = "problems"

urlpatterns = [
    path("", records.problems, name="problems"),
    path("new/", records.new, name="new"),
    path("<str:number>/", records.problem, name="problem"),
    path("<str:number>/edit/", records.edit, name="edit"),
    path("<str:number>/do/<slug:name>/", records.step, name="step"),
]
