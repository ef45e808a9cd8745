"""`bench_search CORPUS QUERIES [QRELS]`: the tables of docs/search.md."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.bench.reading import Unreadable, articles, items, lexicon, questions, scaled
from search.bench.running import Report, Run
from search.bench.scratch import ENGINES, scratch_engine
from search.bench.timing import Speed, Spread
from search.engines.base import EngineUnavailable, SearchDocument


class Command(BaseCommand):
    help = "Indexes a benchmark corpus into a scratch index and measures relevance and speed of the site's search."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("corpus", type=Path, help="articles, .jsonl or .jsonl.xz")
        parser.add_argument("queries", type=Path, help="questions, .jsonl")
        parser.add_argument("qrels", type=Path, nargs="?", help="right answers, where the questions do not hold them")
        parser.add_argument("--engine", choices=ENGINES, default="tantivy")
        parser.add_argument("--split", default="", help="only the questions of this split, e.g. train or dev")
        parser.add_argument("--items", action="store_true", help="index this site's power items beside the corpus")
        parser.add_argument("--scale", type=int, default=0, help="so many synthetic passages instead, for speed only")
        parser.add_argument("--clients", type=int, default=8)
        parser.add_argument("--calls", type=int, default=1000, help="timed searches, alone and with all clients")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._report(options)
        except (Unreadable, OSError, EngineUnavailable) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            self._print(report)

    def _report(self, options: dict[str, Any]) -> Report:
        asked = questions(options["queries"], options["qrels"], options["split"])
        corpus = list(articles(options["corpus"]))
        known, scale = lexicon(corpus), options["scale"]
        documents: Iterable[SearchDocument] = scaled(corpus, scale) if scale else corpus
        beside = items() if options["items"] else ()
        with scratch_engine(options["engine"]) as scratch:
            run = Run(options["engine"], scratch, known, asked, options["split"], options["calls"], options["clients"])
            return run.report(chain(beside, documents), judged=not scale)

    def _print(self, report: Report) -> None:
        built, found = report.build, report.relevance
        size = f"，{built.megabytes} MB" if built.megabytes else ""
        self.stdout.write(
            f"索引  {report.engine}：{built.documents} 篇，{built.seconds} 秒（CPU {built.cpu_seconds} 秒），"
            f"每秒 {built.per_second} 篇{size}"
        )
        if found:
            self.stdout.write(
                f"相关性  {found.questions} 问：R@10 {found.recall_10:.3f}  R@100 {found.recall_100:.3f}  "
                f"MRR@10 {found.mrr_10:.3f}  nDCG@10 {found.ndcg_10:.3f}±{found.ndcg_10_within:.3f}  "
                f"hit@1 {found.hit_1:.3f}  hit@3 {found.hit_3:.3f}  无结果 {found.nothing_found}"
            )
        for speed in (report.alone, report.together):
            self._print_speed(speed)

    def _print_speed(self, speed: Speed) -> None:
        self.stdout.write(f"速度  {speed.clients} 个并发，{speed.calls} 次，每秒 {speed.per_second} 次（毫秒）")
        rows = (("引擎", speed.engine, speed.engine_cpu), ("理解与检索", speed.whole, speed.whole_cpu))
        for label, wall, cpu in rows:
            self.stdout.write(f"      {label}  {_shown(wall)}；CPU {_shown(cpu)}")


def _shown(spread: Spread) -> str:
    return f"p50 {spread.p50:.2f}  p95 {spread.p95:.2f}  p99 {spread.p99:.2f}"
