import json

from django.core.management.base import BaseCommand, CommandParser

from exams.actions.questions import recheck_questions
from exams.models import Question


class Command(BaseCommand):
    help = "核对全部审定试题的依据：条文与审定时不同的转为待复核，不再抽用。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args, **options) -> None:
        looked_at = Question.objects.drawable().count()
        moved = recheck_questions()
        if options["json"]:
            rows = [{"code": one.code, "reason": one.review_reason} for one in moved]
            self.stdout.write(json.dumps({"checked": looked_at, "moved": rows}, ensure_ascii=False))
            return
        for one in moved:
            self.stdout.write(f"{one.code}  {one.review_reason}")
        self.stdout.write(f"核对 {looked_at} 道，转为待复核 {len(moved)} 道。")
