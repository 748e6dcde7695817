"""Routes of problems, below /problems/."""

from django.urls import path

from problems.views import (
    acting,
    analysis,
    analysis_history,
    analysis_templates,
    causes,
    figures,
    gaps,
    proposals,
    records,
    recurrence_rules,
)

app_name = "problems"

urlpatterns = [
    path("", records.problems, name="problems"),
    path("new/", records.new, name="new"),
    path("gaps/", gaps.missing_articles, name="missing-articles"),
    path("known-errors/", records.known_errors, name="known-errors"),
    path("figures/", figures.overview, name="figures"),
    path("figures/<slug:key>/", figures.rows, name="figure"),
    path("fitting/", acting.fitting, name="fitting"),
    path("behind/<str:number>/", acting.beside, name="beside"),
    path("behind/<str:number>/link/", acting.link, name="link"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/accept/", proposals.accept, name="accept-proposal"),
    path("proposals/<int:pk>/merge/", proposals.merge, name="merge-proposal"),
    path("proposals/<int:pk>/dismiss/", proposals.dismiss, name="dismiss-proposal"),
    path("recurrence/", recurrence_rules.recurrence_rules, name="recurrence-rules"),
    path("recurrence/new/", recurrence_rules.recurrence_rule, name="new-recurrence-rule"),
    path("recurrence/<int:pk>/", recurrence_rules.recurrence_rule, name="recurrence-rule"),
    path("analysis-templates/", analysis_templates.templates, name="analysis-templates"),
    path("analysis-templates/new/", analysis_templates.edit, name="new-analysis-template"),
    path("analysis-templates/<int:pk>/", analysis_templates.edit, name="edit-analysis-template"),
    path("<str:number>/", records.problem, name="problem"),
    path("<str:number>/edit/", records.edit, name="edit"),
    path("<str:number>/analyses/", analysis.analyses, name="analyses"),
    path("<str:number>/analyses/import/", analysis.bring_in, name="import-analysis"),
    path("<str:number>/analyses/<int:pk>/", analysis.analysis, name="analysis"),
    path("<str:number>/analyses/<int:pk>/history/", analysis_history.history, name="analysis-history"),
    path("<str:number>/analyses/<int:pk>/remove/", analysis_history.remove, name="remove-analysis"),
    path("<str:number>/analyses/<int:pk>/restore/", analysis_history.restore, name="restore-analysis"),
    path("<str:number>/analyses/<int:pk>/export/<slug:kind>/", analysis.export, name="export-analysis"),
    path("<str:number>/analyses/<int:pk>/causes/<slug:node>/", causes.cause, name="cause"),
    path("<str:number>/incidents/", acting.add_incident, name="add-incident"),
    path("<str:number>/changes/", acting.add_change, name="add-change"),
    path("<str:number>/duplicate/", acting.duplicate, name="duplicate"),
    path("<str:number>/risk/", acting.accept_risk, name="accept-risk"),
    path("<str:number>/publish/", acting.publish, name="publish"),
    path("<str:number>/tasks/new/", acting.add_task, name="add-task"),
    path("<str:number>/tasks/<int:pk>/", records.task, name="task"),
    path("<str:number>/do/<slug:name>/", records.step, name="step"),
]
