"""A scratch site for a benchmark, training's too: production settings, folder and database of its own, gunicorn."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

HOST = "127.0.0.1"
START_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Site:
    """The site and its server; `env` is the environment of everything that runs on it."""

    folder: Path
    env: dict[str, str]
    port: int
    options: tuple[str, ...]
    server: subprocess.Popen | None = None
    spent: float = 0.0

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def manage(self, *arguments: str) -> str:
        """Runs a management command of the site; what it printed. Raises RuntimeError with what it complained of."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(  # noqa: S603
            command, cwd=settings.BASE_DIR, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)}\n{done.stderr[-3000:]}")
        return done.stdout

    def ask(self, *arguments: str) -> Any:
        """The JSON in the last line that a command of the site prints."""
        return json.loads(self.manage(*arguments).splitlines()[-1])

    def stage(self, name: str, **values: Any) -> Any:
        """Runs a step of `stage` inside the site; what it reports."""
        return self.ask("bench_exam", "--stage", json.dumps({"name": name, **values}))

    def start(self) -> None:
        """Starts gunicorn in a group of its own, and waits until it answers."""
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        command = [gunicorn, "config.wsgi", "--bind", f"{HOST}:{self.port}", "--log-level", "warning", *self.options]
        self.server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.env, start_new_session=True)  # noqa: S603
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.server.poll() is not None:
                raise RuntimeError("gunicorn 没有启动")
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("gunicorn 没有及时启动")

    def kill(self) -> None:
        """kill -9 of the master and every worker."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def cpu_seconds(self) -> float:
        """Processor seconds of the server so far, those of its killed predecessors included."""
        return self.spent + self._running_cpu()

    def _end(self, how: signal.Signals) -> None:
        if self.server is None:
            return
        self.spent += self._running_cpu()
        os.killpg(self.server.pid, how)
        self.server.wait(timeout=60)
        self.server = None

    def _running_cpu(self) -> float:
        if self.server is None:
            return 0.0
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            # of the group that was made for the server: user and system time
            if int(fields[2]) == self.server.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS


@contextmanager
def scratch_site(options: tuple[str, ...]) -> Iterator[Site]:
    """An empty, migrated site; goes away with everything it wrote. On the server of DATABASE_URL where there is one."""
    folder = Path(tempfile.mkdtemp(prefix="baodian-bench-"))
    with scratch_database("bench") as database:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        site = Site(folder, _environment(folder, database), port, options)
        try:
            site.manage("migrate", "--verbosity", "0")
            site.manage("set_up_roles", "--verbosity", "0")
            site.manage("collectstatic", "--noinput", "--verbosity", "0")
            yield site
        finally:
            site.kill()
            shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, database: str) -> dict[str, str]:
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "BAODIAN_VAR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": HOST,
        "BEHIND_TLS": "0",
    }
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | own | ({"DATABASE_URL": database} if database else {})


@contextmanager
def scratch_database(prefix: str) -> Iterator[str]:
    """The DATABASE_URL of a database of its own on the same server; empty where there is none, which means SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"{prefix}_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
