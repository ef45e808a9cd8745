"""How long calls take: one after another, and with several clients at once.

Wall time is what a person waits; CPU time of the calling thread is what the call costs, and the only one
of the two that other work on the machine leaves alone.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from math import ceil
from time import perf_counter, thread_time

MILLISECONDS = 1000.0


@dataclass(frozen=True)
class Clock:
    """A moment, on the wall and in the CPU time of this thread; seconds."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> "Clock":
        return cls(perf_counter(), thread_time())

    def __sub__(self, other: "Clock") -> "Clock":
        return Clock(self.wall - other.wall, self.cpu - other.cpu)


@dataclass(frozen=True)
class Spread:
    """Percentiles of call times, milliseconds to the microsecond."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        return cls(*(round(percentile(seconds, share) * MILLISECONDS, 3) for share in (0.50, 0.95, 0.99)))


@dataclass(frozen=True)
class Speed:
    """`engine`: the call of the engine alone; `whole`: understanding the query and that call."""

    calls: int
    clients: int
    per_second: float
    engine: Spread
    engine_cpu: Spread
    whole: Spread
    whole_cpu: Spread


# One call of the engine timed inside one whole call: (engine, whole).
Timed = tuple[Clock, Clock]


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least this share of the values does not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def measure(ask: Callable[[str], Timed], texts: Sequence[str], *, calls: int, clients: int = 1) -> Speed:
    """Asks the texts in turn until so many calls are done, shared among the clients, each a thread."""
    asked = list(islice(cycle(texts), calls))
    began = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        timed = list(pool.map(ask, asked))
    passed = perf_counter() - began
    engine, whole = [one for one, _ in timed], [one for _, one in timed]
    return Speed(calls, clients, round(calls / passed, 1), *_spreads(engine), *_spreads(whole))


def _spreads(clocks: Sequence[Clock]) -> tuple[Spread, Spread]:
    return Spread.of([clock.wall for clock in clocks]), Spread.of([clock.cpu for clock in clocks])
