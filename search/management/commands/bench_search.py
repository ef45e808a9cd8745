"""`bench_search CORPUS QUERIES [QRELS]`: the tables of docs/search.md."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.bench.reading import Unreadable, articles, items, lexicon, questions, scaled
from search.bench.running import Report, Run
from search.bench.scratch import ENGINES, NoServer, scratch_engine
from search.bench.tables import lines, table
from search.engines.base import EngineUnavailable, SearchDocument


class Command(BaseCommand):
    help = "用本站的分词、查询理解与排序检索一份评测语料，报告相关性与速度；可同时与其他引擎比较。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("corpus", type=Path, help="条文，.jsonl 或 .jsonl.xz")
        parser.add_argument("queries", type=Path, help="问题，.jsonl")
        parser.add_argument("qrels", type=Path, nargs="?", help="相关条文；问题文件中没有时才需要")
        parser.add_argument("--engine", type=_engines, default=["tantivy"], help=f"可用逗号并列：{','.join(ENGINES)}")
        parser.add_argument("--split", default="", help="只用这一划分的问题，如 train、dev")
        parser.add_argument("--items", action="store_true", help="同时索引本站的权力事项")
        parser.add_argument("--scale", type=int, default=0, help="改用这么多篇合成条文，只测速度")
        parser.add_argument("--index", type=Path, help="tantivy 的索引建在此目录并保留；已有索引时直接使用")
        parser.add_argument("--clients", type=int, default=8)
        parser.add_argument("--calls", type=int, default=1000, help="计时的次数，单独与并发各这么多")
        parser.add_argument("--json", action="store_true", help="每个引擎输出一行 JSON，不输出表格")

    def handle(self, *args: Any, **options: Any) -> None:
        reports = []
        try:
            for report in self._reports(options):
                reports.append(report)
                told = [json.dumps(asdict(report), ensure_ascii=False)] if options["json"] else lines(report)
                self.stdout.write("\n".join(told))
        except (Unreadable, OSError, EngineUnavailable, NoServer, psycopg.Error) as error:
            raise CommandError(str(error)) from error
        if not options["json"]:
            self.stdout.write("\n".join(("", *table(reports))))

    def _reports(self, options: dict[str, Any]) -> Iterator[Report]:
        """One after another, so that no engine disturbs the other."""
        asked = questions(options["queries"], options["qrels"], options["split"])
        corpus, scale = list(articles(options["corpus"])), options["scale"]
        known, beside = lexicon(corpus), list(items()) if options["items"] else []
        for name in options["engine"]:
            documents: Iterable[SearchDocument] = scaled(corpus, scale) if scale else corpus
            with scratch_engine(name, options["index"]) as scratch:
                run = Run(name, scratch, known, asked, options["split"], options["calls"], options["clients"])
                yield run.report(chain(beside, documents), judged=not scale)


def _engines(names: str) -> list[str]:
    """`tantivy,fts5` -> both, in that order."""
    chosen = names.split(",")
    if unknown := [name for name in chosen if name not in ENGINES]:
        raise ArgumentTypeError(f"没有名为 {'、'.join(unknown)} 的引擎，可用：{'、'.join(ENGINES)}")
    return chosen
