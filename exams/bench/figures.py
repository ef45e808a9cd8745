"""What the benchmark measures: seconds by kind of request, what went wrong, and the report."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

# p95 in seconds for 500 candidates on two cores, issue 6.
TARGETS = {"start": 2.0, "save": 0.3, "hand-in": 1.0}
LABELS = {"start": "开考（到试卷全部到达）", "save": "保存一次作答", "hand-in": "交卷"}
FAULTS_SHOWN = 5


@dataclass
class Tally:
    """Counts of one run."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    resumed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, kind: str, seconds: float) -> None:
        self.seconds[kind].append(seconds)

    def fault(self, words: str) -> None:
        """Something that the page would have tried again."""
        self.faults[words[:120]] += 1


def percentile(values: list[float], share: float) -> float:
    """The smallest value that so large a share of them does not exceed; 0 for none."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)] if values else 0.0


def spread_of(values: list[float]) -> dict[str, float]:
    """Count and percentiles in milliseconds."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {"count": len(values)} | {name: round(percentile(values, at) * 1000, 1) for name, at in shares.items()}


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report for a person."""
    load, audit = report["load"], report["audit"]
    yield f"{report['candidates']} 名考生，每人 {report['items']} 题，{report['database']}；{report['server']}"
    cpu = f"服务 {load['server_cpu']}，考生 {load['client_cpu']}，历时 {load['seconds']} 秒"
    yield f"机器负载 {load['before']} → {load['after']}；处理器秒：{cpu}"
    yield f"生成试卷 {report['built_in']} 秒；断电后恢复 {report['resumed']} 人"
    yield f"服务器被杀 {report['killed']} 次，重试 {report['retries']} 次"
    yield ""
    yield f"{'':24}{'次数':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'最大':>9}  毫秒"
    for kind, words in LABELS.items():
        row = report["milliseconds"][kind]
        met = "达到" if row["p95"] <= TARGETS[kind] * 1000 else "未达到"
        yield (
            f"{words:<20}{row['count']:>8}{row['p50']:>10}{row['p95']:>10}{row['p99']:>10}{row['max']:>10}"
            f"  目标 {TARGETS[kind] * 1000:.0f}：{met}"
        )
    yield ""
    yield f"已确认的作答 {audit['acknowledged']} 次，丢失 {audit['lost']}"
    yield f"重复的答卷 {audit['duplicates']}；未交卷 {audit['open']}"
    yield f"独立判分 {audit['marked']} 题，不一致 {audit['wrong_marks']}；错误 {len(report['errors'])}"
    yield from (f"  {words}" for words in (report["errors"] + audit["examples"])[:FAULTS_SHOWN])
