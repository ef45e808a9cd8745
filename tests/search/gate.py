"""A door before the real search server, through which a test takes the server away and gives it back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Event, Thread
from urllib.parse import urlsplit

BUSY = b'{"error": {"type": "es_rejected_execution_exception"}, "status": 429}'
# What a server with security on says to a wrong key or to none; seen of Elasticsearch 9.4.
REFUSED = b"""{"error": {"type": "security_exception", "reason": "unable to authenticate with provided credentials and \
anonymous access is not allowed for this request"}, "status": 401}"""
KEPT = {"content-type", "x-elastic-product"}
OURS = {"content-type": "application/json", "x-elastic-product": "Elasticsearch"}


class Gate:
    """`mode`: "open" hands on, "cut" ends connections without a word, "silent" never answers.

    `busy` bulk requests are told to come again; `seen` counts requests that got this far. With an `api_key`
    only who shows it passes.
    """

    def __init__(self, target: str) -> None:
        self.host = urlsplit(target).netloc
        self.mode, self.busy, self.seen, self.api_key = "open", 0, 0, ""
        self.over = Event()
        self.on_turn: Callable[[str], None] = lambda mode: None

    def turn(self, mode: str) -> None:
        """From now on it behaves so; `on_turn` is told, to ask with the patience that fits."""
        self.mode = mode
        self.on_turn(mode)

    def answer(self, method: str, path: str, body: bytes, headers: dict) -> tuple[int, dict, bytes] | None:
        self.seen += 1
        if self.mode == "silent":
            self.over.wait(20)
        if self.mode != "open":
            return None
        if self.api_key and _shown(headers) != f"ApiKey {self.api_key}":
            return 401, OURS, REFUSED
        if self.busy and "_bulk" in path:
            self.busy -= 1
            return 429, OURS, BUSY
        return self._handed_on(method, path, body, headers)

    def _handed_on(self, method: str, path: str, body: bytes, headers: dict) -> tuple[int, dict, bytes]:
        server = HTTPConnection(self.host, timeout=20)
        server.request(method, path, body, {name: value for name, value in headers.items() if name.lower() != "host"})
        said = server.getresponse()
        return said.status, {name: value for name, value in said.getheaders() if name.lower() in KEPT}, said.read()


def _shown(headers: dict) -> str:
    return next((value for name, value in headers.items() if name.lower() == "authorization"), "")


@contextmanager
def opened(target: str, certificate: tuple[Path, Path] | None = None) -> Iterator[tuple[Gate, str]]:
    """The gate and its address; TLS where there is a certificate with its key."""
    gate = Gate(target)

    class Door(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if answer := gate.answer(self.command, self.path, body, dict(self.headers)):
                status, headers, said = answer
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(said))}.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(BrokenPipeError):  # whoever asked has given up
                    self.wfile.write(b"" if self.command == "HEAD" else said)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any

        def log_message(self, *args) -> None:
            """Nothing on the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    if certificate:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gate, f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        gate.over.set()
        server.shutdown()
        server.server_close()
