"""The applicant's pages: the list of requests, the steps, the documents, what becomes of a request."""

from members.views.adhesion.documents import add_document, document, remove_document
from members.views.adhesion.papers import decision, form_to_sign
from members.views.adhesion.requests import request_list, start, state
from members.views.adhesion.sending import appeal, discard, submit, withdraw
from members.views.adhesion.steps import step

__all__ = [
    "add_document",
    "appeal",
    "decision",
    "discard",
    "document",
    "form_to_sign",
    "remove_document",
    "request_list",
    "start",
    "state",
    "step",
    "submit",
    "withdraw",
]
