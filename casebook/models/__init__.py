"""Cases, and the quarterly editions that print them.

What the rest of the project may rely on: only `Case.objects.published()` is for the public, and only
through `casebook.layer.shown()`; a case's basis is kb.Citation rows with the case as source; an edition
keeps the revision it printed, and its files.
"""

from casebook.models.address import FormerAddress
from casebook.models.case import Case, CaseItem
from casebook.models.contest import Contest, Criterion, Judge, Nomination, Score
from casebook.models.edition import CasebookIssue, IssueEntry, IssueFile, IssueQuota
from casebook.models.intake import CaseIntake
from casebook.models.reader import CaseNote, Favourite
from casebook.models.replacement import Replacement
from casebook.models.review import CaseCheck, CaseComment
from casebook.models.teaching import Discussion, DiscussionCase
from casebook.models.workflow import ChiefEditorTask, LegalReviewTask, Stage

__all__ = [
    "Case",
    "CaseCheck",
    "CaseComment",
    "CaseIntake",
    "CaseItem",
    "CaseNote",
    "CasebookIssue",
    "ChiefEditorTask",
    "Contest",
    "Criterion",
    "Discussion",
    "DiscussionCase",
    "Favourite",
    "FormerAddress",
    "IssueEntry",
    "IssueFile",
    "IssueQuota",
    "Judge",
    "LegalReviewTask",
    "Nomination",
    "Replacement",
    "Score",
    "Stage",
]
