"""Civil and defence members brought together."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchmakingConfig(AppConfig):
    name = "matchmaking"
    verbose_name = _("Matchmaking")

    def ready(self) -> None:
        """Listen to what members announce, and teach the trail the sentences of this app; both need the models."""
        import_module("matchmaking.receivers")
        import_module("matchmaking.wording")
