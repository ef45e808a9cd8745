"""A run: the site prepared, everybody released at once, perhaps the server killed in between, the audit."""

import asyncio
import json
import os
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from exams.bench.candidate import Candidate, Manner, Unexpected
from exams.bench.figures import LABELS, Tally, spread_of
from exams.bench.site import HOST, Site, scratch_site
from exams.bench.wire import Broken, Browser

# The waiting room is entered over so many seconds a hundred candidates.
ENTERED = 2.0
KILLED_SHARE, DOUBLE_SHARE = 0.1, 0.1


@dataclass(frozen=True)
class Plan:
    """What is to be run. `pace` 2 answers twice as fast; `items` limits how many questions are answered."""

    candidates: int
    items: int = 100
    pace: float = 1.0
    spread: float = 1.0
    kill_server: bool = False
    options: tuple[str, ...] = ()


def run(plan: Plan, say: Callable[[str], None]) -> dict[str, Any]:
    """The report of one run."""
    say("准备站点……")
    with scratch_site(plan.options) as site:
        prepared = site.stage("prepare", candidates=plan.candidates)
        say(f"试卷已生成（{prepared['built_in']} 秒），考生入场……")
        site.start()
        before, started, spent = _load(), time.monotonic(), _own_cpu()
        tally = Tally()
        people = [_candidate(plan, site, prepared, tally, n) for n in range(plan.candidates)]
        killed = asyncio.run(_all(plan, site, people, tally, say))
        load = {
            "before": before,
            "after": _load(),
            "seconds": round(time.monotonic() - started, 1),
            "server_cpu": round(site.cpu_seconds(), 1),
            "client_cpu": round(_own_cpu() - spent, 1),
        }
        site.stop()
        say("核对……")
        told = site.folder / "told.json"
        kept = ("sitting", "acknowledged", "sent")
        told.write_text(json.dumps([{name: getattr(one, name) for name in kept} for one in people if one.sitting]))
        return {
            **asdict(plan),
            "database": site.stage("database"),
            "server": f"gunicorn {' '.join(plan.options) or '（gunicorn.conf.py）'}",
            "built_in": prepared["built_in"],
            "milliseconds": {kind: spread_of(tally.seconds[kind]) for kind in LABELS},
            "resumed": tally.resumed,
            "killed": killed,
            "retries": tally.retries,
            "faults": dict(tally.faults.most_common(10)),
            "errors": tally.errors,
            "load": load,
            "audit": site.stage("audit", exam=prepared["exam"], file=str(told)),
        }


def is_clean(report: dict[str, Any]) -> bool:
    """Nothing lost, nothing doubled, nobody left behind, no wrong mark, no error."""
    audit = report["audit"]
    faults = any(audit[name] for name in ("lost", "duplicates", "open", "wrong_marks"))
    return not faults and not report["errors"]


async def _all(plan: Plan, site: Site, people: Sequence[Candidate], tally: Tally, say: Callable[[str], None]) -> int:
    released = asyncio.Event()
    entered = asyncio.gather(*(_enter(one, plan) for one in people))
    await entered
    say(f"{len(people)} 人同时开考……")
    sittings = [asyncio.create_task(_sit(one, released, plan, tally)) for one in people]
    released.set()
    killer = asyncio.create_task(_kill(plan, site, say))
    await asyncio.gather(*sittings)
    return await killer


async def _enter(one: Candidate, plan: Plan) -> None:
    await asyncio.sleep(one.chance.uniform(0, ENTERED * plan.candidates / 100))
    await one.wait()


async def _sit(one: Candidate, released: asyncio.Event, plan: Plan, tally: Tally) -> None:
    try:
        await one.sit(released, plan.spread)
    except (Unexpected, Broken) as error:
        tally.errors.append(f"答卷 {one.sitting}：{error}")


async def _kill(plan: Plan, site: Site, say: Callable[[str], None]) -> int:
    """kill -9 in the middle, and half a minute later once more; the server is started again each time."""
    if not plan.kill_server:
        return 0
    length = plan.items * 3.5 / plan.pace
    for share in (0.3, 0.3):
        await asyncio.sleep(length * share)
        site.kill()
        say("服务器已被杀死（kill -9），重新启动……")
        await asyncio.to_thread(site.start)
    return 2


def _candidate(plan: Plan, site: Site, prepared: dict[str, Any], tally: Tally, number: int) -> Candidate:
    share = number / plan.candidates
    manner = (
        Manner.KILLED
        if share < KILLED_SHARE
        else Manner.DOUBLE
        if share < KILLED_SHARE + DOUBLE_SHARE
        else Manner.PLAIN
    )
    browser = Browser(HOST, site.port, {"sessionid": prepared["sessions"][number]})
    return Candidate(browser, prepared["exam"], manner, random.Random(number), tally, plan.pace, plan.items)


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
