"""Modules that are read when they are first used: what few pages need does not weigh on every web process.

Passkeys, pictures and the queue bring libraries of some thirty megabytes. A module named here is imported as always,
at the top of the file, as a module (`from package import module`); its first use reads it.
"""

import sys
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

POSTPONED = (
    "allauth.mfa.webauthn.internal.auth",  # fido2 and cryptography: who signs in by a passkey
    "cluster_portal.common.broker",  # celery, kombu and redis: who writes a letter, and the health page
    "cluster_portal.common.uploads.image",  # pillow: who uploads a picture
    "events.papers.tables",  # openpyxl: who takes a list of registrations as a workbook
    "members.papers.workbooks",  # openpyxl: who takes figures of matchmaking as a workbook
)


class Later(ModuleType):
    """Stands for a module until something of it is asked for, and hands on to it from then on."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # questions of the import system: no use of the module
            raise AttributeError(name)
        return getattr(read(self), name)


_reading = RLock()  # several threads may be the first


def read(stand_in: ModuleType) -> ModuleType:
    """The module itself, imported by the first who asks; when that fails the next one tries again."""
    name = stand_in.__name__
    with _reading:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
            try:
                import_module(name)
            except BaseException:
                sys.modules[name] = stand_in
                raise
        return sys.modules[name]


def postpone(*names: str) -> None:
    """Put stand-ins in place of the modules that were not read yet."""
    for name in names:
        sys.modules.setdefault(name, Later(name))
