"""The member's own pages: profile, colleagues, official data, what was announced to the members."""

from django.urls import path, re_path

from members.views import announced, changes, editing, editing_files, editing_parts, people

_PART = r"^(?P<slug>[-\w]+)/edit/(?P<part>people|offers|needs|certificates)/"

urlpatterns = [
    path("mine/", editing.my_organisation, name="mine"),
    path("announced/", announced.announced_requests, name="announced"),
    path("announced/<uuid:key>/", announced.announced_request, name="announced-request"),
    path("invitations/<slug:token>/", people.invitation, name="invitation"),
    path("invitations/<slug:token>/accept/", people.invitation_accept, name="invitation-accept"),
    path("<slug:slug>/logo/", editing_files.logo, name="logo"),
    path("<slug:slug>/certificates/<int:pk>/", editing_files.certificate, name="certificate"),
    path("<slug:slug>/edit/", editing.overview, name="profile-edit"),
    path("<slug:slug>/edit/logo/", editing_files.edit_logo, name="profile-logo"),
    path("<slug:slug>/edit/logo/remove/", editing_files.logo_remove, name="profile-logo-remove"),
    re_path(rf"{_PART}$", editing_parts.parts, name="profile-part"),
    re_path(rf"{_PART}add/$", editing_parts.part_add, name="part-add"),
    re_path(rf"{_PART}(?P<pk>[0-9]{{1,9}})/$", editing_parts.part_edit, name="part-edit"),
    re_path(rf"{_PART}(?P<pk>[0-9]{{1,9}})/remove/$", editing_parts.part_remove, name="part-remove"),
    path("<slug:slug>/edit/<slug:section>/", editing.section, name="profile-section"),
    path("<slug:slug>/preview/<slug:audience>/", editing.preview, name="profile-preview"),
    path("<slug:slug>/people/", people.members_people, name="people"),
    path("<slug:slug>/people/invite/", people.invite, name="people-invite"),
    path("<slug:slug>/people/invitations/<int:pk>/revoke/", people.revoke, name="invitation-revoke"),
    path("<slug:slug>/people/<int:pk>/role/", people.role, name="people-role"),
    path("<slug:slug>/people/<int:pk>/remove/", people.remove, name="people-remove"),
    path("<slug:slug>/changes/", changes.changes, name="changes"),
    path("<slug:slug>/changes/ask/", changes.ask, name="change-ask"),
    path("<slug:slug>/changes/<uuid:key>/withdraw/", changes.withdraw, name="change-withdraw"),
]
