"""One benchmark run: fill an engine, ask it every question for relevance, then once more for speed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.bench.measures import Relevance
from search.bench.reading import Question, identity
from search.bench.scratch import Build, Scratch, build
from search.bench.timing import Clock, Speed, Timed, measure
from search.engines.base import Filters, SearchDocument
from search.lexicon import Lexicon
from search.query import understand

# Deep enough for recall at 100; a page of results when the clock runs.
DEEP, PAGE = 100, 10


@dataclass(frozen=True)
class Report:
    """`relevance` is None for synthetic passages, where no answer is right."""

    engine: str
    split: str
    build: Build
    relevance: Relevance | None
    alone: Speed
    together: Speed


@dataclass(frozen=True)
class Run:
    """What is asked of which engine; `calls` for each of the two speed measurements."""

    name: str
    scratch: Scratch
    lexicon: Lexicon
    questions: Sequence[Question]
    split: str = ""
    calls: int = 1000
    clients: int = 8

    def report(self, documents: Iterable[SearchDocument], *, judged: bool) -> Report:
        built = build(self.scratch, documents)
        relevance = Relevance.of((self.ranked(one.text), one.right) for one in self.questions) if judged else None
        texts = [one.text for one in self.questions]
        for text in texts[:PAGE]:
            self.timed(text)
        alone = measure(self.timed, texts, calls=self.calls)
        together = measure(self.timed, texts, calls=self.calls, clients=self.clients)
        return Report(self.name, self.split, built, relevance, alone, together)

    def ranked(self, text: str) -> list[str]:
        """What is found, best first, by the names judgements use."""
        query = understand(text, self.lexicon).engine_query(Filters(), limit=DEEP)
        return [identity(hit.document) for hit in self.scratch.engine.search(query).hits]

    def timed(self, text: str) -> Timed:
        """One page of results: the engine's call inside the whole of it."""
        began = Clock.now()
        query = understand(text, self.lexicon).engine_query(Filters(), limit=PAGE)
        understood = Clock.now()
        self.scratch.engine.search(query)
        ended = Clock.now()
        return ended - understood, ended - began
