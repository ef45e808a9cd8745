"""Runs the tests on real servers: starts a PostgreSQL and an Elasticsearch on loopback, runs pytest, stops both.

What may differ there when it is loaded, opened or written runs on the PostgreSQL (`ON_SERVERS` in tests/conftest.py;
EVERY_TEST=1 for all that ask a database), what is marked `servers` on the Elasticsearch; the others have said what they
know under `make test`. Arguments are handed on to pytest. Ends with pytest's exit code; 3 when a server could not be
started.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from elasticsearch_server import ServerUnavailable, elasticsearch

ROOT = Path(__file__).resolve().parent.parent
# The server refuses to run as root; Debian's package brings this account.
ACCOUNT = "postgres"
MISSING = "未找到 PostgreSQL 服务器程序；请先安装：apt-get install postgresql"


def server_programs() -> Path | None:
    """The newest installed server's bin folder, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_account(command: list[str]) -> list[str]:
    return ["runuser", "-u", ACCOUNT, "--", *command] if os.geteuid() == 0 else command


def run(command: list[str]) -> None:
    subprocess.run(as_account(command), check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """A throw-away cluster; yields its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="baodian-pg-"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(ACCOUNT).pw_uid, -1)
    port, data = free_port(), folder / "data"
    run([str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", ACCOUNT, "-E", "UTF8", "--no-sync"])
    # a cluster that lives for one test run need not survive a power cut
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    run([*control, "-o", options, "start"])
    try:
        yield f"postgresql://{ACCOUNT}@127.0.0.1:{port}/postgres"
    finally:
        run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def tested(programs: Path, arguments: list[str]) -> int:
    """The exit code of pytest. Raises ServerUnavailable."""
    with started("PostgreSQL", postgresql(programs)) as database, started("Elasticsearch", elasticsearch()) as search:
        command = [sys.executable, "-m", "pytest", "-q", *arguments]
        servers = {"DATABASE_URL": database, "SEARCH_TEST_URL": search}
        return subprocess.run(command, cwd=ROOT, env=os.environ | servers, check=False).returncode


@contextlib.contextmanager
def started(name: str, server: contextlib.AbstractContextManager[str]) -> Iterator[str]:
    """The server's address, saying how long it took."""
    beginning = time.monotonic()
    with server as url:
        print(f"{name} started in {time.monotonic() - beginning:.1f} s", flush=True)
        yield url


def main(arguments: list[str]) -> int:
    # whoever ends this ends the servers, too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    programs = server_programs()
    if programs is None:
        print(MISSING, file=sys.stderr)
        return 3
    try:
        return tested(programs, arguments)
    except ServerUnavailable as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
