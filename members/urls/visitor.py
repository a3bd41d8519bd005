"""Pages that everybody may open; the pages of single members are in profile.py."""

from django.urls import path

from members.views import directory, home, statute

urlpatterns = [
    path("", home.home, name="home"),
    path("statute/", statute.statute, name="statute"),
    path("members/", directory.directory, name="directory"),
    path("members/export.csv", directory.export, name="directory-export"),
    path("members/join/", statute.join, name="join"),
]
