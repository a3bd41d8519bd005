"""Addresses of membership, one file per kind of page."""

from django.urls import include, path

app_name = "members"
urlpatterns = [
    path("members/requests/", include("members.urls.adhesion")),
    path("members/", include("members.urls.profile")),
    path("", include("members.urls.visitor")),  # the last one: its members/<slug>/ would take the others' places
]
