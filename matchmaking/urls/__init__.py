"""Addresses of the app."""

from django.urls import path

from matchmaking.urls import days
from matchmaking.views import matches

app_name = "matchmaking"
urlpatterns = [
    path("", matches.index, name="index"),
    *days.urlpatterns,
]
