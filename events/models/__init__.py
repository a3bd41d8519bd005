"""Tables of events."""

from events.models.afterwards import AttendanceCertificate, Feedback, FeedbackReceipt, TrainingRecord
from events.models.calendars import FeedToken
from events.models.campaign import Campaign, Recipient
from events.models.circulars import Circular
from events.models.event import Event, Invitee, Quota
from events.models.notices import Notice
from events.models.programme import Material, Session, Speaker, Talk
from events.models.registration import Answer, Question, Registration, RegistrationStep, ScanReceipt

__all__ = [
    "Answer",
    "AttendanceCertificate",
    "Campaign",
    "Circular",
    "Event",
    "FeedToken",
    "Feedback",
    "FeedbackReceipt",
    "Invitee",
    "Material",
    "Notice",
    "Question",
    "Quota",
    "Recipient",
    "Registration",
    "RegistrationStep",
    "ScanReceipt",
    "Session",
    "Speaker",
    "Talk",
    "TrainingRecord",
]
