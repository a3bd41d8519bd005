"""Addresses of the app."""

from django.urls import path

from matchmaking.views import board, matches, searches

app_name = "matchmaking"
urlpatterns = [
    path("", matches.index, name="index"),
    path("opportunities/", board.board, name="opportunities"),
    path("opportunities/export.csv", board.export, name="opportunities-export"),
    path("opportunities/<uuid:key>/", board.opportunity, name="opportunity"),
    path("searches/", searches.searches, name="searches"),
    path("searches/save/", searches.save, name="search-save"),
    path("searches/matches/", searches.digest, name="digest"),
    path("searches/<uuid:key>/", searches.change, name="search"),
    path("searches/<uuid:key>/remove/", searches.remove, name="search-remove"),
]
