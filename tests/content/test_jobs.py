"""Long work: done once for a subject, its state told, and free again after whatever stopped it."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex

from config.settings.environment import job_backend
from content.jobs import work
from content.jobs.models import LEASE, Job
from content.jobs.work import Outcome, begin, run_job
from content.models import StandardPage

pytestmark = pytest.mark.django_db
AT_ONCE, BY_WORKER = "django_tasks.backends.immediate.ImmediateBackend", "content.jobs.backends.LeftToWorker"
WORKER = {"default": {"BACKEND": AT_ONCE}, "jobs": {"BACKEND": BY_WORKER}}


@pytest.fixture
def does(monkeypatch, member):
    """`does(work)` asks for a job of that work and gives it as it stands afterwards."""

    def ask(what, subject="2026Q3", **given) -> Job:
        monkeypatch.setitem(work._kinds, "test", what)
        return begin("test", subject, by=member("lin"), given=given)[0]

    return ask


def refuse(job, progress):
    raise ValidationError("没有可以编印的案例。")


def test_the_job_is_done_when_asked_for_and_says_what_came_of_it(does):
    job = does(lambda job, progress: Outcome(f"完成{job.values['form']}", ("未收一篇", "未收两篇")), form="汇编")
    assert (job.state, job.said, job.note_lines) == ("done", "完成汇编", ["未收一篇", "未收两篇"])
    assert job.asked_at <= job.started_at <= job.ended_at and not job.is_open


def test_a_refusal_is_told_in_its_own_words(does):
    assert (does(refuse).state, does(refuse).said) == ("failed", "没有可以编印的案例。")


def test_an_error_is_logged_and_told_without_its_insides(does, caplog):
    job = does(lambda job, progress: 1 // 0)
    assert job.state == "failed" and "ZeroDivision" not in job.said and "日志" in job.said
    assert "ZeroDivisionError" in caplog.text


def test_a_second_click_meets_the_job_that_is_under_way(does, member):
    met = []

    def slow(job, progress):
        progress("正在生成 PDF")
        met.append(begin("test", "2026Q3", by=member("song")))
        met.append(begin("test", "2026Q4", by=member("song"))) if job.subject == "2026Q3" else None
        return Outcome("完成")

    first = does(slow)
    (same, is_new), (other, other_is_new) = met[1], met[2]
    assert (same.pk, is_new, same.said) == (first.pk, False, "正在生成 PDF")
    assert other.pk != first.pk and other_is_new
    assert does(lambda job, progress: Outcome("又一次")).pk > other.pk


def test_a_process_told_to_go_frees_the_subject(does):
    def told_to_go(job, progress):
        raise SystemExit(1)

    job = waiting(does, told_to_go)
    with pytest.raises(SystemExit):
        run_job.call(job.pk)
    assert "中断" in Job.objects.get().said
    assert does(lambda job, progress: Outcome("完成")).state == "done"


def waiting(does, what) -> Job:
    """A job that nobody has taken yet."""
    job = does(lambda job, progress: Outcome(""))
    work._kinds["test"] = what
    Job.objects.filter(pk=job.pk).update(state="waiting", open_key="test:2026Q3")
    return job


def test_a_killed_process_holds_the_subject_until_its_lease_is_over(does, member):
    job = does(lambda job, progress: Outcome(""))
    begun = {"state": "running", "open_key": "test:2026Q3"}
    Job.objects.filter(pk=job.pk).update(**begun, beat_at=timezone.now() - LEASE + dt.timedelta(minutes=1))
    assert begin("test", "2026Q3", by=member("lin")) == (job, False)
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - LEASE - dt.timedelta(minutes=1))
    again, is_new = begin("test", "2026Q3", by=member("lin"))
    job.refresh_from_db()
    assert is_new and again.pk != job.pk and job.state == "failed" and "重新制作" in job.said


def test_who_was_given_up_stops_and_changes_nothing(does):
    def slow(job, progress):
        Job.objects.filter(pk=job.pk).update(state="failed", said="被中断", open_key=None)
        progress("正在生成 Word")
        raise AssertionError("goes on after it was given up")

    assert does(slow).said == "被中断"


def test_with_a_worker_a_job_waits_until_the_worker_comes(does, settings):
    settings.TASKS = WORKER
    jobs = [does(lambda job, progress: Outcome(f"完成{job.subject}"), subject) for subject in ("2026Q3", "2026Q4")]
    assert {job.state for job in jobs} == {"waiting"} and not jobs[0].is_late
    call_command("run_jobs", "--once", verbosity=0)
    assert [job.said for job in Job.objects.order_by("pk")] == ["完成2026Q3", "完成2026Q4"]


def test_a_job_taken_by_one_worker_is_left_alone_by_the_other(does, settings):
    settings.TASKS = WORKER
    done = []
    job = does(lambda job, progress: done.append(run_job.call(job.pk)) or Outcome("完成"))
    run_job.call(job.pk)
    run_job.call(job.pk)
    assert done == [None]


def test_who_waits_for_a_worker_that_does_not_run_is_told(does, settings):
    settings.TASKS = WORKER
    job = does(refuse)
    job.asked_at -= dt.timedelta(minutes=2)
    assert job.is_late


def test_a_back_end_that_does_not_exist_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("JOBS", "celery")
    with pytest.raises(ImproperlyConfigured, match="celery"):
        job_backend()


def test_wagtail_s_own_tasks_do_not_wait_for_a_worker(settings):
    settings.TASKS = WORKER
    image = get_image_model().objects.create(title="图", file=get_test_image_file())
    page = StandardPage(title="说明", body=[("picture", {"image": image, "description": "图", "caption": ""})])
    Page.get_first_root_node().add_child(instance=page)
    assert ReferenceIndex.get_references_to(image).exists()
