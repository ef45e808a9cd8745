"""Reading the environment: the only module that looks at os.environ."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ENGINES = {"postgres": "django.db.backends.postgresql", "postgresql": "django.db.backends.postgresql"}
JOB_BACKENDS = {
    "request": "django_tasks.backends.immediate.ImmediateBackend",
    "worker": "content.jobs.backends.LeftToWorker",
}
# IMMEDIATE decides whether concurrent saves survive on SQLite: with deferred
# transactions most read-then-write saves end in "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;",
}


def env(name: str, default: object = "") -> str:
    """The variable, or the default as text; an empty variable counts as not set."""
    return os.environ.get(name) or str(default)


def env_list(name: str, default: str) -> list[str]:
    """A comma-separated variable as a list without empty members."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_bool(name: str, default: bool = False) -> bool:
    """`1 true yes on` are true, in any case."""
    return env(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def bytes_limit(name: str, default_mb: int) -> int:
    """A limit given in megabytes, as bytes."""
    return int(env(name, default_mb)) * 1024 * 1024


def job_backend() -> str:
    """JOBS: `request` (default) or `worker`. Raises ImproperlyConfigured for anything else."""
    chosen = env("JOBS", "request")
    if chosen not in JOB_BACKENDS:
        raise ImproperlyConfigured(f"JOBS：应为 request 或者 worker，现为「{chosen}」。")
    return JOB_BACKENDS[chosen]


def database(var_dir: Path) -> dict:
    """DATABASE_URL as Django's settings; SQLite in the var folder without one.

    Raises ImproperlyConfigured for an engine that the site does not run on.
    """
    url = env("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var_dir / "db.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": SQLITE_OPTIONS,
        }
    parts = urlsplit(url)
    if parts.scheme not in ENGINES:
        raise ImproperlyConfigured(f"DATABASE_URL：不支持的数据库类型「{parts.scheme}」，请使用 postgresql://")
    return {
        "ENGINE": ENGINES[parts.scheme],
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
