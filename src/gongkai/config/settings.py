"""Settings of one installation. Everything a site may change comes from the environment; `doctor` checks it."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from gongkai.config import database

PACKAGE = Path(__file__).resolve().parent.parent

# All that is written by a running site lives in one folder: database, blobs, baked pages, keys.
HOME = Path(os.environ.get("GONGKAI_HOME", PACKAGE.parent.parent / "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = os.environ.get("GONGKAI_DEBUG") == "1"


def _secret(name: str) -> str:
    """Read a secret made once for this installation; create it readable by its owner only."""
    path = HOME / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(48).hex())
    return path.read_text()


SECRET_KEY = os.environ.get("GONGKAI_SECRET_KEY") or _secret("secret")
ALLOWED_HOSTS = os.environ.get("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# Trusted only behind a front server on TLS.
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in os.environ.get("GONGKAI_TLS_HOSTS", "").split(",") if host]
_TLS = bool(CSRF_TRUSTED_ORIGINS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None

# Front servers on other machines whose X-Forwarded-For is believed (one on this machine always is).
TRUSTED_PROXIES = [address for address in os.environ.get("GONGKAI_PROXIES", "").split(",") if address]

INSTALLED_APPS = [
    "gongkai.operations",
    "gongkai.config",
    "gongkai.website",
    "gongkai.desk",
    "gongkai.annualreport",
    "gongkai.statistics",
    "gongkai.casework",
    "gongkai.publishing",
    "gongkai.registers",
    "gongkai.documents",
    "gongkai.agencies",
    "gongkai.trail",
    "gongkai.outbox",
    "gongkai.design",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.desk.middleware.KeptFormMiddleware",
    # Every view asks for a log-in unless it says it is for the public.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "gongkai.agencies.middleware.CurrentPostMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

TEMPLATES = [
    {
        # Public pages: baked by the hundred thousand, and Jinja2 renders them three times faster.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "gongkai.design.environment.environment",
            "context_processors": ["gongkai.config.context.public"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.config.context.desk",
            ],
        },
    },
]

DATABASES = {"default": database.parse(os.environ.get("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "website:home"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"  # legal dates are Beijing dates; instants are stored in UTC
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    # Content-addressed blobs (documents); never served by URL, only through an object's door.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "blobs", "file_permissions_mode": 0o600},
    },
    # Baked public pages: bytes anybody may read.
    "baked": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "public", "file_permissions_mode": 0o644},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
# What is uploaded never lies in a temporary folder in clear, not even for a moment.
FILE_UPLOAD_HANDLERS = ["gongkai.documents.intake.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What all workers of a machine must count together: wrong passwords, submissions, query codes.
    "shared": {"BACKEND": "gongkai.config.counting.CountingCache", "LOCATION": HOME / "cache"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Field and file cipher: {"current": id, "keys": {id: base64}}, made by `gongkai site init` or `demo`.
KEY_FILE = Path(os.environ.get("GONGKAI_KEY_FILE", HOME / "keys" / "cipher.json"))
# A virus scanner (clamd) asked about every file that comes in: unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310.
CLAMD = os.environ.get("GONGKAI_CLAMD", "")
# Who seals with keys that the province's 统一电子印章系统 keeps: the dotted path of a class with the methods of
# gongkai.documents.electronic_seal.Sealer. None is shipped; without one such certificates are refused in words.
SEAL_SERVICE = os.environ.get("GONGKAI_SEAL_SERVICE", "")
# Licensed official faces (方正小标宋, 仿宋_GB2312) may be put here by the office; never shipped.
FONT_PATHS = [HOME / "fonts", *map(Path, filter(None, os.environ.get("GONGKAI_FONTS", "").split(":")))]

# Who knows which annual reports came out: published, they serve the catalogue's column of them (条例第四十九条).
ANNUAL_REPORTS_OUT = "gongkai.annualreport.querysets.days_out"

# Side effects by topic: who carries out what an action has written to the outbox.
OUTBOX_HANDLERS: dict[str, str] = {
    "daily": "gongkai.operations.tasks.nightly",
    "publishing.item": "gongkai.publishing.tasks.bake_item",
    "publishing.rescan": "gongkai.publishing.rescan.rescan",
    "casework.letter": "gongkai.casework.mailing.send",
    "annualreport.published": "gongkai.annualreport.tasks.bake_report",
    "annualreport.batch": "gongkai.annualreport.tasks.carry_out_line",
    "station.message": "gongkai.desk.channels.spread",
    "station.email": "gongkai.desk.channels.send_email",
    "station.sms": "gongkai.desk.channels.send_sms",
    "station.wecom": "gongkai.desk.channels.send_wecom",
}

# Messages to the staff outside the desk. Without a mail server no e-mail is offered; a gateway is a function
# `send(way, address, text, key)`, by default one that leaves sealed files in the home (gongkai site gateway).
EMAIL_HOST = os.environ.get("GONGKAI_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("GONGKAI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GONGKAI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GONGKAI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("GONGKAI_EMAIL_TLS") == "1"
EMAIL_USE_SSL = os.environ.get("GONGKAI_EMAIL_SSL") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("GONGKAI_EMAIL_FROM", EMAIL_HOST_USER)
GATEWAYS = {
    "sms": os.environ.get("GONGKAI_SMS_GATEWAY", "gongkai.desk.gateways.to_file"),
    "wecom": os.environ.get("GONGKAI_WECOM_GATEWAY", "gongkai.desk.gateways.to_file"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A file that somebody changed breaks pyHanko, which is what the check is for: no page of traceback each time.
    "loggers": {"pyhanko": {"level": "CRITICAL"}},
}
