"""`export_questions`: the bank, or a part of it, as a file that `import_questions` takes back."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exams.exchange.exporting import outgoing
from exams.exchange.formats import FORMATS, write_file
from exams.models import Question
from kb.models import Domain


class Command(BaseCommand):
    help = "导出试题的最新版本。格式保存不了的题不写入文件，逐题列出并以非零值退出。题库含答案，文件请妥善保管。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", default="excel", choices=list(FORMATS), help="格式")
        parser.add_argument("--status", choices=Question.Status.values, help="只导出这一状态的")
        parser.add_argument("--domain", help="只导出这一领域的")
        parser.add_argument("--kind", choices=Question.Kind.values, help="只导出这一题型的")
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="写到这个文件")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出报告")

    def handle(self, *args: Any, **options: Any) -> None:
        written = write_file(FORMATS[options["format"]], outgoing(_chosen(options)))
        unfinished = options["to"].with_name(f".{options['to'].name}.part")
        try:
            unfinished.write_bytes(written.data)
            unfinished.replace(options["to"])
        except OSError as error:
            raise CommandError(f"不能写入 {options['to']}：{error.strerror}。") from error
        self._print(written.count, [str(one) for one in written.left_out], options)
        if written.left_out:
            raise CommandError(f"有 {len(written.left_out)} 道题没有写入文件，请换一种格式导出。")

    def _print(self, count: int, left_out: list[str], options: dict[str, Any]) -> None:
        if options["json"]:
            report = {"file": str(options["to"]), "questions": count, "left_out": left_out}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for one in left_out:
            self.stdout.write(f"  没有写入 {one}")
        self.stdout.write(f"已写入 {options['to']}：{count} 道题。")


def _chosen(options: dict[str, Any]):
    questions = Question.objects.order_by("code")
    if options["domain"]:
        domain = Domain.objects.filter(name=options["domain"]).first()
        if domain is None:
            raise CommandError(f"没有领域“{options['domain']}”。")
        questions = questions.filter(domain=domain)
    wanted = {name: options[name] for name in ("status", "kind") if options[name]}
    return questions.filter(**wanted)
