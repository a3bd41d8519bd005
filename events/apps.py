"""Seminars, trainings and brokerage days."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Seminars")

    def ready(self) -> None:
        """Listen to what members announce, which needs the models."""
        import_module("events.receivers")
