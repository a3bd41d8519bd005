"""Addresses of visitors, members and guests: lists, calendars, one event, one's own registrations."""

from django.urls import path

from events.views import event, feeds, found, lists, own, registering, seat

_OWN = "registrations/<uuid:key>/"
_HELD = "registrations/by-key/<slug:token>/"

urlpatterns = [
    path("", lists.index, name="index"),
    path("archive/", lists.archive, name="archive"),
    path("month/", lists.this_month, name="this-month"),
    path("month/<int:year>/<int:number>/", lists.month, name="month"),
    path("feed.ics", feeds.public, name="feed"),
    path("feed/<slug:code>.ics", feeds.tagged, name="feed-tag"),
    path("news.atom", feeds.news, name="news"),
    path("calendars/", feeds.calendars, name="calendars"),
    path("calendars/make/", feeds.make, name="calendar-make"),
    path("calendars/<int:pk>/revoke/", feeds.revoke, name="calendar-revoke"),
    path("calendars/<slug:token>.ics", feeds.private, name="calendar"),
    path("mine/", own.mine, name="mine"),
    path("certificates/", own.check, name="certificate-check"),
    path("certificates/<slug:code>/", own.verify, name="certificate"),
    path("materials/<uuid:key>/", event.material, name="material"),
    path(_OWN, seat.own_registration, name="registration"),
    path(f"{_OWN}entry.ics", seat.own_entry, name="registration-entry"),
    path(f"{_OWN}answers/", seat.own_answers, name="registration-answers"),
    path(f"{_OWN}cancel/", seat.own_cancel, name="registration-cancel"),
    path(f"{_OWN}accept/", seat.own_accept, name="registration-accept"),
    path(f"{_OWN}refuse/", seat.own_refuse, name="registration-refuse"),
    path(f"{_OWN}feedback/", seat.own_feedback, name="registration-feedback"),
    path(f"{_OWN}certificate/", seat.own_certificate, name="registration-certificate"),
    path(_HELD, seat.held_registration, name="held-registration"),
    path(f"{_HELD}confirm/", seat.confirm, name="held-confirm"),
    path(f"{_HELD}entry.ics", seat.held_entry, name="held-entry"),
    path(f"{_HELD}answers/", seat.held_answers, name="held-answers"),
    path(f"{_HELD}cancel/", seat.held_cancel, name="held-cancel"),
    path(f"{_HELD}accept/", seat.held_accept, name="held-accept"),
    path(f"{_HELD}refuse/", seat.held_refuse, name="held-refuse"),
    path(f"{_HELD}feedback/", seat.held_feedback, name="held-feedback"),
    path(f"{_HELD}certificate/", seat.held_certificate, name="held-certificate"),
    path(f"{_HELD}materials/<uuid:material>/", seat.held_material, name="held-material"),
    path("<slug:slug>/", event.event, name="event"),
    path("<slug:slug>/card.png", found.card, name="card"),
    path("<slug:slug>/event.ics", event.entry, name="event-entry"),
    path("<slug:slug>/register/", registering.oneself, name="register"),
    path("<slug:slug>/colleagues/", registering.colleagues, name="register-colleagues"),
    path("<slug:slug>/guest/", registering.guest, name="register-guest"),
]
