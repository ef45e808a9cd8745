"""A throw-away Elasticsearch on loopback for tests. Run alone it prints its SEARCH_URL and runs until it is ended.

The server is Elastic's own minimal distribution (`integ-test-zip`), fetched once by Maven into the
user's cache, since that registry is what test machines reach. It needs a JDK of 21 or newer and
refuses to run as root, so it gets a system account of its own.
"""

import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

VERSION = "9.4.3"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baodian"
ACCOUNT = "baodian-es"
OLDEST_JAVA = 21
START_SECONDS = 120

SETTINGS = """\
cluster.name: baodian-test
node.name: one
discovery.type: single-node
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
cluster.routing.allocation.disk.threshold_enabled: false
action.destructive_requires_name: false
xpack.security.enabled: false
xpack.security.autoconfiguration.enabled: false
"""
JVM = "-Xms512m\n-Xmx512m\n-XX:+UseSerialGC\n-Djava.io.tmpdir=${ES_TMPDIR}\n"
LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class ServerUnavailable(Exception):
    """The server could not be fetched or started; the message says what is missing."""


def java_home() -> Path:
    """A JDK that is new enough, ES_JAVA_HOME first. Raises ServerUnavailable."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    for home in [*named, *sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)]:
        if java_version(home) >= OLDEST_JAVA:
            return home
    raise ServerUnavailable(f"需要 JDK {OLDEST_JAVA} 或更高版本；安装后用 ES_JAVA_HOME 指明目录")


def java_version(home: Path) -> int:
    """The major version of the JDK in the folder; 0 when there is none."""
    program = home / "bin" / "java"
    if not program.exists():
        return 0
    told = subprocess.run([str(program), "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def distribution() -> Path:
    """The unpacked server, fetched when it is not in the cache. Raises ServerUnavailable."""
    home = CACHE / f"elasticsearch-{VERSION}"
    if (home / "bin" / "elasticsearch").exists():
        return home
    if not shutil.which("mvn"):
        raise ServerUnavailable("需要 Maven 下载 Elasticsearch；请先安装：apt-get install maven")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        command = ["mvn", "-B", "-q", PLUGIN, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            raise ServerUnavailable(f"Maven 未能下载 {ARTIFACT}：{done.stdout[-500:]}")
        with zipfile.ZipFile(next(Path(folder).glob("*.zip"))) as archive:
            archive.extractall(folder)
        unpacked = next(path for path in Path(folder).iterdir() if path.is_dir())
        for program in (unpacked / "bin").iterdir():
            program.chmod(0o755)
        shutil.move(unpacked, home)
    return home


def account_id() -> int | None:
    """The system account the server runs as; None where we are not root anyway."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT).pw_uid
    subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT], check=True)
    return pwd.getpwnam(ACCOUNT).pw_uid


def give(folder: Path, uid: int | None) -> None:
    if uid is not None:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, uid, -1)


def free_ports(count: int) -> list[int]:
    """Ports that were free together a moment ago."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def write_config(folder: Path, http: int, transport: int) -> None:
    config = folder / "config"
    for path in (config, folder / "data", folder / "logs", folder / "tmp"):
        path.mkdir()
    (config / "elasticsearch.yml").write_text(SETTINGS.format(http=http, transport=transport, folder=folder))
    (config / "jvm.options").write_text(JVM)
    (config / "log4j2.properties").write_text(LOGGING)


def start(home: Path, java: Path, folder: Path, uid: int | None) -> subprocess.Popen:
    """A copy of the programs below the folder, since the account may not reach root's cache."""
    shutil.copytree(home, folder / "home")
    give(folder, uid)
    env = {
        "PATH": os.environ["PATH"],
        "ES_JAVA_HOME": str(java),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
    }
    command = [str(folder / "home" / "bin" / "elasticsearch")]
    if uid is not None:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    log = (folder / "server.log").open("w")
    return subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)


def wait_until_green(url: str, server: subprocess.Popen, log: Path) -> None:
    """Raises ServerUnavailable with the end of the log when the server ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if is_green(url):
            return
        time.sleep(0.3)
    raise ServerUnavailable(f"Elasticsearch 未能启动，日志末尾：\n{log.read_text()[-2000:]}")


def is_green(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as answer:
            return json.load(answer)["status"] == "green"
    except OSError:
        return False


@contextlib.contextmanager
def guarded(server: subprocess.Popen, folder: Path) -> Iterator[None]:
    """Whatever ends this process, SIGKILL too, ends the server: the guard's input closes with us."""
    ending = (
        f"cat; kill -TERM -{server.pid} 2>/dev/null; sleep 10; kill -KILL -{server.pid} 2>/dev/null; rm -rf {folder}"
    )
    guard = subprocess.Popen(["sh", "-c", ending], stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(guard.pid, signal.SIGKILL)
        guard.wait()


@contextlib.contextmanager
def elasticsearch() -> Iterator[str]:
    """A fresh server; yields its SEARCH_URL, stops it and removes what it wrote."""
    java, home, uid = java_home(), distribution(), account_id()
    folder = Path(tempfile.mkdtemp(prefix="baodian-es-"))
    http, transport = free_ports(2)
    write_config(folder, http, transport)
    server = start(home, java, folder, uid)
    url = f"http://127.0.0.1:{http}"
    with guarded(server, folder):
        try:
            wait_until_green(url, server, folder / "server.log")
            yield url
        finally:
            stop(server)
            shutil.rmtree(folder, ignore_errors=True)


def stop(server: subprocess.Popen) -> None:
    """By request, and by force when it takes too long; one that has ended already is no error."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(server.pid, how)
            server.wait(timeout=20)
            return


def main() -> int:
    # ending this process unwinds it, so that the server ends, too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with elasticsearch() as url:
            print(f"SEARCH_URL={url}", flush=True)
            signal.pause()
    except ServerUnavailable as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
