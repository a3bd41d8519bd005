"""`manage.py seed_demo`: invented organisations, people and requests for a demonstration, once."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from cluster_portal.common.demonstration import PASSWORD, SIGN_INS
from cluster_portal.demonstration.seeding import seed


class Command(BaseCommand):
    help = "Fill an empty demonstration portal (DEMO=1) with invented data. Does nothing when anything is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This portal is no demonstration (DEMO is off): nothing was written.")
        began = time.monotonic()
        loud = bool(options["verbosity"])
        if seed(self.stdout.write if loud else lambda _text: None) and loud:
            self.stdout.write(f"Done in {time.monotonic() - began:.1f} s. Sign in with the password {PASSWORD} as:")
            with translation.override("en"):
                for one in SIGN_INS:
                    self.stdout.write(f"  {one.email:32} {one.role}")
