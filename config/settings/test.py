"""Tests: a fast hasher, a throw-away var folder, nothing read from the developer's site."""

import os
import tempfile

# One folder a process, so that parallel workers never share an index or uploads.
os.environ["BAODIAN_VAR"] = tempfile.mkdtemp(prefix="baodian-test-")

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import DATABASES, MIDDLEWARE  # noqa: E402

DEBUG = False
SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests-only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "Whitenoise" not in name]
AXES_ENABLED = False
DEMO_PASSWORDS = True
SEARCH_ENGINE = os.environ.get("SEARCH_ENGINE") or "memory"
WHITENOISE_AUTOREFRESH = True

# Migrating costs more than most test files: see tests/prepared. On servers the real thing migrates.
if not os.environ.get("DATABASE_URL"):
    DATABASES["default"]["ENGINE"] = "tests.prepared"
    # by name: pytest-django, which gives each worker a database, knows only Django's own SQLite to be in memory
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
