"""Management of the catalogue, for managers and administrators."""

from django.urls import path

from catalog.views import building, exchanging, items, plans

app_name = "catalog"

urlpatterns = [
    path("", items.item_list, name="items"),
    path("new/", items.item, name="new-item"),
    path("categories/new/", items.category, name="new-category"),
    path("categories/<slug:slug>/", items.category, name="category"),
    path("export/", exchanging.export, name="export"),
    path("import/", exchanging.import_page, name="import"),
    path("items/<slug:slug>/", items.item, name="item"),
    path("items/<slug:slug>/form/", building.builder, name="builder"),
    path("items/<slug:slug>/form/publish/", building.publish, name="publish"),
    path("items/<slug:slug>/route/", plans.route, name="route"),
    path("items/<slug:slug>/tasks/", plans.tasks, name="tasks"),
]
