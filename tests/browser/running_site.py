"""A whole site for browser tests: production settings, demo data, real statutes, gunicorn on loopback."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exams.bench.site import scratch_database
from tests.paths import ROOT
from tests.prepared import copy_to

# Enough real law for every journey; the whole package takes a minute and proves no more here.
LAWS = ["行政处罚法", "行政强制法", "生态环境法典", "大气污染防治法", "安全生产法", "民法典"]
START_SECONDS = 180


def environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    """The environment of a production site below the folder, without TLS in front."""
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "BAODIAN_VAR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "BEHIND_TLS": "0",
        "DEMO_PASSWORDS": "1",
        **({"DATABASE_URL": database_url} if database_url else {}),
    }


def manage(env: dict[str, str], *arguments: str) -> None:
    """Runs one management command; its output is shown when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def build(env: dict[str, str]) -> None:
    """What `make serve` does, with a handful of laws and of questions."""
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "load_demo")
    manage(env, "import_statutes", *(part for law in LAWS for part in ("--law", law)))
    manage(env, "shell", "--no-imports", "-c", "from tests.browser.questions import write; write()")
    manage(env, "rebuild_search")
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(address: str, server: subprocess.Popen) -> None:
    """Raises RuntimeError when the server ends or does not answer in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=30)
            return
        time.sleep(0.2)
    raise RuntimeError(f"the site did not come up at {address}")


class Site(NamedTuple):
    """A running site: where it answers, and the environment in which commands reach its database."""

    address: str
    env: dict[str, str]

    def call(self, function: str) -> None:
        """Runs `package.module.function` of ours on the site's database, beside the server."""
        module, _, name = function.rpartition(".")
        manage(self.env, "shell", "--no-imports", "-c", f"from {module} import {name}; {name}()")


@contextlib.contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Builds the site below the folder, serves it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with scratch_database("browser") as database_url:
        env = environment(folder, port, database_url)
        if not database_url:
            copy_to(folder / "db.sqlite3")
        build(env)
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        command = [gunicorn, "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT, env=env)
        try:
            wait_until_up(address, server)
            yield Site(address, env)
        finally:
            server.terminate()
            server.wait(timeout=20)
            shutil.rmtree(folder, ignore_errors=True)
