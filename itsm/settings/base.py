"""What the project is: apps, middleware, templates, database, languages, files."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from itsm.settings import environment as env

BASE_DIR = Path(__file__).resolve().parents[2]
MODE = env.mode()
DEMO = MODE == "demo"
TESTING = MODE == "test"
PRODUCTION = MODE == "production"
DEBUG = False

HOME = Path(env.text("ITSM_HOME") or BASE_DIR / ".itsm")
SITE_URL = (env.text("SITE_URL") or "http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname
ALLOWED_HOSTS = [host for host in env.text("ALLOWED_HOSTS").split(",") if host] or [SITE_HOST]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "testserver"]

INSTALLED_APPS = [
    # Ours first: of two apps that translate the same words or name the same template, the first is heard.
    "demo",
    "portal",
    "insights",
    "surveys",
    "notifications",
    "integrations",
    "problems",
    "changes",
    "incidents",
    "catalog",
    "sla",
    "training",
    "tickets",
    "cmdb",
    "knowledge",
    "events",
    "accounts",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_cotton",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.RequestIdMiddleware",
    "core.metrics.MetricsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonalSettingsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.ReadableMiddleware",
    "core.middleware.RefusalMiddleware",
    "core.middleware.PrivatePagesMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "itsm.urls"
ROOT_EVENTCONF = "itsm.subscriptions"
ROOT_PANELCONF = "itsm.panels"
ROOT_HOLDINGCONF = "itsm.holdings"
ROOT_ERASURECONF = "itsm.erasing"
CORRESPONDENCE = "itsm.correspondence"
WSGI_APPLICATION = "itsm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "core.context_processors.shell",
            ],
        },
    }
]

DATABASE_URL = env.text("DATABASE_URL")
if not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL is not set. `python3 manage.py up` starts a database by itself.")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if "postgresql" not in DATABASES["default"]["ENGINE"]:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (postgresql://…).")
# A page never waits for ever: a statement, a lock or a forgotten transaction ends with an error we turn into a 503.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = " ".join(
    f"-c {name}={env.number(variable, default)}"
    for name, variable, default in (
        ("statement_timeout", "DB_STATEMENT_TIMEOUT_MS", 30_000),
        ("lock_timeout", "DB_LOCK_TIMEOUT_MS", 10_000),
        ("idle_in_transaction_session_timeout", "DB_IDLE_TIMEOUT_MS", 60_000),
    )
)

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "accounts:login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = env.text("TIME_ZONE") or "Asia/Shanghai"
LOCALE_PATHS = [BASE_DIR / "itsm" / "locale"]
FORMAT_MODULE_PATH = ["core.formats"]
USE_I18N = True
USE_TZ = True
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or HOME / "staticfiles")
STATICFILES_DIRS = [d for d in (BASE_DIR / "static" / "dist", BASE_DIR / "static" / "img") if d.is_dir()]
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or HOME / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
ATTACHMENT_MAX_BYTES = env.number("ATTACHMENT_MAX_MB", 20) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Outgoing mail goes through the database's outbox; this is the server the mail worker hands it to.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or f"IT Service Desk <servicedesk@{SITE_HOST}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Demo mode has no mail server: what was sent is read on the built-in mailbox page.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.dummy.EmailBackend"
)

# A restored copy stays silent: everything that would go out is held until an operator lets it go.
SILENT = env.flag("ITSM_SILENT")

# Hosts in the own network that webhooks may reach all the same, separated by commas; all others must be public.
PRIVATE_HOSTS = frozenset(env.text("PRIVATE_HOSTS").replace(",", " ").split())

# The cast of the demo: role, login. One button each on the login page, in demo mode only.
DEMO_ACCOUNTS = [
    ("requester", "li.na"),
    ("agent", "zhang.wei"),
    ("expert", "chen.hao"),
    ("manager", "wang.fang"),
    ("administrator", "admin"),
]
DEMO_PASSWORD = "xinghe-demo-2026"

# Business days that a resolved incident waits for its requester before it closes by itself.
INCIDENT_CLOSE_AFTER_DAYS = env.number("INCIDENT_CLOSE_AFTER_DAYS", 3)
# The same for requests that were fulfilled.
REQUEST_CLOSE_AFTER_DAYS = env.number("REQUEST_CLOSE_AFTER_DAYS", 5)

# Minutes that have to lie between two changes whose impacts meet.
CHANGE_COLLISION_MARGIN_MINUTES = env.number("CHANGE_COLLISION_MARGIN_MINUTES", 30)
# Business days within which an emergency change is assessed after it began.
CHANGE_ASSESSED_WITHIN_DAYS = env.number("CHANGE_ASSESSED_WITHIN_DAYS", 2)

# Satisfaction surveys: which share of closed tickets asks, and how many days one person is left in peace in between.
# The demo is shown by one person in one sitting and always asks.
SURVEY_SAMPLE_PERCENT = env.number("SURVEY_SAMPLE_PERCENT", 100)
SURVEY_REST_DAYS = env.number("SURVEY_REST_DAYS", 0 if DEMO else 7)
