"""Pages of the casebook."""

from casebook.views.cases import case_detail, case_file, case_list, case_search
from casebook.views.contests import contest_page, contest_scores, contest_sheets
from casebook.views.discussions import discussion_list, discussion_page
from casebook.views.issues import issue_case, issue_contents, issue_file, issue_list
from casebook.views.shelf import favourite, library_list, note, shelf, shelf_list

__all__ = [
    "case_detail",
    "case_file",
    "case_list",
    "case_search",
    "contest_page",
    "contest_scores",
    "contest_sheets",
    "discussion_list",
    "discussion_page",
    "favourite",
    "issue_case",
    "issue_contents",
    "issue_file",
    "issue_list",
    "library_list",
    "note",
    "shelf",
    "shelf_list",
]
