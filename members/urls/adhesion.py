"""Addresses of the applicant: requests, their steps, documents and papers."""

from django.urls import path

from members.views import adhesion

urlpatterns = [
    path("", adhesion.request_list, name="requests"),
    path("start/", adhesion.start, name="request-start"),
    path("<uuid:key>/", adhesion.state, name="request"),
    path("<uuid:key>/submit/", adhesion.submit, name="request-submit"),
    path("<uuid:key>/withdraw/", adhesion.withdraw, name="request-withdraw"),
    path("<uuid:key>/discard/", adhesion.discard, name="request-discard"),
    path("<uuid:key>/appeal/", adhesion.appeal, name="request-appeal"),
    path("<uuid:key>/decision/", adhesion.decision, name="request-decision"),
    path("<uuid:key>/form/", adhesion.form_to_sign, name="request-form"),
    path("<uuid:key>/documents/<uuid:document>/", adhesion.document, name="document"),
    path("<uuid:key>/documents/<uuid:document>/remove/", adhesion.remove_document, name="document-remove"),
    path("<uuid:key>/documents/<slug:kind>/add/", adhesion.add_document, name="document-add"),
    path("<uuid:key>/<slug:step>/", adhesion.step, name="request-step"),
]
