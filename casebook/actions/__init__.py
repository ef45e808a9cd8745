"""Verbs that change cases and editions: permission, change and audit together, a file a noun."""

from casebook.actions.cases import confirm_anonymised, publish, sign
from casebook.actions.editions import compile_issue

__all__ = ["compile_issue", "confirm_anonymised", "publish", "sign"]
