"""Settings shared by every site; dev, test and production change what differs.

Everything a site may want to change is an environment variable read here, with a default
that works on a closed network: no setting may cause a request to another host.
"""

from pathlib import Path

from config.settings.environment import bytes_limit, database, env, env_list, job_backend

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Test and benchmark input beside the checkout; a user's clone has none.
SHARED_DIR = BASE_DIR.parent / "shared"
# Everything the running site writes: database, index, uploads, logs.
VAR_DIR = Path(env("BAODIAN_VAR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Where the public statute package is kept once fetched; sites without a network put it there by hand.
STATUTES_DIR = Path(env("STATUTES_DIR", VAR_DIR / "statutes"))

# The fonts of printed editions (`make fonts`), once for all sites of this account.
CACHE_HOME = Path(env("XDG_CACHE_HOME") or Path(env("HOME", VAR_DIR)) / ".cache") / "baodian"
FONTS_DIR = Path(env("FONTS_DIR") or CACHE_HOME / "fonts")

SITE_NAME = "执法宝典"

INSTALLED_APPS = [
    "people",
    "content",
    "kb",
    "casebook",
    "exams",
    "training",
    "search",
    "demo",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_htmx",
    "import_export",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.csp.ContentSecurityPolicy",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # last, so that a lock-out is decided on the request as everybody else saw it
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/login/"
# 等保 level 2: five failures lock the account from that address for half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "people.addresses.client_address"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # never below MEDIA_ROOT, which web servers hand out without asking who reads
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "private"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "baodian"}}
# Wagtail's own tasks are short and done at once; long work (content/jobs) is done in the request that asks for it,
# or by `manage.py run_jobs` where JOBS=worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": job_backend()},
}

# --- search -----------------------------------------------------------------
# Elasticsearch, where its address is given: one node or several, by comma (docs/deploy/elasticsearch.md).
SEARCH_URL = env("SEARCH_URL")
SEARCH_ENGINE = env("SEARCH_ENGINE", "elasticsearch" if SEARCH_URL else "tantivy")
SEARCH_INDEX_DIR = VAR_DIR / "index"
SEARCH_API_KEY = env("SEARCH_API_KEY")
SEARCH_CA_FILE = env("SEARCH_CA_FILE")
SEARCH_INDEX_PREFIX = env("SEARCH_INDEX_PREFIX", "baodian")
# seconds for the answer to one question; the database answers when it is over
SEARCH_TIMEOUT = float(env("SEARCH_TIMEOUT", 2))
SEARCH_REPLICAS = int(env("SEARCH_REPLICAS", 1))
# The admin's own search; stock back ends find nothing in Chinese, the fallback finds substrings.
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "modelsearch.backends.database.fallback", "AUTO_UPDATE": False}
}

# --- exams ------------------------------------------------------------------
# Each serving process looks this often for sittings that are overdue; 0 leaves it to `manage.py close_sittings`.
EXAM_KEEPER_SECONDS = float(env("EXAM_KEEPER_SECONDS", 5))
# So many right answers in a row take a question out of the wrong-answer book
PRACTICE_RIGHTS_TO_LEAVE = int(env("PRACTICE_RIGHTS_TO_LEAVE", 2))

# --- Wagtail on a closed network --------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env("BASE_URL", "http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# one zone, so that nobody is asked for theirs
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAILDOCS_EXTENSIONS = ["doc", "docx", "pdf", "txt", "xls", "xlsx", "csv", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = bytes_limit("MAX_UPLOAD_MB", 20)
WAGTAILIMAGES_MAX_UPLOAD_SIZE = bytes_limit("MAX_UPLOAD_MB", 20)
# nothing larger is decoded, and every picture is drawn anew without EXIF
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.image_forms.CleanImageForm"
WAGTAILEMBEDS_FINDERS: list[dict] = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- security ---------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 12
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", "")
# Behind a proxy: the header in which it writes the client's address, such as X-Real-IP. Empty: the connection's own.
CLIENT_ADDRESS_HEADER = env("CLIENT_ADDRESS_HEADER")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
