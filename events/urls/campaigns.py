"""The office's pages for inviting people to an event."""

from django.urls import path, re_path

from events.views import campaigns

_INVITATIONS = "<int:pk>/invitations/"
_CAMPAIGN = f"{_INVITATIONS}<int:part>/"
_LETTER = r"^(?P<pk>[0-9]{1,9})/invitations/(?P<part>[0-9]{1,9})/letter/(?P<language>ro|en)/$"

urlpatterns = [
    path(_INVITATIONS, campaigns.campaigns, name="manage-campaigns"),
    path(f"{_INVITATIONS}new/", campaigns.new, name="manage-campaign-new"),
    path(_CAMPAIGN, campaigns.campaign, name="manage-campaign"),
    path(f"{_CAMPAIGN}edit/", campaigns.edit, name="manage-campaign-edit"),
    path(f"{_CAMPAIGN}discard/", campaigns.discard, name="manage-campaign-discard"),
    path(f"{_CAMPAIGN}start/", campaigns.start, name="manage-campaign-start"),
    path(f"{_CAMPAIGN}stop/", campaigns.stop, name="manage-campaign-stop"),
    path(f"{_CAMPAIGN}resume/", campaigns.resume, name="manage-campaign-resume"),
    re_path(_LETTER, campaigns.letter, name="manage-campaign-letter"),
]
