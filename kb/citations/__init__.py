"""Citations in Chinese legal texts: text -> frozen values. Pure Python, no database.

The public surface:

    parse(text, context=None, names=None)   every citation of the text, in order
    Context.parse("行政处罚法#33.p3")        where the text stands: for 本法, 前款, 本条
    LawNames                                the names by which laws are known
    standard_citation(title, key)           the form that enforcement documents copy
    link_text_spans(text, spans)            the text as safe HTML with links

README.md beside this file says what is read, what is left alone, and why.
"""

from kb.citations.documents import normalise_document_number
from kb.citations.laws import defined_names
from kb.citations.markup import Link, link_text_spans
from kb.citations.names import LawName, LawNames, plain_name
from kb.citations.parser import parse
from kb.citations.standard import standard_citation, written_key
from kb.citations.values import Citation, Context

__all__ = [
    "Citation",
    "Context",
    "LawName",
    "LawNames",
    "Link",
    "defined_names",
    "link_text_spans",
    "normalise_document_number",
    "parse",
    "plain_name",
    "standard_citation",
    "written_key",
]
