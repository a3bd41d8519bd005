"""A member's page, what its own people do there, and what was announced to the members."""

from django.urls import include, path, re_path

from members.views import announced, changes, editing, editing_files, editing_parts, found, people, profile, suggestions

_PART = r"^edit/(?P<part>people|offers|needs|certificates)/"

_OF_A_MEMBER = [
    path("", profile.profile, name="profile"),
    path("card.png", found.card, name="card"),
    path("logo/", editing_files.logo, name="logo"),
    path("certificates/<int:pk>/", editing_files.certificate, name="certificate"),
    path("edit/", editing.overview, name="profile-edit"),
    path("edit/logo/", editing_files.edit_logo, name="profile-logo"),
    path("edit/logo/remove/", editing_files.logo_remove, name="profile-logo-remove"),
    re_path(rf"{_PART}$", editing_parts.parts, name="profile-part"),
    re_path(rf"{_PART}add/$", editing_parts.part_add, name="part-add"),
    re_path(r"^edit/(?P<part>offers|needs)/suggest/$", suggestions.suggest, name="word-suggest"),
    re_path(rf"{_PART}(?P<pk>[0-9]{{1,9}})/$", editing_parts.part_edit, name="part-edit"),
    re_path(rf"{_PART}(?P<pk>[0-9]{{1,9}})/remove/$", editing_parts.part_remove, name="part-remove"),
    path("edit/<slug:section>/", editing.section, name="profile-section"),
    path("preview/<slug:audience>/", editing.preview, name="profile-preview"),
    path("people/", people.members_people, name="people"),
    path("people/invite/", people.invite, name="people-invite"),
    path("people/invitations/<int:pk>/revoke/", people.revoke, name="invitation-revoke"),
    path("people/<int:pk>/role/", people.role, name="people-role"),
    path("people/<int:pk>/remove/", people.remove, name="people-remove"),
    path("changes/", changes.changes, name="changes"),
    path("changes/ask/", changes.ask, name="change-ask"),
    path("changes/<uuid:key>/withdraw/", changes.withdraw, name="change-withdraw"),
]

urlpatterns = [
    path("mine/", editing.my_organisation, name="mine"),
    path("announced/", announced.announced_requests, name="announced"),
    path("announced/<uuid:key>/", announced.announced_request, name="announced-request"),
    path("invitations/<slug:token>/", people.invitation, name="invitation"),
    path("invitations/<slug:token>/accept/", people.invitation_accept, name="invitation-accept"),
    path("<slug:slug>/", include(_OF_A_MEMBER)),  # the last one: the words above are no members
]
