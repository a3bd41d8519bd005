"""Addresses of the app."""

from django.urls import path

from matchmaking.views import calls, invitations, matches

app_name = "matchmaking"
urlpatterns = [path("", matches.index, name="index")]
urlpatterns += [
    path("calls/", calls.index, name="calls"),
    path("calls/new/", calls.new, name="call-new"),
    path("calls/invitations/<uuid:key>/", invitations.invitation, name="call-invitation"),
    path("calls/invitations/<uuid:key>/answer/", invitations.answer, name="call-answer"),
    path("calls/<uuid:key>/", calls.call, name="call"),
    path("calls/<uuid:key>/change/", calls.edit, name="call-edit"),
    path("calls/<uuid:key>/close/", calls.close, name="call-close"),
    path("calls/<uuid:key>/invite/", invitations.invite, name="call-invite"),
    path("calls/<uuid:key>/invitations/<int:pk>/withdraw/", invitations.withdraw, name="call-withdraw"),
]
