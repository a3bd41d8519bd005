"""The programme of an event: its sessions, who speaks, and what they leave behind."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import one_of
from events.enums import MaterialAccess
from events.models.event import Event
from members.models import Organisation
from members.models.texts import InTwoLanguages, Titled


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Session(Titled, models.Model):
    """A part of the agenda."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    title_ro = models.CharField(_("title in Romanian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_ro = models.TextField(_("summary in Romanian"), max_length=2000, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=2000, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.CharField(_("room"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("starts_at", "room", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Speaker(InTwoLanguages, models.Model):
    """Somebody who speaks at events; the same person may come again."""

    full_name = models.CharField(_("full name"), max_length=150)
    post_ro = models.CharField(_("post in Romanian"), max_length=160, blank=True)
    post_en = models.CharField(_("post in English"), max_length=160, blank=True)
    biography_ro = models.TextField(_("biography in Romanian"), max_length=2000, blank=True)
    biography_en = models.TextField(_("biography in English"), max_length=2000, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="speakers", verbose_name=_("member")
    )
    organisation_name = models.CharField(_("organisation, if no member"), max_length=200, blank=True)
    demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ("full_name", "id")

    def __str__(self) -> str:
        return self.full_name

    @property
    def post(self) -> str:
        return self.in_language("post")

    @property
    def biography(self) -> str:
        return self.in_language("biography")

    @property
    def comes_from(self) -> str:
        """The organisation, as it is named."""
        if self.organisation is not None:
            return self.organisation.short_name or self.organisation.legal_name
        return self.organisation_name


class Talk(models.Model):
    """A speaker in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="talks")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="talks", verbose_name=_("speaker"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("speaker of a session")
        verbose_name_plural = _("speakers of a session")
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("session", "speaker"), name="a_speaker_is_in_a_session_once"),)

    def __str__(self) -> str:
        return f"{self.speaker}, {self.session}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Material(InTwoLanguages, models.Model):
    """Slides, a recording, a paper: a file of ours or a safe link to elsewhere.

    It keeps its speaker and its session: neither can be removed while it is there.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="materials")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("speaker")
    )
    title_ro = models.CharField(_("title in Romanian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to="materials/", max_length=200, blank=True)
    original_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    link = models.URLField(_("link"), blank=True)
    access = models.CharField(
        _("who may open it"), max_length=10, choices=MaterialAccess, default=MaterialAccess.REGISTERED
    )
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("event", "position", "id")
        constraints = (
            one_of("access", MaterialAccess.values, "a_material_is_for_a_known_circle"),
            models.CheckConstraint(
                condition=(~Q(file="") & Q(link="")) | (Q(file="") & ~Q(link="")),
                name="a_material_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="a_material_is_linked_safely"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.in_language("title")
