"""A district's server. SECRET_KEY and ALLOWED_HOSTS must be given; everything else has a safe default."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, VAR_DIR
from config.settings.environment import env, env_bool

DEBUG = False
# W019 wants no frames at all; the editors' preview is a frame of this site.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECRET_KEY = env("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY：请设置至少 50 个字符的随机密钥（环境变量 SECRET_KEY）。")

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
    }
}

# A closed network may have no TLS in front of it; BEHIND_TLS=0 is then a decision on record.
BEHIND_TLS = env_bool("BEHIND_TLS", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = BEHIND_TLS
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
# Never on a site that others can reach: the demo's passwords are in the README.
DEMO_PASSWORDS = env_bool("DEMO_PASSWORDS", False)
