"""HTTP/1.1 over one kept connection: requests, status, headers, cookies, whole bodies. Nothing else."""

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 20.0
GZIP = 16 + zlib.MAX_WBITS


class Broken(Exception):
    """No answer: refused, cut off, or too late."""


@dataclass(frozen=True)
class Reply:
    """An answer; `seconds` from the first byte sent to the last byte read."""

    status: int
    headers: dict[str, str]
    raw: bytes
    seconds: float

    @property
    def text(self) -> str:
        zipped = self.headers.get("content-encoding") == "gzip"
        return (zlib.decompress(self.raw, GZIP) if zipped else self.raw).decode()

    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Browser:
    """One browser: its cookies and its connection."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Reply:
        return await self._ask("GET", path, b"", {})

    async def post_form(self, path: str, **values: str) -> Reply:
        body = urlencode(values).encode()
        return await self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    async def post_json(self, path: str, sent: Any, slip: str) -> Reply:
        return await self._ask(
            "POST", path, json.dumps(sent).encode(), {"Content-Type": "application/json", "X-Sitting": slip}
        )

    async def follow(self, reply: Reply) -> Reply:
        """The page that a redirection leads to."""
        while reply.status in (301, 302, 303):
            reply = await self.get(reply.headers["location"])
        return reply

    def drop(self) -> None:
        """Cuts the connection in the middle of whatever it is doing."""
        if self.connection:
            self.connection[1].transport.abort()
        self.connection = None

    async def send_and_die(self, path: str, sent: Any, slip: str) -> None:
        """Sends a request and cuts the connection without waiting for the answer."""
        _, writer = await self._connected()
        body = json.dumps(sent).encode()
        headers = {"Content-Type": "application/json", "X-Sitting": slip}
        writer.write(self._head("POST", path, body, headers) + body)
        await writer.drain()
        self.drop()

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        try:
            return await asyncio.wait_for(self._try(method, path, body, headers), TIMEOUT)
        except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError, ValueError) as fault:
            self.drop()
            raise Broken(f"{method} {path}: {type(fault).__name__} {fault}") from None

    async def _try(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        is_kept = self.connection is not None
        started = perf_counter()
        data = self._head(method, path, body, headers) + body
        try:
            return await self._exchange(data, started)
        except (OSError, EOFError, asyncio.IncompleteReadError):
            # the server may close an idle connection just when it is used again; browsers ask once more, too
            if not is_kept:
                raise
            self.drop()
            return await self._exchange(data, started)

    async def _exchange(self, data: bytes, started: float) -> Reply:
        reader, writer = await self._connected()
        writer.write(data)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, cookie = value.partition(";")[0].partition("=")
                self.cookies[key] = cookie
            headers[name.lower()] = value
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.drop()
        return Reply(int(head[0].split()[1]), headers, raw, perf_counter() - started)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.connection is None or self.connection[1].is_closing():
            self.connection = await asyncio.open_connection(self.host, self.port, limit=2**20)
        return self.connection

    def _head(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
