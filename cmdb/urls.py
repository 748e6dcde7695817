"""Routes of the configuration database, below /cmdb/."""

from django.urls import path

from cmdb.views import audits, campaigns, editing, graph, health, importing, listing, picking, shaping, sources

app_name = "cmdb"

urlpatterns = [
    path("", listing.items, name="items"),
    path("new/", editing.new, name="new"),
    path("health/", health.board, name="health"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="new-campaign"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/close/", campaigns.close, name="close-campaign"),
    path("audits/", audits.audits, name="audits"),
    path("audits/new/", audits.new, name="new-audit"),
    path("audits/<int:pk>/", audits.audit, name="audit"),
    path("audits/records/<int:pk>/", audits.check, name="check-record"),
    path("find/", listing.find, name="find"),
    path("find/items/", picking.find, name="find-items"),
    path("import/", importing.runs, name="imports"),
    path("import/new/", importing.new, name="new-import"),
    path("import/sources/", sources.sources, name="sources"),
    path("import/sources/new/", sources.new, name="new-source"),
    path("import/sources/<slug:slug>/", sources.source, name="source"),
    path("import/sources/<slug:slug>/token/", sources.token, name="source-token"),
    path("import/<int:pk>/", importing.run, name="import"),
    path("import/<int:pk>/columns/", importing.columns, name="import-columns"),
    path("import/<int:pk>/lines.csv", importing.lines, name="import-lines"),
    path("import/<int:pk>/<slug:name>/", importing.act, name="act-on-import"),
    path("<int:pk>/", listing.item, name="item"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/graph/", graph.graph, name="graph"),
    path("<int:pk>/relate/", editing.relate, name="relate"),
    path("<int:pk>/trust/<slug:name>/", editing.trust, name="trust"),
    path("<int:pk>/baseline/", editing.baseline, name="take-baseline"),
    path("<int:pk>/document/", editing.document, name="document"),
    path("<int:pk>/step/<slug:name>/", editing.step, name="step"),
    path("relations/<int:pk>/remove/", editing.unrelate, name="unrelate"),
    path("baselines/<int:pk>/", listing.baseline, name="baseline"),
    path("classes/", shaping.classes, name="classes"),
    path("classes/new/", shaping.new_class, name="new-class"),
    path("classes/<slug:slug>/", shaping.item_class, name="class"),
    path("classes/<slug:slug>/attribute/", shaping.add_attribute, name="add-attribute"),
    path("attributes/<int:pk>/", shaping.attribute, name="attribute"),
    path("attributes/<int:pk>/remove/", shaping.remove_attribute, name="remove-attribute"),
    path("verbs/", shaping.verbs, name="verbs"),
    path("verbs/new/", shaping.new_verb, name="new-verb"),
    path("verbs/<slug:slug>/", shaping.verb, name="verb"),
]
