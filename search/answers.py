"""The answer card: when a query names one provision, one law or one item, the page begins with it."""

from dataclasses import dataclass
from datetime import date

from content.templatetags.ui import cn_date
from kb.lookup import Resolved, provision_on, provision_url
from kb.models import Regulation
from search.query import QueryPlan


@dataclass(frozen=True)
class Answer:
    """A cited provision or a named law. `url` is empty when there is no such provision.

    `facts` of a law are who made it, its number and since when its text applies; `jump` its address, for 第N条.
    """

    title: str
    url: str = ""
    status: str = ""
    lines: tuple[str, ...] = ()
    gist: str = ""
    missing: str = ""
    facts: tuple[str, ...] = ()
    jump: str = ""


def answer_for(plan: QueryPlan, on: date) -> Answer | None:
    """None when the query cites nothing, or a law that is gone meanwhile."""
    regulation = Regulation.objects.with_versions().filter(pk=plan.law.key).first() if plan.law else None
    if regulation is None:
        return None
    if not plan.provision:
        return _law(regulation, on) if plan.law_alone else None
    found = provision_on(regulation, plan.provision, on)
    return _provision(found) if found or found.gist else _missing(regulation, plan.provision)


def _law(regulation: Regulation, on: date) -> Answer:
    version, url = regulation.current_or_last(on), regulation.get_absolute_url()
    since = f"{cn_date(version.effective_from)}起施行" if version and version.effective_from else ""
    facts = (regulation.get_level_code_display(), regulation.issuers, regulation.doc_number, since)
    return Answer(
        f"《{regulation.title}》",
        url,
        regulation.status(on),
        facts=tuple(filter(None, facts)),
        jump=url if version and version.has_text else "",
    )


def _provision(found: Resolved) -> Answer:
    return Answer(found.citation, found.url, found.status, tuple(found.lines), found.gist)


def _missing(regulation: Regulation, key: str) -> Answer:
    name = f"《{regulation.title}》"
    missing = f"{name}的文本中没有这一条，请核对条号，或打开全文查找。"
    return Answer(name, provision_url(regulation, ""), missing=missing)
