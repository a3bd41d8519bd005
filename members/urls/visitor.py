"""Pages that everybody may open."""

from django.urls import path

from members.views import directory, home, profile, statute

urlpatterns = [
    path("", home.home, name="home"),
    path("statute/", statute.statute, name="statute"),
    path("members/", directory.directory, name="directory"),
    path("members/export.csv", directory.export, name="directory-export"),
    path("members/join/", statute.join, name="join"),
    path("members/<slug:slug>/", profile.profile, name="profile"),
]
