"""What one candidate of the benchmark does: waits, starts with all others, answers, dies or posts double, hands in."""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exams.bench.figures import Tally
from exams.bench.wire import Broken, Browser, Reply

THINK = (2.0, 5.0)
CHANGED_MIND = 0.1
BACK_OFF = (0.5, 1.0, 2.0, 4.0)
PATIENCE = 60  # tries of one request while the server is away
_STATE = re.compile(r'<script id="sitting-state" type="application/json">(.*?)</script>', re.S)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ITEM = re.compile(r'data-no="(\d+)" data-kind="(\w+)"')
_OPTIONS = re.compile(r'name="q(\d+)" value="(\w)"')


class Manner(StrEnum):
    """How a candidate behaves."""

    PLAIN = "plain"
    KILLED = "killed"
    DOUBLE = "double"


class Unexpected(Exception):
    """An answer that a candidate must never see."""


@dataclass
class Candidate:
    """One candidate; `acknowledged` and `sent` are (number, seq, answer as the page writes it)."""

    browser: Browser
    exam: int
    manner: Manner
    chance: random.Random
    tally: Tally
    pace: float
    most: int
    sitting: int = 0
    slip: str = ""
    token: str = ""
    choices: dict[int, list[str]] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    seqs: dict[int, int] = field(default_factory=dict)
    acknowledged: list[tuple[int, int, str]] = field(default_factory=list)
    sent: list[tuple[int, int, str]] = field(default_factory=list)
    handed_in: bool = False

    async def wait(self) -> None:
        """The waiting room, before everybody starts."""
        page = await self._until_up(lambda: self.browser.get(f"/exams/{self.exam}/"))
        self._expect(page, 200)
        self.token = _TOKEN.search(page.text)[1]  # type: ignore[index]

    async def sit(self, released: asyncio.Event, spread: float) -> None:
        """From the start to the hand-in."""
        await released.wait()
        await asyncio.sleep(self.chance.uniform(0, spread))
        page = await self._start()
        # A browser makes sense of the page on the candidate's machine. Here that costs the server's cores, so it waits
        # until the second in which everybody starts is over.
        await self._think()
        await self._look_at(page)
        numbers = sorted(self.kinds)[: self.most]
        killed_at = self.chance.choice(numbers[len(numbers) // 4 :]) if self.manner == Manner.KILLED else 0
        for number in numbers:
            if number == killed_at:
                await self._die_and_come_back(number)
            await self._answer(number)
            if self.chance.random() < CHANGED_MIND:
                await self._answer(self.chance.choice(numbers[: numbers.index(number) + 1]))
            await self._think()
        await self._hand_in()

    async def _think(self) -> None:
        await asyncio.sleep(self.chance.uniform(*THINK) / self.pace)

    async def _start(self) -> Reply:
        started = asyncio.get_running_loop().time()

        async def press() -> Reply:
            pressed = await self.browser.post_form(f"/exams/{self.exam}/start/", csrfmiddlewaretoken=self.token)
            return await self.browser.follow(pressed)

        page = await self._until_up(press)
        self.tally.add("start", asyncio.get_running_loop().time() - started)
        self._expect(page, 200)
        return page

    async def _look_at(self, page: Reply) -> None:
        if "sitting-state" not in page.text:  # the answer to the start was lost with the server
            page = await self._take_over(page)
        self._read(page)

    def _read(self, page: Reply) -> None:
        text = page.text
        found = _STATE.search(text)
        if found is None:
            raise Unexpected(f"no paper on the page: {text[:200]}")
        state = json.loads(found[1])
        self.sitting, self.slip = state["sitting"], state["slip"]
        if not self.kinds:
            self.kinds = {int(number): kind for number, kind in _ITEM.findall(text)}
            for number, value in _OPTIONS.findall(text):
                self.choices.setdefault(int(number), []).append(value)
        held = {one["no"]: (one["seq"], one["answer"]) for one in state["items"]}
        for number, seq, answer in self.acknowledged:
            known = held.get(number, (0, ""))
            if known[0] < seq or (known[0] == seq and known[1] != answer):
                raise Unexpected(f"acknowledged, and not on the page: {number} {seq} {answer}, {known}")
        self.seqs.update({number: max(seq, self.seqs.get(number, 0)) for number, (seq, _) in held.items()})

    def _pick(self, number: int) -> str:
        choices = self.choices[number]
        if self.kinds[number] != "multiple":
            return self.chance.choice(choices)
        return "".join(sorted(self.chance.sample(choices, self.chance.randint(1, len(choices)))))

    def _change(self, number: int) -> dict[str, Any]:
        self.seqs[number] = seq = self.seqs.get(number, 0) + 1
        answer = self._pick(number)
        self.sent.append((number, seq, answer))
        return {"no": number, "seq": seq, "answer": answer, "flagged": False}

    async def _answer(self, number: int) -> None:
        older = self._change(number) if self.manner == Manner.DOUBLE and self.chance.random() < CHANGED_MIND else None
        change = self._change(number)
        first = self._save(change)
        if self.manner != Manner.DOUBLE:
            await first
            return
        twin = Browser(self.browser.host, self.browser.port)
        await asyncio.gather(first, self._save(change, twin))
        if older:  # what was sent first arrives last
            await self._save(older, twin)
        twin.drop()

    async def _save(self, change: dict[str, Any], browser: Browser | None = None) -> None:
        path, using = f"/exams/sittings/{self.sitting}/save/", browser or self.browser
        reply = await self._until_up(lambda: using.post_json(path, {"items": [change]}, self.slip))
        self.tally.add("save", reply.seconds)
        self._expect(reply, 200)
        told = reply.json()
        number, seq = change["no"], change["seq"]
        if told["again"] or told["faults"] or told["refusal"] or told["seqs"][str(number)] < seq:
            raise Unexpected(f"not taken: {change} {told}")
        if told["seqs"][str(number)] == seq:
            self.acknowledged.append((number, seq, change["answer"]))

    async def _die_and_come_back(self, number: int) -> None:
        """The power goes while an answer is on its way; another computer, with nothing but the account."""
        path = f"/exams/sittings/{self.sitting}/"
        try:
            await self.browser.send_and_die(f"{path}save/", {"items": [self._change(number)]}, self.slip)
        except OSError:
            self.tally.retries += 1
        await asyncio.sleep(self.chance.uniform(3, 10) / self.pace)
        kept = {name: value for name, value in self.browser.cookies.items() if not name.startswith("sitting-")}
        self.browser = Browser(self.browser.host, self.browser.port, kept)
        page = await self._until_up(lambda: self.browser.get(path))
        self._expect(page, 200)
        self._read(await self._take_over(page))
        self.tally.resumed += 1

    async def _take_over(self, page: Reply) -> Reply:
        path, token = page.text.split('action="')[1].split('"')[0], _TOKEN.search(page.text)[1]  # type: ignore[index]

        async def press() -> Reply:
            return await self.browser.follow(await self.browser.post_form(path, csrfmiddlewaretoken=token))

        return await self._until_up(press)

    async def _hand_in(self) -> None:
        path = f"/exams/sittings/{self.sitting}/hand-in/"
        for _ in range(2 if self.manner == Manner.DOUBLE else 1):
            reply = await self._until_up(lambda: self.browser.post_json(path, {"items": []}, self.slip))
            self.tally.add("hand-in", reply.seconds)
            self._expect(reply, 200)
            if reply.json()["state"] != "handed_in":
                raise Unexpected(f"hand-in: {reply.text}")
        self._expect(await self._until_up(lambda: self.browser.get(f"/exams/sittings/{self.sitting}/done/")), 200)
        self.handed_in = True
        self.browser.drop()

    async def _until_up(self, ask: Callable[[], Awaitable[Reply]]) -> Reply:
        """Asks as the page does: again, with pauses, while the server is away. Counts what went wrong."""
        for tried in range(PATIENCE):
            try:
                reply = await ask()
            except Broken as fault:
                self.tally.fault(str(fault))
            else:
                if reply.status < 500:
                    return reply
                self.tally.fault(f"status {reply.status}")
            self.tally.retries += 1
            await asyncio.sleep(BACK_OFF[min(tried, len(BACK_OFF) - 1)] * self.chance.uniform(0.7, 1.3))
        raise Unexpected("the server did not come back")

    def _expect(self, reply: Reply, status: int) -> None:
        if reply.status != status:
            raise Unexpected(f"status {reply.status}: {reply.text[:200]}")
