"""A hall signs in: so many phones within so many seconds, some of them twice at once; then the database is asked."""

import datetime as dt
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from exams.bench.site import Site
from people.models import Officer, Unit, User
from training.models import Attendance, TrainingSession
from training.models.choices import OrganiserLevel
from training.sessions.codes import code_at

THREADS = 64
TWICE = 5  # every fifth person presses twice at once
TYPED = 3  # every third types the digits, the others scan
TIMEOUT = 30  # seconds
CSRF = "b" * 32


@dataclass(frozen=True)
class Phone:
    """A logged-in browser of one officer."""

    officer: int
    cookie: str


@dataclass(frozen=True)
class Answer:
    """What one press came to: seconds until the page that says 已签到, and whether it did."""

    officer: int
    seconds: float
    acknowledged: bool


@dataclass(frozen=True)
class Result:
    """`lost`: acknowledged and not in the database. `duplicates`: rows more than people. Times in seconds."""

    people: int
    presses: int
    acknowledged: int
    in_database: int
    lost: int
    duplicates: int
    refused: int
    p50: float
    p95: float
    longest: float
    load: float

    @property
    def is_sound(self) -> bool:
        """Everybody is there once, and nothing was told that is not so."""
        return not (self.lost or self.duplicates or self.refused) and self.in_database == self.people

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def prepare(people: int) -> dict[str, Any]:
    """Makes the session and the accounts, each with a browser that is logged in already."""
    unit = Unit.objects.create(name="测试街道办事处", kind=Unit.Kind.STREET)
    now = timezone.now()
    session = TrainingSession.objects.create(
        title="签到测试",
        unit=unit,
        organiser=OrganiserLevel.STREET,
        starts_at=now,
        ends_at=now + dt.timedelta(hours=1),
        status=TrainingSession.Status.OPEN,
    )
    phones = [_phone(n, unit) for n in range(people)]
    return {"session": session.pk, "secret": session.code_secret, "phones": phones}


def _phone(number: int, unit: Unit) -> tuple[int, str]:
    user = User(username=f"bench{number}", unit=unit)
    user.set_unusable_password()
    user.save()
    officer = Officer.objects.create(unit=unit, name=f"人员{number}", staff_no=f"B{number:05d}", user=user)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return officer.pk, store.session_key or ""


def rows_of(session: int) -> list[int]:
    """Officers of the rows of attendance, as often as they stand there."""
    return list(Attendance.objects.filter(session=session).values_list("officer", flat=True))


def run(site: Site, made: dict[str, Any], seconds: float, seed: int = 1) -> list[Answer]:
    """Everybody signs in at a moment of their own within `seconds`."""
    moments = random.Random(seed)
    began = time.monotonic() + 0.5
    with ThreadPoolExecutor(THREADS) as pool:
        presses = []
        for number, (officer, cookie) in enumerate(made["phones"]):
            at = began + moments.uniform(0, seconds)
            times = 2 if number % TWICE == 0 else 1
            presses += [(at, Phone(officer, cookie), number % TYPED == 0)] * times
        waiting = []
        for at, phone, typed in sorted(presses, key=lambda press: press[0]):
            time.sleep(max(0.0, at - time.monotonic()))
            waiting.append(pool.submit(_press, site, made, phone, typed, at))
        return [one.result() for one in waiting]


def _press(site: Site, made: dict[str, Any], phone: Phone, typed: bool, at: float) -> Answer:
    """Times run from the moment at which the person pressed, so that waiting for a free thread counts too."""
    code = code_at(made["secret"], timezone.now())
    address = f"{site.address}/training/sign/"
    cookies = {settings.SESSION_COOKIE_NAME: phone.cookie, settings.CSRF_COOKIE_NAME: CSRF}
    with requests.Session() as browser:
        browser.trust_env = False
        browser.cookies.update(cookies)
        try:
            if typed:
                headers = {"X-CSRFToken": CSRF}
                page = browser.post(address, {"code": code}, headers=headers, timeout=TIMEOUT)
            else:
                page = browser.get(f"{address}{made['session']}/", params={"c": code}, timeout=TIMEOUT)
            said = page.status_code == 200 and "已签到" in page.text
        except requests.RequestException:
            said = False
    return Answer(phone.officer, time.monotonic() - at, said)


def judged(people: int, answers: list[Answer], rows: Iterable[int]) -> Result:
    """What was told against what is there."""
    there = Counter(rows)
    told = {answer.officer for answer in answers if answer.acknowledged}
    times = sorted(answer.seconds for answer in answers)
    return Result(
        people=people,
        presses=len(answers),
        acknowledged=len(told),
        in_database=len(there),
        lost=len(told - set(there)),
        duplicates=sum(there.values()) - len(there),
        refused=sum(not answer.acknowledged for answer in answers),
        p50=round(statistics.median(times), 3),
        p95=round(times[int(len(times) * 0.95) - 1 if len(times) > 1 else 0], 3),
        longest=round(times[-1], 3),
        load=round(os.getloadavg()[0], 1),
    )
