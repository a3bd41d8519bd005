"""Settings of the portal, read top to bottom; everything comes from the environment (docs/operations.md lists it)."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from cluster_portal import addresses, env
from cluster_portal.embedded import Embedded

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What runs here ---------------------------------------------------------------------------------------------------
PRESET = env.slug("PRESET", "dual-use")  # which cluster: presets/<PRESET>.toml
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / ".portal" / PRESET)  # embedded servers, uploads, built static files
PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.text("SITE_URL", f"http://localhost:{PORT}").rstrip("/")  # links in letters begin with it
HTTPS = SITE_URL.startswith("https://")
DEBUG = env.flag("DEBUG", False)

DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
EMBEDDED = Embedded(DATA_DIR, postgres=not DATABASE_URL, valkey=not REDIS_URL)  # cheap: starts nothing by itself
DATABASE_URL = DATABASE_URL or EMBEDDED.postgres.url()
REDIS_URL = REDIS_URL or EMBEDDED.valkey.url()
ON_THIS_MACHINE = EMBEDDED.serves("PostgreSQL")  # a trial or a small installation: nothing was configured
DEMO = env.flag("DEMO", ON_THIS_MACHINE and not HTTPS)  # invented organisations, marked so on every page
DPO_CONTACT = env.text("DPO_CONTACT")  # who answers for personal data, as the privacy page prints it; else the office
REQUIRE_STAFF_MFA = env.flag("REQUIRE_STAFF_MFA", not (DEBUG or DEMO))

SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    SECRET_KEY = env.kept_secret(DATA_DIR / "secret") if ON_THIS_MACHINE else env.missing("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", addresses.hosts(SITE_URL))
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "cluster_portal.common.unsent.csrf_failure"

# --- Apps -------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cluster_portal",
    "cluster_portal.common",
    "members",
    "matchmaking",
    "events",
    "cluster_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
    "tree_queries",
    "django_countries",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cluster_portal.common.found.KeepOut",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cluster_portal.common.http.KeepPrivate",
    "cluster_portal.common.http.RefuseNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cluster_portal.common.found.AskedLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cluster_portal.common.unsent.SignInFirst",  # every page but those marked as public
    "cluster_portal.common.http.RequireSecondFactor",
    "pghistory.middleware.HistoryMiddleware",  # who changed a row; costs nothing on GET
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cluster_portal.common.http.LeadToForm",
]
ROOT_URLCONF = "cluster_portal.urls"
WSGI_APPLICATION = "cluster_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATE_LOADERS = ["cluster_portal.common.templates.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cluster_portal.common.context.portal",
            ],
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
        },
    },
    {  # plain-text letters: nothing is escaped
        "NAME": "text",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- PostgreSQL: the truth --------------------------------------------------------------------------------------------
# Milliseconds after which the database gives up: on a lock, on one statement, on a transaction that sleeps.
LIMITS = {
    "web": {"lock_timeout": 3_000, "statement_timeout": 5_000, "idle_in_transaction_session_timeout": 15_000},
    "worker": {"lock_timeout": 3_000, "statement_timeout": 60_000, "idle_in_transaction_session_timeout": 15_000},
    "command": {"lock_timeout": 10_000},
}[os.environ.get("PORTAL_PROCESS", "command")]  # set by wsgi.py and by the worker
DATABASES = {
    "default": {
        "ENGINE": "cluster_portal.database",
        **addresses.database(DATABASE_URL),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "prepare_threshold": 3,  # a statement of `standing_cursor` is planned so often, then kept
            "options": " ".join(f"-c {name}={value}" for name, value in {**LIMITS, "jit": "off"}.items()),
        }
        | addresses.database_options(DATABASE_URL),
    },
}

# --- Caches -----------------------------------------------------------------------------------------------------------
# `default` is in PostgreSQL: allauth counts attempts in it, and attempts must be counted when Valkey is gone.
# `fast` is in Valkey: whoever uses it must be able to do without; its loss costs speed only.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "fast": {
        "BACKEND": "cluster_portal.common.caches.DispensableCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    },
}

# --- Celery: JSON only, no results; a message is a hint, the row in the database is the truth -------------------------
CELERY_BROKER_URL = addresses.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5, "visibility_timeout": 1_800}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 840  # SMTP may take ten minutes to say that it has the letter
CELERY_TASK_TIME_LIMIT = 900  # less than the visibility timeout: a running task is not given out twice
CELERY_TASK_DEFAULT_QUEUE = "default"  # beside it `mail` and `heavy`, see celery.py
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = "Europe/Bucharest"

# --- People and sessions ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "common.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:mine"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cluster_portal.common.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "phone_number"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "cluster_portal.common.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow passkeys on http://localhost only
PROXIES = env.number("PROXIES", 0, most=9)  # how many reverse proxies of ours stand in front
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else f"sid-{PRESET}"  # two clusters on one machine: two cookies
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else f"csrf-{PRESET}"
LANGUAGE_COOKIE_NAME = "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- What browsers are told -------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SELF, NOTHING = "'self'", "'none'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NOTHING],
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "img", "font", "connect", "manifest")},
        **{name: [SELF] for name in ("form-action", "frame-src")},
        **{name: [NOTHING] for name in ("base-uri", "frame-ancestors", "object-src")},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # everything in a form but its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Languages and time -----------------------------------------------------------------------------------------------
LANGUAGES = [("ro", _("Romanian")), ("en", _("English"))]
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "ro", [code for code, _name in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cluster_portal.formats"]
TIME_ZONE = "Europe/Bucharest"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------------
MEDIA_ROOT = env.folder("MEDIA_ROOT", DATA_DIR / "media")  # private: views that check the reader give them out
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [  # what is far too large is read and thrown away; a full disk is a sentence
    "cluster_portal.common.uploads.receiving.Capped",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cluster_portal.common.uploads.receiving.Spilled",
]

# --- Letters: EMAIL_URL is smtp://user:password@host:port, smtps://…, or mailbox: (a page inside the portal) ----------
EMAIL_URL = env.text("EMAIL_URL", "mailbox:")
EMAIL = addresses.mail(EMAIL_URL)  # read by common/smtp.py alone: nothing leaves but through the outbox
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"portal@{addresses.hosts(SITE_URL)[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Log: one line each to standard error -----------------------------------------------------------------------------
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "cluster_portal.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("LOG_LEVEL", "INFO", LOG_LEVELS)},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
PGHISTORY_APPEND_ONLY = True
