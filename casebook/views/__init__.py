"""Pages of the casebook."""

from casebook.views.cases import case_detail, case_list
from casebook.views.issues import issue_contents, issue_list

__all__ = ["case_detail", "case_list", "issue_contents", "issue_list"]
