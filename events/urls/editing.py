"""The office's pages for making events."""

from django.urls import path, re_path

from events.views import editing, editing_exchange, editing_files, editing_parts, editing_steps

_EVENT = "<int:pk>/"
_SECTION = r"^(?P<pk>[0-9]{1,9})/(?P<section>texts|place|audience|seats|registration)/$"

urlpatterns = [
    path("", editing.events, name="manage"),
    path("new/", editing.new, name="manage-new"),
    re_path(r"^events\.(?P<form>ics|json|csv)$", editing_exchange.export, name="manage-export"),
    path("import/", editing_exchange.calendar_upload, name="manage-import"),
    path("import/create/", editing_exchange.calendar_create, name="manage-import-create"),
    path("speakers/", editing_parts.speakers, name="manage-speakers"),
    path("speakers/new/", editing_parts.speaker, name="manage-speaker-new"),
    path("speakers/<int:part>/", editing_parts.speaker, name="manage-speaker"),
    path("speakers/<int:part>/remove/", editing_parts.speaker_remove, name="manage-speaker-remove"),
    path(_EVENT, editing.event, name="manage-event"),
    re_path(_SECTION, editing.section, name="manage-section"),
    path(f"{_EVENT}preview/", editing_steps.preview, name="manage-preview"),
    path(f"{_EVENT}publish/", editing_steps.publish, name="manage-publish"),
    path(f"{_EVENT}postpone/", editing_steps.postpone, name="manage-postpone"),
    path(f"{_EVENT}reschedule/", editing_steps.reschedule, name="manage-reschedule"),
    path(f"{_EVENT}cancel/", editing_steps.cancel, name="manage-cancel"),
    path(f"{_EVENT}discard/", editing_steps.discard, name="manage-discard"),
    path(f"{_EVENT}duplicate/", editing_steps.duplicate, name="manage-duplicate"),
    path(f"{_EVENT}invite/", editing_files.invite, name="manage-invite"),
    path(f"{_EVENT}invitees/<int:part>/remove/", editing_files.uninvite, name="manage-uninvite"),
    path(f"{_EVENT}programme/", editing_parts.programme, name="manage-programme"),
    path(f"{_EVENT}programme/import/", editing_exchange.programme_upload, name="manage-programme-import"),
    path(f"{_EVENT}programme/import/create/", editing_exchange.programme_create, name="manage-programme-create"),
    re_path(r"^(?P<pk>[0-9]{1,9})/programme\.(?P<form>xml|json)$", editing_exchange.programme, name="manage-schedule"),
    path(f"{_EVENT}programme/new/", editing_parts.session, name="manage-session-new"),
    path(f"{_EVENT}programme/<int:part>/", editing_parts.session, name="manage-session"),
    path(f"{_EVENT}programme/<int:part>/remove/", editing_parts.session_remove, name="manage-session-remove"),
    path(f"{_EVENT}questions/new/", editing_parts.question, name="manage-question-new"),
    path(f"{_EVENT}questions/<int:part>/", editing_parts.question, name="manage-question"),
    path(f"{_EVENT}questions/<int:part>/remove/", editing_parts.question_remove, name="manage-question-remove"),
    path(f"{_EVENT}materials/", editing_files.materials, name="manage-materials"),
    path(f"{_EVENT}materials/file/", editing_files.add_file, name="manage-file-new"),
    path(f"{_EVENT}materials/link/", editing_files.add_link, name="manage-link-new"),
    path(f"{_EVENT}materials/<int:part>/", editing_files.edit, name="manage-material"),
    path(f"{_EVENT}materials/<int:part>/open/", editing_files.open_file, name="manage-material-open"),
    path(f"{_EVENT}materials/<int:part>/remove/", editing_files.remove, name="manage-material-remove"),
]
