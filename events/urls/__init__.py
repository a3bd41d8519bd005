"""Addresses of the app, one module a part."""

from django.urls import include, path

from events.views import index

app_name = "events"
urlpatterns = [
    path("", index.index, name="index"),
    path("manage/", include("events.urls.day")),
]
