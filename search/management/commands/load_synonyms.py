"""`load_synonyms`: the shipped table of colloquial terms into the database, where trainers go on with it."""

import csv
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.models import Synonym
from search.vocabulary import forget

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "synonyms.tsv"
COLUMNS = ("colloquial", "statutory", "relation", "domain", "note")


class Command(BaseCommand):
    help = "载入同义词表；已有的词对保留人工修改。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=SHIPPED, help="TSV 文件，列与自带的同义词表相同")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        rows = self._read(path)
        before = Synonym.objects.count()
        Synonym.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        forget()
        result = {"rows": len(rows), "added": Synonym.objects.count() - before}
        words = f"同义词表 {result['rows']} 行，新增 {result['added']} 行"
        self.stdout.write(json.dumps(result) if options["json"] else words)

    def _read(self, path: Path) -> list[Synonym]:
        with path.open(encoding="utf-8", newline="") as lines:
            table = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        wrong = [n for n, row in enumerate(table, start=2) if row["relation"] not in Synonym.Relation.values]
        if wrong:
            raise CommandError(
                f"{path.name} 第 {wrong[0]} 行的 relation 不是 {'、'.join(Synonym.Relation.values)} 之一"
            )
        return [self._synonym(row) for row in table]

    def _synonym(self, row: dict[str, str]) -> Synonym:
        colloquial, statutory, relation, field, note = (row[name] or "" for name in COLUMNS)
        return Synonym(colloquial=colloquial, statutory=statutory, relation=relation, field=field, note=note)
