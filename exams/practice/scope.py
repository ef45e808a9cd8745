"""What somebody practises: the way of going through questions, and which ones. It travels in the address.

/practice/question/?mode=sequential&domain=shirong      /practice/question/?mode=wrong
/practice/question/?mode=random&law=xzcf&seed=4711      /practice/question/?mode=paper&paper=3
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from exams.models import Paper, PracticeAnswer, QuestionBasis
from exams.models.question import QuestionQuerySet
from kb.models import Domain, PowerItem, Regulation

Mode = PracticeAnswer.Mode
LARGEST_SEED = 2**31


class UnknownScope(LookupError):
    """The address names a way, law, domain, item or paper that does not exist."""


@dataclass(frozen=True)
class Scope:
    """How and what. `seed` fixes the order of a random run."""

    mode: Mode
    domain: Domain | None = None
    law: Regulation | None = None
    item: PowerItem | None = None
    paper: Paper | None = None
    seed: int = 0

    @property
    def subject(self) -> str:
        """`市容环境`, `行政处罚法`; empty for the whole bank."""
        named = [self.domain and str(self.domain), self.law and self.law.name, self.item and self.item.label]
        return " · ".join(name for name in [*named, self.paper and str(self.paper)] if name)

    @property
    def label(self) -> str:
        """`随机练习 · 市容环境`."""
        return " · ".join(part for part in (self.mode.label, self.subject) if part)

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows the bank, as it stands in an address."""
        values = {
            "domain": self.domain and self.domain.slug,
            "law": self.law and self.law.slug,
            "item": self.item and self.item.code,
            "paper": self.paper and str(self.paper.pk),
        }
        return {name: value for name, value in values.items() if value}

    def query(self, **more: Any) -> str:
        """The scope as the query string of an address, and what else belongs there."""
        seed = {"seed": self.seed} if self.seed else {}
        return urlencode({"mode": self.mode.value, **self.narrowing, **seed, **more})

    def narrowed(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        """Those of the domain, law and item."""
        if self.domain:
            questions = questions.filter(domain=self.domain)
        if self.law:
            on_law = QuestionBasis.objects.filter(regulation=self.law).values("version")
            questions = questions.filter(current__in=on_law)
        if self.item:
            questions = questions.filter(items=self.item)
        return questions


def read_scope(params: QueryDict) -> Scope:
    """The scope of an address. Raises UnknownScope."""
    return Scope(
        mode=_mode(params),
        domain=_one(Domain, "slug", params.get("domain")),
        law=_one(Regulation, "slug", params.get("law")),
        item=_one(PowerItem, "code", params.get("item")),
        paper=_paper(params),
        seed=_number(params.get("seed")) % LARGEST_SEED,
    )


def practice_papers() -> Any:
    """Papers that anybody may practise on."""
    return Paper.objects.filter(open_for_practice=True, status=Paper.Status.READY)


def _mode(params: QueryDict) -> Mode:
    try:
        return Mode(params.get("mode", Mode.SEQUENTIAL))
    except ValueError as error:
        raise UnknownScope("没有这种练习方式") from error


def _paper(params: QueryDict) -> Paper | None:
    wanted = params.get("mode") == Mode.PAPER
    paper = practice_papers().filter(pk=_number(params.get("paper"))).first() if wanted else None
    if wanted and paper is None:
        raise UnknownScope("没有这套可供练习的试卷")
    return paper


def _one(model: Any, field: str, value: str | None) -> Any:
    found = model.objects.filter(**{field: value}).first() if value else None
    if value and found is None:
        raise UnknownScope(f"没有这个{model._meta.verbose_name}")
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
