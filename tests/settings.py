"""Settings of the tests: embedded servers of their own, shared by all runs here, a database for each worker."""

import os
import zlib
from pathlib import Path

from cluster_portal.embedded import Embedded

CONFIGURED = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "PRESET", "DEBUG", "DEMO", "SECRET_KEY", "PROXIES")
for name in CONFIGURED:  # a configured portal is never touched by tests
    os.environ.pop(name, None)
    os.environ.pop(f"{name}_FILE", None)

# Names of their own for every run and every worker of it; the servers that a test starts inherit them.
RUN = os.environ.setdefault("PORTAL_TEST_RUN", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SERVERS = Embedded(Path(__file__).resolve().parent.parent / ".portal" / "tests", fast=True)
os.environ["DATA_DIR"] = str(SERVERS.folder)
os.environ["LANGUAGE_CODE"] = "en"
os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL", "WARNING")
os.environ["REDIS_URL"] = SERVERS.valkey.url(zlib.crc32(f"{RUN}-{WORKER}".encode()) % 10_000)
if demonstration := os.environ.get("PORTAL_TEST_DEMO"):  # a server that a test starts as in production
    os.environ["DEMO"] = demonstration
if address := os.environ.get("PORTAL_TEST_REDIS_URL"):  # a Valkey that is not there
    os.environ["REDIS_URL"] = address
if address := os.environ.get("PORTAL_TEST_EMAIL_URL"):
    os.environ["EMAIL_URL"] = address

from cluster_portal.settings import *  # noqa: E402, F403
from cluster_portal.settings import DATABASES, MEDIA_ROOT, STORAGES  # noqa: E402

EMBEDDED = SERVERS
DATABASES["default"]["NAME"] = os.environ.get("PORTAL_TEST_DATABASE", "portal")
DATABASES["default"]["TEST"] = {"NAME": f"test_{RUN}"}
MEDIA_ROOT = MEDIA_ROOT / f"{RUN}-{WORKER}"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nothing here is worth guarding
