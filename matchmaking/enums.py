"""The words that columns of matchmaking may hold, with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NotInterestedReason(models.TextChoices):
    KNOWN = "known", _("We know each other already")
    UNSUITABLE = "unsuitable", _("It does not fit what we do")
    COMPETITOR = "competitor", _("A competitor")
    LATER = "later", _("Not now")
    OTHER = "other", _("Another reason")


class InterestState(models.TextChoices):
    """`declined` is known to who declined and to the office alone; the other side learns that no answer came."""

    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("interest", "Withdrawn")
    EXPIRED = "expired", _("No answer came")
    ENDED = "ended", _("Ended, because a side left matchmaking")


class Origin(models.TextChoices):
    INTEREST = "interest", _("An interest that was returned")
    OFFICE = "office", _("Proposed by the cluster office")
    CALL = "call", _("An invitation to a consortium")


class StageName(models.TextChoices):
    """How far a side says that the two have come."""

    MET = "met", _("We have met")
    NDA = "nda", _("Non-disclosure agreement")
    PILOT = "pilot", _("Pilot")
    PROJECT = "project", _("Joint project")
    CONTRACT = "contract", _("Contract")
    CLOSED = "closed", _("Closed")


class Answer(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waiting for answers")
    MADE = "made", _("Both said yes")
    REFUSED = "refused", _("A side said no")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Not answered in time")
    ENDED = "ended", _("Ended, because a side left matchmaking")


class Weight(models.IntegerChoices):
    """How important a need is."""

    SHOULD = 1, _("Should")
    MUST = 2, _("Must")


class LetterRhythm(models.TextChoices):
    """When a saved search writes."""

    NONE = "none", _("No letters")
    INSTANT = "instant", _("At once")
    WEEKLY = "weekly", _("Once a week")


class DigestRhythm(models.TextChoices):
    """When new matches are told."""

    NONE = "none", _("No letters")
    WEEKLY = "weekly", _("Once a week")


class CallState(models.TextChoices):
    OPEN = "open", pgettext_lazy("call", "Open")
    CLOSED = "closed", pgettext_lazy("call", "Closed")


class InvitationState(models.TextChoices):
    """Steps of an invitation to a consortium; the lead reads each of them, but never why."""

    INVITED = "invited", _("Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Taken back")
    EXPIRED = "expired", _("No answer came")
    ENDED = "ended", _("Ended, because a side left matchmaking")


class DayState(models.TextChoices):
    PREPARED = "prepared", _("Being prepared")
    WISHES = "wishes", _("Wishes are open")
    PLANNED = "planned", _("The timetable is being reviewed")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class WishAnswer(models.TextChoices):
    MUST = "must", _("Must meet")
    LIKE = "like", _("Would like to meet")
    NO = "no", _("No, thank you")


class MeetingState(models.TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    CONFIRMED = "confirmed", _("Confirmed")
