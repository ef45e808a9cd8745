"""Runs the tests on real servers: starts a PostgreSQL of its own on loopback, runs pytest, stops it.

Arguments are handed on to pytest. Ends with pytest's exit code; 3 when no server could be started.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

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


def main(arguments: list[str]) -> int:
    programs = server_programs()
    if programs is None:
        print(MISSING, file=sys.stderr)
        return 3
    started = time.monotonic()
    with postgresql(programs) as url:
        print(f"PostgreSQL {programs.parent.name} started in {time.monotonic() - started:.1f} s", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "--dist", "loadgroup", *arguments]
        return subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
