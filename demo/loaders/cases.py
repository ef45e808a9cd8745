"""The 24 cases: imported, signed by a second person, published, and bound into four editions."""

import re
from collections import defaultdict

from casebook import actions
from casebook.importers import import_cases
from casebook.models import Case, CasebookIssue
from demo.loaders.tables import DATA, RefusedData
from people.models import User

EDITOR, REVIEWER, CHIEF = "peixun", "shenhe", "guan"


def load_cases() -> dict[str, int]:
    """Returns counts by what is there afterwards."""
    editor, reviewer, chief = (User.objects.get(username=name) for name in (EDITOR, REVIEWER, CHIEF))
    report = import_cases([DATA / "cases"], by=editor)
    if report.refused:
        raise RefusedData("\n".join(f"{row.file}：{'；'.join(row.problems)}" for row in report.refused))
    for case in report.cases:
        if not case.is_public:
            actions.release(case, by=editor, signer=reviewer, chief=chief)
    _bind(editor)
    return {"案例": Case.objects.count(), "案例汇编": CasebookIssue.objects.count()}


def _bind(editor: User) -> None:
    """One edition a quarter, read from the case number 2026Q3-01."""
    quarters = defaultdict(list)
    for case in Case.objects.select_related("domain").order_by("case_no"):
        found = re.match(r"(\d{4})Q([1-4])-", case.case_no)
        if found and case.is_public:
            quarters[int(found[1]), int(found[2])].append(case)
    for (year, quarter), cases in quarters.items():
        if not CasebookIssue.objects.filter(year_no=year, quarter_no=quarter).exists():
            actions.compile_issue(year, quarter, cases, by=editor)
