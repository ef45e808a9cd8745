"""Document numbers (国发〔2020〕3号) and decree numbers (国务院令第800号): find and normalise."""

import re

from kb.citations.grammar import HAN, NUMERAL, fold
from kb.citations.names import COUNTRY
from kb.numerals import to_number

_PARTS = re.compile(r"[\[(]?\s?(?P<year>(?:19|20)\d\d)\s?[\])]?\s?年?\s?第?\s?(?P<number>\d{1,4})\s?号$")
_DECREE_PARTS = re.compile(
    rf"(?P<before>{HAN}*?)(?:令\s?\(?(?P<year>(?:19|20)\d\d年)?\s?第?\s?(?P<after>{NUMERAL})\s?号\)?"
    rf"|第?(?P<front>{NUMERAL})号令)$"
)
_RUN = re.compile(rf"{HAN}{{1,30}}$")
_LEAD = re.compile(
    r"^.*(?:依照|依据|根据|按照|违反|执行|见于|参见|适用|以及|或者|[和与及按以由]|印发|^日原?|^年|、)(?=[一-鿿]{1,})"
)
# What the issuer's part of an unbracketed number ends with, so that 于2021年9号 is not taken for one.
_ISSUER_ENDING = re.compile(r"(?:政|发|办|函|规|字|文|通|释|告|建|城)$")
_DECREE_ISSUER = re.compile(r"(?:国务院|主席|部|委|局|署|委员会|政府|总局|行)$")


def normalise_document_number(text: str) -> str:
    """`鄂政办发【2024】11号` -> `鄂政办发〔2024〕11号`, `建设部157号令` -> `建设部令第157号`.

    Text that is no such number comes back without blanks.
    """
    folded = re.sub(r"\s+", "", fold(text))
    if found := _DECREE_PARTS.fullmatch(folded):
        return _decree(found["before"], found["year"] or "", found["after"] or found["front"])
    if found := _PARTS.search(folded):
        return f"{folded[: found.start()]}〔{found['year']}〕{int(found['number'])}号"
    return text.strip()


def _decree(issuer: str, year: str, number: str) -> str:
    return f"{issuer.removeprefix(COUNTRY)}令{year}第{to_number(number)}号"


def issuer_before(text: str, end: int, *, bracketed: bool, decree: bool) -> int | None:
    """Where the issuer's name begins that ends at `end` of folded text; None when there is none."""
    run = _RUN.search(text[max(0, end - 30) : end].rstrip())
    if not run:
        return None
    issuer = _LEAD.sub("", run[0].rpartition(COUNTRY)[2])
    if decree:
        good = bool(_DECREE_ISSUER.search(issuer)) and len(issuer) <= 20
    else:
        good = len(issuer) <= 12 and (bracketed or bool(_ISSUER_ENDING.search(issuer)))
    blanks = len(text[:end]) - len(text[:end].rstrip())
    return end - blanks - len(issuer) if good else None
