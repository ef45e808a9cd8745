"""One benchmark run: fill an engine, ask it every question for relevance, then once more for speed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import getloadavg

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
    """`relevance` is None for synthetic passages, where no answer is right; `splits`: the same for each split.

    `build` is None when the index was there before. `load`: processes running or waiting, the mean of the
    minute before the run and of its last minute; above the number of cores wall times say little.
    """

    engine: str
    split: str
    build: Build | None
    relevance: Relevance | None
    alone: Speed
    together: Speed
    splits: Mapping[str, Relevance] = field(default_factory=dict)
    load: tuple[float, float] = (0.0, 0.0)


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
        before, built = _load(), build(self.scratch, documents)
        answers = [self.ranked(one.text) for one in self.questions] if judged else []
        texts = [one.text for one in self.questions]
        for text in texts[:PAGE]:
            self.timed(text)
        alone = measure(self.timed, texts, calls=self.calls)
        together = measure(self.timed, texts, calls=self.calls, clients=self.clients)
        relevance = self._relevance(answers) if answers else None
        splits = self._splits(answers) if answers else {}
        return Report(self.name, self.split, built, relevance, alone, together, splits, (before, _load()))

    def _relevance(self, answers: Sequence[Sequence[str]], split: str = "") -> Relevance:
        pairs = zip(self.questions, answers, strict=True)
        return Relevance.of((ranked, one.right) for one, ranked in pairs if split in ("", one.split))

    def _splits(self, answers: Sequence[Sequence[str]]) -> dict[str, Relevance]:
        names = sorted({one.split for one in self.questions} - {""})
        return {name: self._relevance(answers, name) for name in names if len(names) > 1}

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


def _load() -> float:
    return round(getloadavg()[0], 1)
