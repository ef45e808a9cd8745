"""Cases, and the quarterly editions that print them.

What the rest of the project may rely on: only `Case.objects.published()` is for the public;
a case's basis is kb.Citation rows with the case as source; an edition keeps the revision it printed.
"""

from casebook.models.case import Case, CaseItem
from casebook.models.edition import CasebookIssue, IssueEntry

__all__ = ["Case", "CaseItem", "CasebookIssue", "IssueEntry"]
