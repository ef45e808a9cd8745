"""A report for a person: a few lines for each engine, and one table of all, as docs/search.md has it."""

from collections.abc import Iterator, Sequence

from search.bench.measures import Relevance
from search.bench.running import Report
from search.bench.timing import Speed, Spread

HEAD = (
    "| 引擎 | 每秒索引（CPU） | MB | p50 / p95 / p99 毫秒 | CPU 毫秒 | 8 并发 p50 / p95 | 每秒次数 1 / 8 "
    "| R@10 | R@100 | nDCG@10 | 负载 |"
)
UNKNOWN = "-"


def lines(report: Report) -> Iterator[str]:
    """What one engine did."""
    yield f"引擎  {report.engine}；机器负载 {report.load[0]} → {report.load[1]}"
    if built := report.build:
        size = f"，{built.megabytes} MB" if built.megabytes else ""
        yield (
            f"索引  {report.engine}：{built.documents} 篇，{built.seconds} 秒（CPU {built.cpu_seconds} 秒），"
            f"每秒 {built.per_second} 篇{size}"
        )
    if report.relevance:
        yield _relevance("相关性", report.relevance)
    for split, found in report.splits.items():
        yield _relevance(f"  其中 {split}", found)
    for speed in (report.alone, report.together):
        yield from _speed(speed)


def table(reports: Sequence[Report]) -> Iterator[str]:
    """All engines side by side, Markdown."""
    yield HEAD
    yield "|---" * (HEAD.count("|") - 1) + "|"
    for report in reports:
        yield f"| {' | '.join(_cells(report))} |"


def _cells(report: Report) -> Iterator[str]:
    built, found, alone, together = report.build, report.relevance, report.alone, report.together
    yield report.engine
    yield f"{built.per_second}（{_per_cpu_second(report)}）" if built else UNKNOWN
    yield f"{built.megabytes}" if built else UNKNOWN
    yield f"{alone.engine.p50:.2f} / {alone.engine.p95:.2f} / {alone.engine.p99:.2f}"
    yield f"{alone.engine_cpu.p50:.2f} / {alone.engine_cpu.p95:.2f}"
    yield f"{together.engine.p50:.2f} / {together.engine.p95:.2f}"
    yield f"{alone.per_second:.0f} / {together.per_second:.0f}"
    for value in (found.recall_10, found.recall_100, found.ndcg_10) if found else ():
        yield f"{value:.3f}"
    yield from () if found else (UNKNOWN,) * 3
    yield f"{report.load[0]} → {report.load[1]}"


def _per_cpu_second(report: Report) -> str:
    built = report.build
    return f"{built.documents / built.cpu_seconds:.0f}" if built and built.cpu_seconds else UNKNOWN


def _relevance(label: str, found: Relevance) -> str:
    return (
        f"{label}  {found.questions} 问：R@10 {found.recall_10:.3f}  R@100 {found.recall_100:.3f}  "
        f"MRR@10 {found.mrr_10:.3f}  nDCG@10 {found.ndcg_10:.3f}±{found.ndcg_10_within:.3f}  "
        f"hit@1 {found.hit_1:.3f}  hit@3 {found.hit_3:.3f}  无结果 {found.nothing_found}"
    )


def _speed(speed: Speed) -> Iterator[str]:
    yield f"速度  {speed.clients} 个并发，{speed.calls} 次，每秒 {speed.per_second} 次（毫秒）"
    rows = (("引擎", speed.engine, speed.engine_cpu), ("理解与检索", speed.whole, speed.whole_cpu))
    for label, wall, cpu in rows:
        yield f"      {label}  {_spread(wall)}；CPU {_spread(cpu)}"


def _spread(spread: Spread) -> str:
    return f"p50 {spread.p50:.2f}  p95 {spread.p95:.2f}  p99 {spread.p99:.2f}"
