"""Brokerage days: a participant's pages, and the office's."""

from django.urls import path

from matchmaking.views import day_board, day_desk, days

_PART = "days/part/<int:pk>/"
_MANAGE = "days/manage/<int:pk>/"

urlpatterns = [
    path("days/", days.index, name="days"),
    path("days/new/", day_desk.new, name="day-new"),
    path("days/<uuid:key>/", days.door, name="day"),
    path(_PART, days.part, name="day-part"),
    path(f"{_PART}wishes/", days.wishes, name="day-wishes"),
    path(f"{_PART}hours/", days.hours, name="day-hours"),
    path(f"{_PART}timetable/", days.timetable, name="day-timetable"),
    path(f"{_PART}meetings.ics", days.calendar, name="day-calendar"),
    path(f"{_PART}leave/", days.leave, name="day-leave"),
    path(_MANAGE, day_desk.manage, name="day-manage"),
    path(f"{_MANAGE}edit/", day_desk.edit, name="day-edit"),
    path(f"{_MANAGE}participants/", day_desk.participants, name="day-participants"),
    path(f"{_MANAGE}from-event/", day_desk.from_event, name="day-from-event"),
    path(f"{_MANAGE}open/", day_desk.open_for_wishes, name="day-open"),
    path(f"{_MANAGE}close/", day_desk.close, name="day-close"),
    path(f"{_MANAGE}plan/", day_desk.plan, name="day-plan"),
    path(f"{_MANAGE}publish/", day_desk.publish, name="day-publish"),
    path(f"{_MANAGE}cancel/", day_desk.cancel, name="day-cancel"),
    path(f"{_MANAGE}discard/", day_desk.discard, name="day-discard"),
    path(f"{_MANAGE}timetable/", day_board.board_page, name="day-board"),
    path(f"{_MANAGE}timetable.csv", day_board.table, name="day-board-table"),
    path(f"{_MANAGE}lock/", day_board.lock, name="day-lock"),
    path(f"{_MANAGE}meeting/new/", day_board.new, name="day-meeting-new"),
    path(f"{_MANAGE}meeting/<int:part>/", day_board.meeting, name="day-meeting"),
    path(f"{_MANAGE}meeting/<int:part>/remove/", day_board.remove, name="day-meeting-remove"),
]
