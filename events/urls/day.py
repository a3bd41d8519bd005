"""The office's pages around registrations, the day itself, and what follows it."""

from django.urls import path, re_path

from events.views import day_afterwards, day_figures, day_papers, day_registrations, day_waiting, door

_EVENT = "<int:pk>/"
_REGISTRATIONS = f"{_EVENT}registrations/"

urlpatterns = [
    path("figures/", day_figures.figures, name="manage-figures"),
    path("figures.csv", day_figures.table, name="manage-figures-table"),
    path("trainings/", day_afterwards.trainings, name="manage-trainings"),
    path(_REGISTRATIONS, day_registrations.registrations, name="manage-registrations"),
    path(f"{_REGISTRATIONS}approve/", day_registrations.approve, name="manage-approve"),
    path(f"{_REGISTRATIONS}add/", day_registrations.add, name="manage-registrations-add"),
    path(f"{_REGISTRATIONS}<int:part>/decline/", day_registrations.decline, name="manage-registration-decline"),
    path(f"{_REGISTRATIONS}<int:part>/cancel/", day_registrations.cancel, name="manage-registration-cancel"),
    re_path(r"^(?P<pk>[0-9]{1,9})/registrations\.(?P<form>csv|xlsx)$", day_papers.table, name="manage-attendance"),
    path(f"{_EVENT}attendance.pdf", day_papers.sheet, name="manage-attendance-sheet"),
    path(f"{_EVENT}badges/", day_papers.badges_page, name="manage-badges"),
    path(f"{_EVENT}waiting/", day_waiting.waiting, name="manage-waiting"),
    path(f"{_EVENT}waiting/offer/", day_waiting.offer, name="manage-waiting-offer"),
    path(f"{_EVENT}door/", door.page, name="manage-door"),
    path(f"{_EVENT}door/arrived/", door.check_in, name="manage-door-arrived"),
    path(f"{_EVENT}door/undo/", door.undo, name="manage-door-undo"),
    path(f"{_EVENT}door/walk-in/", door.walk_in, name="manage-door-walk-in"),
    path(f"{_EVENT}certificates/", day_afterwards.certificates, name="manage-certificates"),
    path(f"{_EVENT}certificates/issue/", day_afterwards.issue, name="manage-certificates-issue"),
    path(f"{_EVENT}certificates/<int:part>.pdf", day_afterwards.certificate_file, name="manage-certificate"),
    path(f"{_EVENT}feedback/", day_afterwards.feedback, name="manage-feedback"),
]
