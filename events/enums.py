"""The words that columns of events may hold, with their labels; the values are those of `events.rules`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    SEMINAR = "seminar", _("Seminar")
    TRAINING = "training", _("Training")
    BROKERAGE = "brokerage", _("Brokerage day")
    ASSEMBLY = "assembly", _("General assembly")
    WORKING_GROUP = "working_group", _("Meeting of a working group")


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class Spoken(models.TextChoices):
    """Languages that are spoken at an event."""

    RO = "ro", _("Romanian")
    EN = "en", _("English")
    FR = "fr", _("French")
    DE = "de", _("German")
    HU = "hu", _("Hungarian")
    UK = "uk", _("Ukrainian")


class EventAudience(models.TextChoices):
    """Who may see an event, and register for it."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    ROLES = "roles", _("Members of chosen helix roles")
    SIDES = "sides", _("Members of chosen sides")
    TAGS = "tags", _("Members with chosen capabilities")
    INVITED = "invited", _("By invitation only")


class ListOrder(models.TextChoices):
    """By what rule a place that comes free is offered."""

    FIRST_COME = "first_come", _("In the order of registration")
    MEMBERS_FIRST = "members_first", _("Members first, then in the order of registration")
    QUOTA_FIRST = "quota_first", _("Those with a quota first, then in the order of registration")


class RegistrationState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Address not confirmed yet")
    ASKED = "asked", _("Waiting for approval")
    CONFIRMED = "confirmed", _("Confirmed")
    LISTED = "listed", _("On the waiting list")
    OFFERED = "offered", _("Place offered")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
    LAPSED = "lapsed", _("Lapsed")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Text")
    CHOICE = "choice", _("One of several answers")
    YES_NO = "yes_no", _("Yes or no")


class MaterialAccess(models.TextChoices):
    PUBLIC = "public", _("Whoever sees the event")
    REGISTERED = "registered", _("Registered participants")


class NoticeKind(models.TextChoices):
    WEEK = "week", _("Reminder a week before")
    DAY = "day", _("Reminder a day before")
    THANKS = "thanks", _("Thanks afterwards")
    RECERTIFICATION = "recertification", _("Reminder to renew a training")


class NoticeOutcome(models.TextChoices):
    SENT = "sent", _("Sent")
    LATE = "late", _("Not sent: its time had passed")


class CircularKind(models.TextChoices):
    """What everybody who is registered is told of an event."""

    CHANGED = "changed", _("What has changed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class FeedScope(models.TextChoices):
    MINE = "mine", _("My registrations")
    VISIBLE = "visible", _("Every event that I may see")


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENDING = "sending", _("Being sent")
    STOPPED = "stopped", _("Stopped")
    FINISHED = "finished", _("Finished")


class StopReason(models.TextChoices):
    PERSON = "person", _("the office stopped it")
    POSTPONED = "postponed", _("the event was postponed")
    CANCELLED = "cancelled", _("the event was cancelled")
    CLOSED = "closed", _("registration is over")
    RESTORED = "restored", _("the portal was restored from a backup; some letters may have been sent since")


class RecipientState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Letter written")
    LEFT_OUT = "left_out", _("Left out")


class LeftOut(models.TextChoices):
    """Why somebody of the audience of a campaign gets no letter."""

    REGISTERED = "registered", _("registered already")
    INVITED = "invited", _("invited already")
    NO_RIGHT = "no_right", _("may not register for this event")
    REFUSED = "refused", _("refused such letters")
    BOUNCED = "bounced", _("the address refuses letters")
