"""Addresses of membership, one file per kind of page."""

from django.urls import include, path

app_name = "members"
urlpatterns = [
    path("", include("members.urls.visitor")),
    path("members/requests/", include("members.urls.adhesion")),
    path("members/vocabulary/", include("members.urls.vocabulary")),
    path("members/", include("members.urls.profile")),  # the last one: its <slug>/ would take the others' places
]
