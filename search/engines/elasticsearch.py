"""The engine on servers: Elasticsearch 9, for sites with more than one machine.

    <prefix>-v3            the alias everybody reads and writes; it names one index
    <prefix>-v3-<time>     the index; a rebuild fills a new one, then moves the alias and removes the old in one step
    <prefix>-v3-<time>-fill-<machine>    its alias while it is filled; nobody else writes there

Of one machine only one process writes at a time (`search.outbox`): a rebuild it finds of its own has died.

Analysis is ours (`search.chinese`); the servers cut at spaces. Only what every distribution has is used: no
scripts, no `_delete_by_query`, no analyzer but `whitespace`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from time import monotonic, time_ns
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch.dsl import Index, Search
from elasticsearch.dsl.query import MatchAll, Query

from search.engines.base import EngineQuery, EngineUnavailable, Results, SearchDocument, is_common
from search.engines.elastic_connection import Connection, Server
from search.engines.elastic_index import compiled, mapping, owned_by, results, row, settings

# Counts up whenever mapping or analysis change, so that an old index is never read wrongly.
VERSION = "v3"
# Seconds for what concerns the whole index: making it, making changes visible, swapping.
SLOW = 30.0
PAGE = 5000
# A rebuild that has taken longer has died.
LONGEST_REBUILD = 2 * 3600 * 10**9
# For how long, and of how many terms, is remembered whether they are common.
REMEMBERED_SECONDS, REMEMBERED_TERMS = 60.0, 20_000


class ElasticsearchEngine:
    """See `search.engines.base.Engine`. One instance per process is enough; it is thread safe."""

    def __init__(self, server: Server, *, prefix: str = "baodian", replicas: int = 1, machine: str = "") -> None:
        self.alias = f"{prefix}-{VERSION}"
        self.connection = Connection(server)
        self._replicas, self._machine = replicas, machine
        self._common: dict[str, bool] = {}
        self._common_until = 0.0

    # Writing

    def replace(self, owners: Iterable[str], documents: Iterable[SearchDocument]) -> int:
        """One refresh at the end shows the whole change at once.

        Raises EngineUnavailable after it when a rebuild has begun on another machine, which may have read the
        database before this change: readers see the change, but it must be written again when that is done.
        """
        read_at, written = time_ns(), set[str]()
        rebuilding = self._start()
        held = self._held(list(owners))
        self.connection.send(self._changes(held, documents, written, read_at), require_alias=True)
        self._refresh(self.alias)
        if rebuilding:
            raise EngineUnavailable("另一台机器正在重建索引，完成后自动补写")
        return len(written)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        read_at, written = time_ns(), set[str]()
        fresh = f"{self.alias}-{read_at}"
        self._create(fresh)
        try:
            puts = (_put(document, self._filling(fresh), written, read_at) for document in documents)
            self.connection.send(puts, require_alias=True)
            self._refresh(fresh)
            self._swap(fresh)
        except BaseException:
            with suppress(EngineUnavailable):
                self.connection.ask(lambda client: client.indices.delete(index=fresh), timeout=SLOW)
            raise
        return len(written)

    def _changes(
        self, held: Sequence[str], documents: Iterable[SearchDocument], written: set[str], read_at: int
    ) -> Iterator[dict[str, Any]]:
        for document in documents:
            yield _put(document, self.alias, written, read_at)
        for key in held:
            if key not in written:
                yield {"_op_type": "delete", "_index": self.alias, "_id": key, **_versioned(read_at)}

    def _start(self) -> bool:
        """Whether a rebuild is going on. Makes an empty index where there is none; of two processes that try,
        one is told that it exists."""

        def make(client: Elasticsearch) -> bool:
            held = self._indices(client)
            if not any(self.alias in aliases for aliases in held.values()):
                with suppress(BadRequestError):
                    self._index(f"{self.alias}-0").aliases(**{self.alias: {}}).create(using=client)
            return any(self._filled_elsewhere(name, aliases) for name, aliases in held.items())

        return self.connection.ask(make)

    def _filling(self, index: str) -> str:
        """The alias an index has while a rebuild on this machine fills it."""
        return f"{index}-fill-{self._machine}"

    def _filled_elsewhere(self, index: str, aliases: set[str]) -> bool:
        theirs = any(alias.startswith(f"{index}-fill-") for alias in aliases - {self._filling(index)})
        return theirs and _born(index) > time_ns() - LONGEST_REBUILD

    def _indices(self, client: Elasticsearch) -> dict[str, set[str]]:
        """Every index of this site and version, with its aliases."""
        told = client.indices.get_alias(index=f"{self.alias}-*")
        return {name: set(one["aliases"]) for name, one in told.items()}

    def _create(self, name: str) -> None:
        """An index that only its maker writes to. Should it vanish, writing fails instead of making another."""
        made = self._index(name).aliases(**{self._filling(name): {}})
        self.connection.ask(lambda client: made.create(using=client), timeout=SLOW)

    def _index(self, name: str) -> Index:
        index = Index(name)
        index.settings(**settings(self._replicas))
        index.mapping(mapping())
        return index

    def _swap(self, fresh: str) -> None:
        """Every index before the fresh one goes: the one in use till now, and what dead rebuilds left.

        A rebuild that began later and was done sooner read the later state: then the fresh one goes.
        """

        def move(client: Elasticsearch) -> None:
            held = self._indices(client)
            if any(self.alias in aliases and _born(name) > _born(fresh) for name, aliases in held.items()):
                client.indices.delete(index=fresh)
                return
            client.indices.update_aliases(
                actions=[
                    {"add": {"index": fresh, "alias": self.alias}},
                    {"remove": {"index": fresh, "alias": self._filling(fresh)}},
                    *({"remove_index": {"index": name}} for name in held if _born(name) < _born(fresh)),
                ]
            )

        self.connection.ask(move, timeout=SLOW)

    def _refresh(self, name: str) -> None:
        self.connection.ask(lambda client: client.indices.refresh(index=name), timeout=SLOW)
        self._common_until = 0.0

    # Reading

    def search(self, query: EngineQuery) -> Results:
        common = self._common_among(query.terms) if len(query.terms) > 1 else ()
        answer: Any = self.connection.ask(lambda client: compiled(self._search(client), query, common).execute())
        return results(answer, query)

    def digests(self) -> Iterator[tuple[str, str]]:
        return ((key, digest) for key, digest in self._walk(MatchAll()))

    def _search(self, client: Elasticsearch) -> Search:
        return Search(using=client, index=self.alias)

    def _held(self, owners: Sequence[str]) -> list[str]:
        """Keys of all documents of the owners; what a dead process wrote and did not show counts, too."""
        if not owners:
            return []
        self._refresh(self.alias)
        return [key for key, _ in self._walk(owned_by(owners))]

    def _walk(self, wanted: Query) -> Iterator[tuple[str, str]]:
        """(key, digest) of all that is found, in pages by key, so that nothing is kept open on the server."""
        page = self._page(wanted, [])
        while page:
            yield from page
            page = self._page(wanted, [page[-1][0]]) if len(page) == PAGE else []

    def _page(self, wanted: Query, last: Sequence[str]) -> list[tuple[str, str]]:
        def ask(client: Elasticsearch) -> Any:
            asked = self._search(client).query(wanted).source(False).sort("key")[:PAGE]
            asked = asked.extra(docvalue_fields=["key", "digest"], track_total_hits=False)
            return (asked.extra(search_after=list(last)) if last else asked).execute()

        found = self.connection.ask(ask, timeout=SLOW)
        return [(hit["key"][0], hit["digest"][0]) for hit in found.hits]

    def _common_among(self, terms: Iterable[str]) -> set[str]:
        """Those of the terms that are common. Asks the server only for terms not asked lately."""
        if monotonic() > self._common_until or len(self._common) > REMEMBERED_TERMS:
            self._common, self._common_until = {}, monotonic() + REMEMBERED_SECONDS
        known = self._common
        if unknown := [term for term in terms if term not in known]:
            known.update(self._ask_common(unknown))
        return {term for term in terms if known[term]}

    def _ask_common(self, terms: Sequence[str]) -> dict[str, bool]:
        """A made-up document of these terms tells how many documents hold each."""
        answer = self.connection.ask(
            lambda client: client.termvectors(
                index=self.alias,
                doc={"text": " ".join(terms)},
                fields=["text"],
                term_statistics=True,
                offsets=False,
                positions=False,
                payloads=False,
            )
        )
        told = answer["term_vectors"].get("text", {})
        documents = told.get("field_statistics", {}).get("doc_count", 0)
        spreads = {term: said.get("doc_freq", 0) for term, said in told.get("terms", {}).items()}
        return {term: is_common(spreads.get(term, 0), documents) for term in terms}


def _born(index: str) -> int:
    """When a rebuild began to make it, in nanoseconds; 0 for the first, empty one."""
    return int(index.rpartition("-")[2])


def _put(document: SearchDocument, index: str, written: set[str], read_at: int) -> dict[str, Any]:
    written.add(document.key)
    return {"_index": index, "_id": document.key, **_versioned(read_at), "_source": row(document)}


def _versioned(read_at: int) -> dict[str, Any]:
    """Of two machines that write the same row, the one that read the database later wins."""
    return {"version": read_at, "version_type": "external_gte"}
