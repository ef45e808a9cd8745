"""The tables of docs/search.md that compare engines, in one run: `make bench`, some six minutes when nothing else runs.

Starts a PostgreSQL and an Elasticsearch on loopback and asks every engine the laypersons' questions of the benchmark
in ../shared/search. `--all` adds officers' queries and citations on the default engine, for which it makes a site
with the power items. `--million FOLDER` also times a million passages, kept in that folder: building them takes some
ten minutes, the first time only.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from elasticsearch_server import ServerUnavailable, elasticsearch
from test_servers import MISSING, ROOT, postgresql, server_programs, started

BENCHMARK, ITEMS = ROOT.parent / "shared" / "search", ROOT.parent / "shared" / "domain" / "power_items.tsv"
QUESTIONS = ("queries.jsonl", "qrels.tsv")
MILLION = 1_000_000


def manage(*arguments: str, env: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=os.environ | env, check=True)


def bench(title: str, *arguments: str, env: dict[str, str]) -> None:
    """One table, with how long it took."""
    began = time.monotonic()
    print(f"\n## {title}", flush=True)
    manage("bench_search", str(BENCHMARK / "corpus.jsonl.xz"), *arguments, env=env)
    print(f"用时 {time.monotonic() - began:.0f} 秒", flush=True)


def asked(*names: str) -> list[str]:
    return [str(BENCHMARK / name) for name in names]


def site(folder: Path) -> dict[str, str]:
    """A site with nothing but the power items; how its commands find it."""
    env = {"BAODIAN_VAR": str(folder)}
    manage("migrate", "--verbosity", "0", env=env)
    manage("import_power_items", str(ITEMS), "--verbosity", "0", env=env)
    return env


def side_by_side(options: argparse.Namespace, calls: Sequence[str]) -> None:
    """All engines, one after the other."""
    programs = server_programs()
    if programs is None:
        raise ServerUnavailable(MISSING)
    with started("PostgreSQL", postgresql(programs)) as base, started("Elasticsearch", elasticsearch()) as search:
        servers = {"BENCH_POSTGRESQL_URL": base, "SEARCH_URL": search, "SEARCH_TIMEOUT": "60"}
        bench("同一批条文与问题，各引擎", *asked(*QUESTIONS), "--engine", options.engines, *calls, env=servers)


def default_engine(options: argparse.Namespace, calls: Sequence[str]) -> None:
    """What only the site's own engine is asked."""
    if options.million:
        kept = ("--scale", str(MILLION), "--index", options.million)
        bench("一百万篇", *asked(*QUESTIONS), *kept, *calls, env={})
    if options.all:
        with tempfile.TemporaryDirectory(prefix="baodian-bench-") as folder:
            env = site(Path(folder))
            bench("权力事项：执法人员的说法", *asked("officer_items.jsonl"), "--items", *calls, env=env)
            bench("引文", *asked("citations.jsonl"), *calls, env=env)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="在一次运行中比较各检索引擎")
    parser.add_argument("--engines", default="tantivy,elasticsearch,fts5,postgresql")
    parser.add_argument("--calls", type=int, default=300, help="计时的次数，单独与并发各这么多")
    parser.add_argument("--all", action="store_true", help="再测执法人员的说法与引文")
    parser.add_argument("--million", default="", metavar="目录", help="再测一百万篇；索引建在此目录并保留")
    options = parser.parse_args(arguments)
    if not BENCHMARK.exists():
        print(f"未找到评测数据：{BENCHMARK}", file=sys.stderr)
        return 3
    calls = ("--calls", str(options.calls))
    try:
        side_by_side(options, calls)
        default_engine(options, calls)
    except ServerUnavailable as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
