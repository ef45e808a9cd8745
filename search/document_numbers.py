"""Numbers of documents as people type them: 岸政〔2021〕9号, 岸政2021 9号, 国务院令第583号 (pure)."""

import re

from kb.citations.documents import normalise_document_number
from kb.numerals import NUMERAL
from search.chinese import HAN

_DOCUMENT_NUMBER = re.compile(
    rf"(?P<office>[{HAN}]{{1,10}}?)\s*(?P<open>[〔\[【(])?\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】)]?\s*年?\s*第?\s*(?P<n>\d{{1,5}})\s*(?P<close>号)?(?!\d)"
)
_DECREE = re.compile(
    rf"(?P<office>[{HAN}]{{2,12}}?)(?:令\s*第?\s*(?P<n>\d{{1,4}}|[{NUMERAL}]{{1,7}})\s*号|令\s*第?\s*(?P<m>\d{{1,4}})(?!\d)|第?\s*(?P<k>\d{{1,4}})\s*号令)"
)


def document_numbers(text: str) -> list[str]:
    """The first number in folded text, normalised, with any bracket or none; without bracket and 号 it is none.

    印发岸政〔2021〕9号: where the office's name begins is not known, so every ending of it is given.
    """
    if (found := _DOCUMENT_NUMBER.search(text)) and (found["open"] or found["close"]):
        office, rest = found["office"], f"〔{found['year']}〕{found['n']}号"
    elif decree := _DECREE.search(text):
        office, rest = decree["office"], f"令第{decree['n'] or decree['m'] or decree['k']}号"
    else:
        return []
    return [normalise_document_number(office[i:] + rest) for i in range(max(1, len(office) - 1))]
