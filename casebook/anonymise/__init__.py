"""Finds what tells who is meant in a case, and proposes what to write instead. Pure Python, no database.

scan(texts)              every recognisable stretch of the texts of one case: Finding
apply(texts, findings)   the texts with all proposals
Substitution(pairs)      originals -> replacements, with the way of every offset
"""

from casebook.anonymise.findings import Finding, Kind
from casebook.anonymise.scanning import apply, scan
from casebook.anonymise.substitution import Moved, Substitution

__all__ = ["Finding", "Kind", "Moved", "Substitution", "apply", "scan"]
