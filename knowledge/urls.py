"""Routes of the knowledge base, below /articles/: reading, and writing below /articles/desk/."""

from django.urls import path

from knowledge.views import follow_ups, keeping, learning, paths, reading, writing

app_name = "knowledge"

urlpatterns = [
    path("", reading.article_list, name="articles"),
    path("suggest/", reading.suggestions, name="suggest"),
    path("<int:pk>/", reading.article_page, name="article"),
    path("<int:pk>/feedback/", reading.feedback, name="feedback"),
    path("files/<int:pk>/", reading.file, name="file"),
    path("files/<int:pk>/picture/", reading.picture, name="picture"),
    path("files/<int:pk>/remove/", writing.remove_file, name="remove-file"),
    path("paths/", learning.own, name="own-paths"),
    path("paths/<int:pk>/", learning.path, name="path"),
    path("paths/<int:pk>/begin/", learning.begin, name="begin-path"),
    path("paths/<int:pk>/quiz/", learning.final, name="path-quiz"),
    path("paths/<int:pk>/steps/<int:step>/", learning.step, name="path-step"),
    path("certificates/<str:code>/", learning.certificate, name="certificate"),
    path("desk/paths/", paths.listing, name="paths"),
    path("desk/paths/new/", paths.new, name="new-path"),
    path("desk/paths/progress/", paths.progress, name="progress"),
    path("desk/paths/<int:pk>/", paths.page, name="keep-path"),
    path("desk/paths/<int:pk>/edit/", paths.edit, name="edit-path"),
    path("desk/paths/<int:pk>/give/", paths.give, name="give-path"),
    path("desk/paths/<int:pk>/steps/", paths.step, name="new-step"),
    path("desk/paths/<int:pk>/steps/<int:step>/", paths.step, name="edit-step"),
    path("desk/paths/<int:pk>/steps/<int:step>/<slug:act>/", paths.arrange, name="arrange-step"),
    path("desk/paths/<int:pk>/questions/", paths.question, name="new-question"),
    path("desk/paths/<int:pk>/questions/<int:question>/", paths.question, name="edit-question"),
    path("desk/paths/<int:pk>/questions/<int:question>/remove/", paths.remove_question, name="remove-question"),
    path("desk/learning/<int:pk>/try/", paths.allow_try, name="allow-try"),
    path("desk/", keeping.worklist, name="worklist"),
    path("desk/new/", writing.new, name="new"),
    path("desk/matches/", keeping.matches, name="matches"),
    path("desk/helped/", keeping.helped, name="helped"),
    path("desk/follow-ups/", follow_ups.listing, name="follow-ups"),
    path("desk/follow-ups/<int:pk>/", follow_ups.answer, name="follow-up"),
    path("desk/<int:pk>/", keeping.keep, name="keep"),
    path("desk/<int:pk>/about/", writing.about, name="about"),
    path("desk/<int:pk>/files/", writing.add_files, name="add-files"),
    path("desk/<int:pk>/begin/<slug:language>/", writing.revise, name="revise"),
    path("desk/versions/<int:pk>/edit/", writing.edit, name="edit"),
    path("desk/versions/<int:pk>/preview/", writing.preview, name="preview"),
    path("desk/versions/<int:pk>/compare/", keeping.compare, name="compare"),
    path("desk/versions/<int:pk>/<slug:name>/", writing.step, name="step"),
]
