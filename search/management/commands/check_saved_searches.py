"""`check_saved_searches`: what do saved searches find that they did not find before? For a nightly job.

Old rows of the log of queries go at the same time.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailable
from search.models import SavedSearch
from search.querylog import forget_old
from search.saved import check


class Command(BaseCommand):
    help = "核对各人保存的检索，记下新增的结果；清除 90 天以前的检索日志。每晚在 search_verify 之后运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_old()
        checked = news = 0
        try:
            for saved in SavedSearch.objects.order_by("pk").iterator(chunk_size=100):
                checked, news = checked + 1, news + bool(check(saved))
        except EngineUnavailable as error:
            raise CommandError(f"检索引擎不可用，已核对 {checked} 个后停止：{error}") from error
        self.stdout.write(f"核对 {checked} 个检索，{news} 个有新内容；清除旧日志 {forgotten} 条。")
