"""A scratch site with production settings: its database is made for the measurement and thrown away."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

START_SECONDS = 120


@dataclass(frozen=True)
class Site:
    """Where it answers, and the environment in which its commands run."""

    address: str
    env: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Runs a command of the site; gives what it printed. Raises RuntimeError with the end of its errors."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(  # noqa: S603  # our own command line
            command, cwd=settings.BASE_DIR, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)}\n{done.stderr[-2000:]}")
        return done.stdout

    def ask(self, *arguments: str) -> Any:
        """The JSON in the last line that a command prints."""
        return json.loads(self.manage(*arguments).strip().splitlines()[-1])


@contextlib.contextmanager
def scratch_site(database_url: str = "") -> Iterator[Site]:
    """SQLite below a temporary folder unless an empty database is named; nothing of the real site is touched."""
    folder = Path(tempfile.mkdtemp(prefix="baodian-bench-"))
    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", _environment(folder, port, database_url))
    try:
        site.manage("migrate", "--verbosity", "0")
        site.manage("set_up_roles", "--verbosity", "0")
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        yield site
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(site: Site, workers: int) -> Iterator[None]:
    """gunicorn as a district runs it, until the block ends."""
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    bind = site.address.removeprefix("http://")
    command = [gunicorn, "config.wsgi", "--bind", bind, "--workers", str(workers), "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=site.env)  # noqa: S603  # our own command line
    try:
        _wait_until_up(f"{site.address}/login/", server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "BAODIAN_VAR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "BEHIND_TLS": "0",
        **({"DATABASE_URL": database_url} if database_url else {}),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=30)  # noqa: S310  # loopback
            return
        time.sleep(0.2)
    raise RuntimeError(f"the site did not come up at {address}")
