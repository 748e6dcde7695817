"""What the project refuses: weak cookies, foreign scripts, sample secrets."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from itsm.settings import environment as env
from itsm.settings.base import (
    ALLOWED_HOSTS,
    DATABASES,
    EMAIL_HOST,
    EMAIL_USE_SSL,
    EMAIL_USE_TLS,
    MODE,
    PRODUCTION,
    SITE_URL,
)

SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY and MODE == "test":
    SECRET_KEY = "only-for-tests-" + "x" * 50
# Earlier keys while SECRET_KEY is being changed (docs/operations.md): still read, never written with.
SECRET_KEY_FALLBACKS = [key for part in env.text("SECRET_KEY_FALLBACKS").split(",") if (key := part.strip())]
SAMPLE_SECRETS = ("changeme", "change-me", "secret", "django-insecure", "only-for-tests")
WEAK_DATABASE_PASSWORDS = ("", "postgres", "itsm", "password", "changeme", "change-me")


def refuse_unsafe_production():
    """Stop at boot, naming the variable, rather than serve with a setting that an attacker knows."""
    is_weak = len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 12
    if is_weak or SECRET_KEY.lower().startswith(SAMPLE_SECRETS):
        raise ImproperlyConfigured("SECRET_KEY must be random and at least 50 characters long in production.")
    if DATABASES["default"].get("PASSWORD", "") in WEAK_DATABASE_PASSWORDS:
        raise ImproperlyConfigured("DATABASE_URL carries a default or empty password.")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL must start with https:// in production.")
    if not EMAIL_HOST:
        raise ImproperlyConfigured("EMAIL_HOST must name the mail server in production.")
    if EMAIL_USE_TLS and EMAIL_USE_SSL:
        raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other; no mail would leave.")
    if any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts, without wildcards, in production.")
    if not env.text("REDIS_URL"):
        raise ImproperlyConfigured("REDIS_URL must name the broker in production.")


if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set.")
if PRODUCTION:
    refuse_unsafe_production()

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.LoginNameBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2

# Login limits: a database counter per (name, address), so that a lost Redis opens nothing.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_USERNAME_CALLABLE = "accounts.backends.counted_name"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.address_of"
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

# 12 hours at most, two hours idle (accounts.middleware); kept in the database.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_IDLE_SECONDS = 60 * 60 * 2
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # Probes reach a container past the proxy, in plain HTTP; these pages carry no session.
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = []
