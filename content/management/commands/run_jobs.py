import signal
import threading

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from content.jobs.models import Job
from content.jobs.work import give_up_silent, run_job


class Command(BaseCommand):
    """Several may run; each job is done by one of them. On SIGTERM the job at hand is finished first."""

    help = "后台进程：处理排队的任务（汇编文件等）。JOBS=worker 时须有一个常驻运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="处理完现有的任务就结束")
        parser.add_argument("--every", type=float, default=2.0, help="没有任务时每隔几秒查看一次，默认 2")

    def handle(self, *args, once: bool, every: float, **options) -> None:
        told = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: told.set())
        while True:
            self._work_off(told)
            if once or told.wait(every):
                return

    def _work_off(self, told: threading.Event) -> None:
        close_old_connections()
        give_up_silent()
        while not told.is_set() and (job := Job.objects.filter(state=Job.State.WAITING).order_by("pk").first()):
            run_job.call(job.pk)
            job.refresh_from_db()
            self.stdout.write(f"{job.kind} {job.subject}：{job.get_state_display()} {job.said}")
