"""Routes of the knowledge base, below /articles/: reading, and writing below /articles/desk/."""

from django.urls import path

from knowledge.views import keeping, reading, writing

app_name = "knowledge"

urlpatterns = [
    path("", reading.article_list, name="articles"),
    path("suggest/", reading.suggestions, name="suggest"),
    path("<int:pk>/", reading.article_page, name="article"),
    path("<int:pk>/feedback/", reading.feedback, name="feedback"),
    path("files/<int:pk>/", reading.file, name="file"),
    path("files/<int:pk>/picture/", reading.picture, name="picture"),
    path("files/<int:pk>/remove/", writing.remove_file, name="remove-file"),
    path("desk/", keeping.worklist, name="worklist"),
    path("desk/new/", writing.new, name="new"),
    path("desk/matches/", keeping.matches, name="matches"),
    path("desk/helped/", keeping.helped, name="helped"),
    path("desk/<int:pk>/", keeping.keep, name="keep"),
    path("desk/<int:pk>/about/", writing.about, name="about"),
    path("desk/<int:pk>/files/", writing.add_files, name="add-files"),
    path("desk/<int:pk>/begin/<slug:language>/", writing.revise, name="revise"),
    path("desk/versions/<int:pk>/edit/", writing.edit, name="edit"),
    path("desk/versions/<int:pk>/preview/", writing.preview, name="preview"),
    path("desk/versions/<int:pk>/compare/", keeping.compare, name="compare"),
    path("desk/versions/<int:pk>/<slug:name>/", writing.step, name="step"),
]
