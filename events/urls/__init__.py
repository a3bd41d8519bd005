"""Addresses of the app, one file per kind of page."""

from django.urls import include, path

app_name = "events"
urlpatterns = [
    path("manage/", include("events.urls.editing")),
    path("manage/", include("events.urls.day")),
    path("manage/", include("events.urls.campaigns")),
    path("", include("events.urls.visitor")),  # the last one: its <slug>/ would take the others' places
]
