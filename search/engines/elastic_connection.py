"""The way to the servers of Elasticsearch: time limits, retries, the breaker, bulk requests.

Whatever goes wrong comes out as EngineUnavailable.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any, TypeVar

from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    Elasticsearch,
    NotFoundError,
    SSLError,
    TransportError,
)
from elasticsearch.helpers import streaming_bulk

from search.engines.base import EngineUnavailable
from search.engines.breaker import Breaker

log = logging.getLogger(__name__)
T = TypeVar("T")

# The server is busy or a node of it is away: another moment or another node may answer.
PASSING = {429, 502, 503, 504}
ATTEMPTS, PAUSE = 3, (0.02, 0.1)
# One chunk of a bulk request, and how often what the server had no room for is sent again.
CHUNK, CHUNK_BYTES, BULK_RETRIES, LONGEST_BACKOFF = 500, 5_000_000, 6, 10.0
BULK_TIMEOUT = 60.0


@dataclass(frozen=True)
class Server:
    """Where it is (one address or several, by comma), how to sign in, seconds an answer may take."""

    urls: str
    api_key: str = ""
    ca_file: str = ""
    timeout: float = 2.0

    def client(self) -> Elasticsearch:
        """Retries are ours, so the client makes none. Raises ValueError for an address it cannot read."""
        known: dict[str, Any] = {"api_key": self.api_key or None, "ca_certs": self.ca_file or None}
        if self.ca_file and not Path(self.ca_file).is_file():
            raise ValueError(f"SEARCH_CA_FILE={self.ca_file!r}：没有这个文件")
        try:
            return Elasticsearch(
                [url.strip() for url in self.urls.split(",")],
                max_retries=0,
                **{name: value for name, value in known.items() if value},
            )
        except ValueError as error:
            raise ValueError(f"SEARCH_URL={self.urls!r}：须写明协议、主机和端口，如 https://es1:9200") from error


class Connection:
    """Asks the servers. Thread safe."""

    def __init__(self, server: Server, breaker: Breaker | None = None) -> None:
        self._server = server
        self._client = server.client()
        self.breaker = breaker or Breaker()

    def ask(self, request: Callable[[Elasticsearch], T], *, timeout: float | None = None) -> T:
        """The answer, within the time limit, retries included. Raises EngineUnavailable."""
        with self._guarded():
            return self._tried(request, timeout or self._server.timeout)

    def send(self, actions: Iterable[dict[str, Any]], **options: Any) -> None:
        """Writes in chunks; what the server refuses for lack of room is sent again, ever later.

        A document or deletion that came too late is none of our business: a newer one is there.
        """
        with self._guarded():
            client = self._client.options(request_timeout=BULK_TIMEOUT)
            for fine, answer in streaming_bulk(
                client,
                actions,
                chunk_size=CHUNK,
                max_chunk_bytes=CHUNK_BYTES,
                max_retries=BULK_RETRIES,
                initial_backoff=uniform(0.2, 0.6),
                max_backoff=LONGEST_BACKOFF,
                retry_on_status=tuple(PASSING),
                raise_on_error=False,
                **options,
            ):
                if not fine:
                    _look_at_refusal(answer)

    def _tried(self, request: Callable[[Elasticsearch], T], timeout: float) -> T:
        deadline = monotonic() + timeout
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return request(self._client.options(request_timeout=max(0.05, deadline - monotonic())))
            except (ApiError, ConnectionError) as error:
                pause = uniform(*PAUSE)
                if not _passing(error) or attempt == ATTEMPTS or monotonic() + pause > deadline:
                    raise
                sleep(pause)
        raise AssertionError("unreachable")

    @contextmanager
    def _guarded(self):
        if not self.breaker.may_pass():
            raise EngineUnavailable("Elasticsearch 刚才没有应答，稍后再试")
        try:
            yield
        except (ApiError, TransportError) as error:
            self._note(error)
            raise EngineUnavailable(_in_words(error)) from error
        self.breaker.succeeded()

    def _note(self, error: Exception) -> None:
        """A server that answers, if only with a refusal, is there; an index that is absent is nothing odd."""
        if isinstance(error, ApiError) and not _passing(error):
            self.breaker.succeeded()
            if not isinstance(error, NotFoundError):
                log.error("检索请求被拒绝：%s", _in_words(error))
        elif self.breaker.failed():
            log.warning("Elasticsearch 连续没有应答，暂由数据库检索：%s", error)


def _in_words(error: Exception) -> str:
    """For the log and the commands: what is wrong and where to mend it."""
    if isinstance(error, AuthenticationException):
        return "Elasticsearch 不接受 SEARCH_API_KEY（401）：请核对密钥是否写对、是否过期或被吊销"
    if isinstance(error, AuthorizationException):
        return "SEARCH_API_KEY 的权限不足（403）：请按 docs/deploy/elasticsearch.md 授予索引的读、写和管理权限"
    if isinstance(error, SSLError):
        return f"服务器证书未通过校验：请核对 SEARCH_CA_FILE 和 SEARCH_URL 中的主机名（{error}）"
    return str(error)


def _passing(error: Exception) -> bool:
    return not isinstance(error, ApiError) or error.status_code in PASSING


def _look_at_refusal(answer: dict[str, Any]) -> None:
    ((action, said),) = answer.items()
    if said["status"] != 409 and (action, said["status"]) != ("delete", 404):
        raise EngineUnavailable(f"Elasticsearch 拒收 {said.get('_id')}：{said.get('error')}")
