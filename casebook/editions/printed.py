"""The entries of an edition as they were frozen. A case that cannot be printed is named with the reason."""

import logging
from dataclasses import dataclass, field

from casebook import layer
from casebook.editions.pictures import PictureMissing, pictures_of
from casebook.layer import ShownCase
from casebook.models import Case, CasebookIssue, IssueEntry
from casebook.models.replacement import Replacement
from content.exports.document import Picture

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Printed:
    """One case as it is printed, in an edition as of the frozen revision; `shown` is what may be read of it."""

    case: Case
    shown: ShownCase
    pictures: dict[str, Picture] = field(default_factory=dict)  # by the place of the section
    section: str = ""  # of the edition
    note: str = ""  # the editors'


@dataclass(frozen=True)
class LeftOut:
    """A case of the edition that is not printed, for the people who work on it."""

    case_no: str
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.case_no} {self.title}：{self.reason}"


class NotPrintable(Exception):
    """The reason, in Chinese."""


def entries_of(issue: CasebookIssue) -> list[IssueEntry]:
    """The entries in printed order with what freezing and printing need."""
    related = ("case__domain", "case__street", "printed_revision")
    return list(issue.entries.select_related(*related).prefetch_related("case__replacements"))


def read_entry(entry: IssueEntry) -> Printed:
    """The frozen case. Raises NotPrintable."""
    if reason := refusal(entry):
        raise NotPrintable(reason)
    try:
        case = frozen(entry)
        shown = layer.shown(case)
        printed = Printed(case, shown, pictures_of(shown), entry.section, entry.editor_note)
    except PictureMissing as error:
        raise NotPrintable(str(error)) from error
    except Exception as error:
        # whatever is wrong with one revision, the other cases are printed
        logger.exception("edition entry %s cannot be read", entry.pk)
        raise NotPrintable(f"刊载版本无法读取（{type(error).__name__}），请在案例中重新保存并发布后再编入") from error
    if any(row.decision == Replacement.Decision.OPEN for row in case.replacements.all()):
        raise NotPrintable("刊载版本中还有未处理的匿名提示，请处理、审签并重新发布后再编入")
    return printed


def refusal(entry: IssueEntry) -> str:
    """Why the case may not be printed today; empty when it may."""
    case = entry.case
    if case.withdrawn_at:
        return "已撤下"
    if case.anonymity == Case.Anonymity.INTERNAL:
        return "匿名等级为 C，仅内部使用，不能编入公开的汇编"
    if not case.is_public:
        return "目前没有公开：尚未审签、发布，或者已取消发布"
    return ""


def frozen(entry: IssueEntry) -> Case:
    """The case as of its printed revision; while the edition is being edited, as it is public now."""
    revision = entry.printed_revision or entry.case.live_revision
    return entry.case.with_content_json(revision.content) if revision else entry.case


def title_of(entry: IssueEntry) -> str:
    """The title that readers see, for lists and reports."""
    return layer.title(entry.case)
