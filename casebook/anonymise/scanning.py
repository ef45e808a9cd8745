"""The scan of a whole case: rules, overlaps, further occurrences, proposals. Pure.

findings = scan({"title": "…", "facts": "…"})
clean = apply(texts, findings)
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from casebook.anonymise import clues, contacts, days, numbers, organisations, places
from casebook.anonymise.aliases import Aliases
from casebook.anonymise.doubtful import doubtful
from casebook.anonymise.findings import Finding, Hit, Kind
from casebook.anonymise.folding import HAN, bare, folded, is_han
from casebook.anonymise.persons import persons
from casebook.anonymise.substitution import Substitution, longer_word

RULES = (
    numbers.identities,
    numbers.organisation_codes,
    numbers.phones,
    numbers.plates,
    contacts.contacts,
    contacts.numbered,
    days.days,
    clues.minors,
    clues.unique,
    organisations.organisations,
    places.places,
)
# Of overlapping hits the one with the lower rank stays, then the longer one.
_RANK = {Kind.CONTACT: 0, Kind.IDENTITY: 1, Kind.CREDIT_CODE: 1, Kind.ACCOUNT: 1, Kind.PHONE: 2, Kind.PLATE: 2}
_RANK |= {Kind.DAY: 3, Kind.MINOR: 3, Kind.ORGANISATION: 4, Kind.ADDRESS: 4, Kind.PERSON: 5, Kind.OTHER: 3}
_LAST = 9  # hints that need a person's eye
LONGEST_ORIGINAL = 200

# Titles of laws and names of offices are public and stay.
_PUBLIC = re.compile(
    rf"《[^《》]{{2,60}}》|[{HAN}]{{2,14}}?(?:执法局|管理局|卫生健康局|应急局|委员会|人民政府|办事处|人民法院|检察院|派出所|执法中心|公安局|司法局)"
)
_SPREAD = {Kind.PERSON, Kind.ORGANISATION}


def scan(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Everything recognisable in the texts of one case, by place and offset; no two overlap in one place."""
    read = {place: folded(text) for place, text in texts.items()}
    whole = "\n".join(read.values())
    hits = {place: _settled(_hits_of(text, whole)) for place, text in read.items()}
    hits = _spread(read, hits)
    return _findings(texts, hits, whole)


def apply(texts: Mapping[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """The texts with every proposal in place of every occurrence of its original."""
    layer = Substitution({finding.original: finding.proposal for finding in findings})
    return {place: layer.apply(text).text for place, text in texts.items()}


def _hits_of(text: str, whole: str) -> Iterator[Hit]:
    public = [found.span() for found in _PUBLIC.finditer(text)]
    for hit in chain.from_iterable(rule(text) for rule in RULES):
        if not _within(hit, (span for span in public if text[span[0]] == "《")):
            yield hit
    people = [hit for hit in persons(text, whole) if not _within(hit, public)]
    yield from people
    yield from (hit for hit in doubtful(text, [one for one in people if one.sure]) if not _within(hit, public))


def _within(hit: Hit, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _settled(hits: Iterable[Hit]) -> list[Hit]:
    """Without overlaps: the surer rule first, then the longer stretch."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_weight):
        if hit.end > hit.start and all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _weight(hit: Hit) -> tuple[int, int, int]:
    rank = _RANK[hit.kind] if hit.sure or hit.kind != Kind.OTHER else _LAST
    return rank, -hit.length, hit.start


def _spread(texts: Mapping[str, str], hits: Mapping[str, list[Hit]]) -> dict[str, list[Hit]]:
    """Once found, a name is found wherever it stands, also parted by a space, and a firm by its short name."""
    known: dict[str, Hit] = {}
    for place, found in hits.items():
        for hit in found:
            for name in _spellings(texts[place][hit.start : hit.end], hit):
                known.setdefault(name, hit)
    if not known:
        return dict(hits)
    pattern = re.compile("|".join(_loosely(name) for name in sorted(known, key=len, reverse=True)))
    return {place: _settled([*hits[place], *_again(text, pattern, known)]) for place, text in texts.items()}


def _again(text: str, pattern: re.Pattern[str], known: Mapping[str, Hit]) -> Iterator[Hit]:
    for found in pattern.finditer(text):
        first = known.get(bare(found[0]))
        if first and not longer_word(text, *found.span()):
            yield Hit(first.kind, found.start(), found.end(), first.why, first.sure, first.cue, first.proposal)


def _spellings(name: str, hit: Hit) -> Iterator[str]:
    """The name and its short forms, those that may be looked for everywhere."""
    if hit.kind not in _SPREAD or len(bare(name)) < 2:
        return
    yield bare(name)
    if hit.kind == Kind.ORGANISATION:
        yield from organisations.short_names(name)


def _loosely(name: str) -> str:
    """Han characters may be parted by one space or line end."""
    return r"\s?".join(map(re.escape, name)) if is_han(name) and len(name) <= 4 else re.escape(name)


def _findings(texts: Mapping[str, str], hits: Mapping[str, list[Hit]], whole: str) -> tuple[Finding, ...]:
    placed = [(place, texts[place][hit.start : hit.end], hit) for place in texts for hit in hits[place]]
    placed = [(place, original, hit) for place, original, hit in placed if len(original) <= LONGEST_ORIGINAL]
    kinds: dict[str, Hit] = {}
    for _, original, hit in placed:
        kinds.setdefault(original, hit)
    aliases = Aliases(((original, hit) for _, original, hit in placed), whole)
    return tuple(
        Finding(
            kind=kinds[original].kind,
            place=place,
            start=hit.start,
            end=hit.end,
            original=original,
            proposal=aliases.of(original, kinds[original]),
            why=kinds[original].why,
            sure=kinds[original].sure,
        )
        for place, original, hit in placed
    )
