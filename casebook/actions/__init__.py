"""Verbs that change cases and editions: permission, change and audit together, a file a noun."""

from casebook.actions.anonymise import accept_sure, add_replacement, decide, scan_case
from casebook.actions.cases import (
    cancel_review,
    confirm_anonymised,
    publish,
    release,
    send_back,
    sign,
    submit,
    withdraw,
)
from casebook.actions.drafts import keep_aside, save_merged
from casebook.actions.review import answer_checks, comment, resolve_comment, vouch_for_all
from casebook.quarter.actions import compile_issue

__all__ = [
    "accept_sure",
    "add_replacement",
    "answer_checks",
    "cancel_review",
    "comment",
    "compile_issue",
    "confirm_anonymised",
    "decide",
    "keep_aside",
    "publish",
    "release",
    "resolve_comment",
    "save_merged",
    "scan_case",
    "send_back",
    "sign",
    "submit",
    "vouch_for_all",
    "withdraw",
]
