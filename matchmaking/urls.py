"""Addresses of the app."""

from django.urls import path

from matchmaking.views import asides, board, interests, introductions, matches, office, proposals, searches

app_name = "matchmaking"
urlpatterns = [
    path("", matches.index, name="index"),
    path("improve/", matches.improve, name="improve"),
    path("of/<slug:slug>/seen/", matches.seen, name="seen"),
    path("of/<slug:slug>/with/<slug:partner>/", asides.match, name="match"),
    path("of/<slug:slug>/with/<slug:partner>/interest/", interests.express, name="express"),
    path("of/<slug:slug>/with/<slug:partner>/aside/", asides.aside, name="aside"),
    path("asides/", asides.asides, name="asides"),
    path("of/<slug:slug>/asides/<int:pk>/back/", asides.back, name="aside-back"),
    path("interests/", interests.interests, name="interests"),
    path("interests/<uuid:key>/", interests.interest, name="interest"),
    path("interests/<uuid:key>/accept/", interests.accept, name="interest-accept"),
    path("interests/<uuid:key>/decline/", interests.decline, name="interest-decline"),
    path("interests/<uuid:key>/withdraw/", interests.withdraw, name="interest-withdraw"),
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/<uuid:key>/", introductions.introduction, name="introduction"),
    path("introductions/<uuid:key>/stage/", introductions.stage, name="introduction-stage"),
    path("introductions/<uuid:key>/confirm/", introductions.confirm, name="introduction-confirm"),
    path("introductions/<uuid:key>/hide/", introductions.hide, name="introduction-hide"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:key>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:key>/accept/", proposals.accept, name="proposal-accept"),
    path("proposals/<uuid:key>/decline/", proposals.decline, name="proposal-decline"),
    path("office/", office.proposals, name="office"),
    path("office/pairs/", office.pairs, name="office-pairs"),
    path("office/<slug:slug>/with/<slug:partner>/", office.make, name="office-propose"),
    path("office/proposals/<uuid:key>/withdraw/", office.withdraw, name="office-withdraw"),
    path("opportunities/", board.board, name="opportunities"),
    path("opportunities/export.csv", board.export, name="opportunities-export"),
    path("opportunities/<uuid:key>/", board.opportunity, name="opportunity"),
    path("searches/", searches.searches, name="searches"),
    path("searches/save/", searches.save, name="search-save"),
    path("searches/matches/", searches.digest, name="digest"),
    path("searches/<uuid:key>/", searches.change, name="search"),
    path("searches/<uuid:key>/remove/", searches.remove, name="search-remove"),
]
