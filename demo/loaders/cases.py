"""The 24 cases: imported, signed by a second person, published, and bound into four editions."""

import re
from collections import defaultdict

from casebook import actions
from casebook.findings.entries import open_findings
from casebook.importers import import_cases
from casebook.models import Case, CasebookIssue, Replacement
from demo.loaders.tables import DATA, RefusedData, day, records
from people.models import User

EDITOR, REVIEWER, CHIEF = "peixun", "shenhe", "guan"
NO_PERSON = "法律施行前后的日期、条文序号，从中认不出当事人"


def load_cases() -> dict[str, int]:
    """Returns counts by what is there afterwards."""
    editor, reviewer, chief = (User.objects.get(username=name) for name in (EDITOR, REVIEWER, CHIEF))
    report = import_cases([DATA / "cases"], by=editor)
    if report.refused:
        raise RefusedData("\n".join(f"{row.file}：{'；'.join(row.problems)}" for row in report.refused))
    for case in report.cases:
        if not case.is_public:
            _settle_findings(case, editor)
            actions.release(case, by=editor, signer=reviewer, chief=chief)
    _bind(editor)
    return {"案例": Case.objects.count(), "案例汇编": CasebookIssue.objects.count()}


def _settle_findings(case: Case, editor: User) -> None:
    """What the anonymiser still finds in our own texts, an editor has looked at."""
    for entry in open_findings(case.get_latest_revision_as_object()):
        actions.decide(case, entry.original, Replacement.Decision.DISMISSED, by=editor, reason=NO_PERSON)


def _bind(editor: User) -> None:
    """One edition a quarter, read from the case number 2026Q3-01."""
    quarters = defaultdict(list)
    for case in Case.objects.select_related("domain").order_by("case_no"):
        found = re.match(r"(\d{4})Q([1-4])-", case.case_no)
        if found and case.is_public:
            quarters[int(found[1]), int(found[2])].append(case)
    texts = {row["code"]: row for row in records("editions")}
    for (year, quarter), cases in quarters.items():
        if not CasebookIssue.objects.filter(year_no=year, quarter_no=quarter).exists():
            text = texts[f"{year}Q{quarter}"]
            closed_on = day(text["closed_on"])
            actions.compile_issue(year, quarter, cases, by=editor, preface=text["preface"], closed_on=closed_on)
