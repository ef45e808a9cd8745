"""What a child process does on a real database and a real index until it kills itself.

`multiprocessing`'s fork server reads this module once; every child is forked from it and has opened nothing yet.
A step is the beginning or the end of a function that stands in WAY or, looked at closely, each of its lines. The
child kills itself at one step by SIGKILL, so nothing of it is cleaned up, closed or finished.
"""

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import monotonic
from types import CodeType, FrameType
from typing import Any

import django
from django.apps import apps
from django.conf import settings

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from config.settings.environment import SQLITE_OPTIONS  # noqa: E402
from kb.models import PowerItem, Regulation  # noqa: E402
from search import outbox  # noqa: E402
from search.chinese import tokens  # noqa: E402
from search.documents import all_documents  # noqa: E402
from search.engines import get_engine  # noqa: E402
from search.engines.base import EngineQuery, EngineUnavailable  # noqa: E402
from search.models import OutboxEntry  # noqa: E402
from tests.factories.kb import DomainFactory, PowerItemFactory, RegulationVersionFactory  # noqa: E402
from tests.factories.people import UnitFactory  # noqa: E402
from tests.search.conftest import taken_off  # noqa: E402

# What every child would otherwise read anew: the dictionary of the segmenter and the site's addresses.
tokens("占道经营")
get_resolver().url_patterns  # noqa: B018

# The way of a change into the index: every function on it that writes, reads, locks or commits something.
WAY: dict[str, tuple[str, ...]] = {
    "search/observers.py": ("changed",),
    "search/outbox.py": ("note", "_soon", "_drain_quietly", "drain", "_take_away", "rebuild", "verify"),
    "search/pacing.py": ("__call__", "_plan", "_late", "_take", "_run"),
    "search/locking.py": ("file_lock",),
    "search/documents/__init__.py": ("documents_of", "all_documents", "_in_batches"),
    "search/engines/tantivy.py": (
        *("replace", "rebuild", "_writing", "_write", "_start", "_new_folder", "_point_to", "_sweep"),
    ),
    "search/engines/elasticsearch.py": (
        *("replace", "rebuild", "_changes", "_start", "make", "_create", "_swap", "move", "_refresh", "_held"),
    ),
    "search/engines/elastic_connection.py": ("send", "_tried"),
    "django/db/backends/base/base.py": ("commit", "_commit", "run_and_clear_commit_hooks"),
}


@dataclass(frozen=True)
class Site:
    """A database file and where its index is; machines have locks of their own."""

    folder: Path
    engine: str = "tantivy"
    url: str = ""
    prefix: str = ""
    machine: str = "one"

    def open(self) -> None:
        """This process works on it from now on."""
        file = {"ENGINE": "django.db.backends.sqlite3", "NAME": self.folder / "db.sqlite3", "OPTIONS": SQLITE_OPTIONS}
        settings.DATABASES = {"default": file}
        connections.settings = connections.configure_settings(settings.DATABASES)
        with suppress(AttributeError):  # reading the site's modules may have made one, not yet opened
            del connections["default"]
        settings.SEARCH_ENGINE, settings.SEARCH_INDEX_DIR = self.engine, self.folder / f"index-{self.machine}"
        settings.SEARCH_URL, settings.SEARCH_INDEX_PREFIX, settings.SEARCH_TIMEOUT = self.url, self.prefix, 20.0


class Fuse:
    """A trace function that kills the process at the step `at` and tells `told` where that is."""

    def __init__(self, at: int, closely: bool, told: Any) -> None:
        self.left, self.told = at, told
        self.events = ("line", "return") if closely else ("call", "return")
        self.seen: set[tuple[CodeType, int, str]] = set()

    def __call__(self, frame: FrameType, event: str, argument: object) -> "Fuse | None":
        if not on_the_way(frame.f_code):
            return None
        if event in self.events:
            self.step(frame, event)
        return self

    def step(self, frame: FrameType, event: str) -> None:
        place = frame.f_code, frame.f_lineno, event
        if place in self.seen:
            return
        self.seen.add(place)
        if not self.left:
            self.told.send(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name} {event} {frame.f_lineno}")
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


@cache
def on_the_way(code: CodeType) -> bool:
    for file, names in WAY.items():
        if code.co_filename.endswith(file):
            return code.co_name in names
    return False


def run_until(site: Site, work: str, number: int, at: int, closely: bool, told: Any) -> None:
    """Prepares, says what the index holds, then works under the fuse, which says where it kills."""
    site.open()
    prepare, change = SCENARIOS[work]
    prepare(number)
    outbox._drain_paced.flush()
    outbox._drain_paced._next = 0.0
    told.send(held())
    fuse = Fuse(at, closely, told)
    threading.settrace(fuse)
    sys.settrace(fuse)
    change(number)
    sys.settrace(None)


def make(site: Site, _: Any) -> None:
    """Tables, some rows, and an index of them."""
    settings.MIGRATION_MODULES = dict.fromkeys((app.label for app in apps.get_app_configs()), None)
    site.open()
    call_command("migrate", run_syncdb=True, verbosity=0)
    domain, department = DomainFactory(name="市容环境"), UnitFactory(department=True)
    for number in range(3):
        PowerItemFactory(name=f"对第{number}种行为的处罚", domain=domain, department=department)
    articles = {str(number): [f"第{number}条的内容。"] for number in range(1, 4)}
    RegulationVersionFactory(regulation__title="江城区市容管理办法", regulation__slug="first", articles=articles)
    outbox.rebuild()


@dataclass(frozen=True)
class Report:
    """What a fresh process finds: `seen` before it mends anything, the rest after the next drain."""

    seen: str
    waiting: int
    differing: list[str]
    doubled: list[str]
    listed: int
    held: dict[str, str]

    @property
    def is_whole(self) -> bool:
        return not (self.waiting or self.differing or self.doubled) and self.listed == len(self.held)


def check(site: Site, before: dict[str, str], told: Any) -> None:
    """What a site does after a restart: drains, and looks whether database and index are equal."""
    site.open()
    seen = state(before)
    outbox.drain()
    waiting, differing = OutboxEntry.objects.count(), outbox.verify(repair=False).owners
    keys = Counter(key for key, _ in get_engine().digests())
    doubled = [key for key, times in keys.items() if times > 1]
    told.send(Report(seen, waiting, differing, doubled, get_engine().search(EngineQuery()).total, held()))


def state(before: dict[str, str]) -> str:
    """What a reader sees before anybody mends: before, after, mixed, or nothing at all."""
    found, after = held(), {document.key: document.digest for document in all_documents()}
    if not found:
        return "nothing"
    return "after" if found == after else "before" if found == before else "mixed"


def held() -> dict[str, str]:
    try:
        return dict(get_engine().digests())
    except EngineUnavailable:
        return {}


def forget(site: Site, _: Any) -> None:
    """Takes the indices of this site off the servers."""
    site.open()
    taken_off(get_engine())


def keep_renaming(site: Site, place: int, times: int, told: Any) -> None:
    """One of several who write at once."""
    site.open()
    for number in range(times):
        item = PowerItem.objects.order_by("pk")[place]
        item.name = f"对第{place}项第{number}次改名的处罚"
        item.save()
        outbox._drain_quietly()
    told.send(item.name)


def keep_rebuilding(site: Site, times: int, told: Any) -> None:
    """Rebuilds meanwhile; one that another overtakes gives up."""
    site.open()
    for _ in range(times):
        with suppress(EngineUnavailable):
            outbox.rebuild()
    told.send(times)


# The changes, each with what it needs to find.


def nothing(number: int) -> None:
    """Needs nothing."""


def rename(number: int) -> None:
    """A change of an item and of a law, whose articles change with it, in one transaction."""
    item, law = PowerItem.objects.order_by("pk")[0], Regulation.objects.get(slug="first")
    with transaction.atomic():
        item.name = f"对第{number}次改名的处罚"
        item.save()
        law.title = f"江城区市容管理办法（{number}）"
        law.save()


def add_law(number: int) -> None:
    """In one transaction, for provisions leave no note of their own."""
    articles = {"1": ["一。"], "2": ["二。"]}
    with transaction.atomic():
        RegulationVersionFactory(
            regulation__title=f"将要删除的第{number}号", regulation__slug=f"gone-{number}", articles=articles
        )
    outbox.drain()


def delete_law(number: int) -> None:
    """All documents of an owner leave the index."""
    law = Regulation.objects.get(slug=f"gone-{number}")
    with transaction.atomic():
        law.versions.all().delete()
        law.delete()


def change_unseen(number: int) -> None:
    """A change noted and not drained: its process died after the commit."""
    item = PowerItem.objects.order_by("pk")[1]
    PowerItem.objects.filter(pk=item.pk).update(name=f"对第{number}次待更新的处罚")
    OutboxEntry.objects.create(subject=f"item:{item.pk}")


def rebuild(number: int) -> None:
    outbox.rebuild()


def verify(number: int) -> None:
    outbox.verify()


def change_once_more(number: int) -> None:
    """A change that comes too soon after another waits for its turn, which comes at once here."""
    paced = outbox._drain_paced
    paced._next = monotonic() + 3600
    rename(number)
    timer: Any = paced._timer
    timer.cancel()
    timer.function(*timer.args)


SCENARIOS: dict[str, tuple[Callable[[int], None], Callable[[int], None]]] = {
    "a change": (nothing, rename),
    "a change that has to wait": (nothing, change_once_more),
    "a deletion": (add_law, delete_law),
    "a rebuild": (change_unseen, rebuild),
    "a check": (change_unseen, verify),
}
