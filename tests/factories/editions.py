"""Published editions for tests: cases that cite a law of two versions."""

import datetime as dt

from casebook.models import Case, CasebookIssue, IssueEntry
from tests.factories.casebook import public_case, section
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

CITING = "《江城区市容管理办法》第三十三条"


def law(title: str = "江城区市容管理办法"):
    """In force since 2020; article 33 was reworded on 2026-05-01."""
    regulation = RegulationFactory(title=title)
    RegulationVersionFactory(
        regulation=regulation,
        effective_from=dt.date(2020, 1, 1),
        effective_to=dt.date(2026, 5, 1),
        articles={"33": ["占用道路的，责令改正，处五十元罚款。"], "34": ["没有引用的条。"]},
    )
    RegulationVersionFactory(
        regulation=regulation,
        effective_from=dt.date(2026, 5, 1),
        articles={"33": ["占用道路的，责令改正，处一百元罚款。"], "34": ["没有引用的条。"]},
    )
    return regulation


def edition(*cases: Case, preface: str = "", notes: tuple[str, ...] = (), **values) -> CasebookIssue:
    """A published edition with these cases, each frozen as it is public now."""
    issue = CasebookIssue.objects.create(
        **{"year_no": 2026, "quarter_no": 3, "closed_on": dt.date(2026, 9, 25), "status": "published"} | values,
        preface=preface,
    )
    for n, case in enumerate(cases):
        IssueEntry.objects.create(
            issue=issue,
            case=case,
            section=case.domain.name,
            sort_order=n,
            printed_revision_id=case.live_revision_id,
            editor_note=notes[n] if n < len(notes) else "",
        )
    return issue


def citing_case(number: str, **values) -> Case:
    """A public case decided before the law was reworded, citing it in its basis and its text."""
    body = [section("facts", f"某店占用道路。依照{CITING}立案。"), section("errors", "- 未告知\n- 取证不全")]
    values = {"decided_on": dt.date(2026, 4, 1), "duty_basis": CITING, "body": body} | values
    return public_case(case_no=number, slug=number.lower(), **values)
