"""Second thoughts about a source's citations of other laws, all those of one law judged together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kb.citations import Citation as Cited
from kb.keys import article_of
from kb.linking.drift import may_have_drifted, numbers_fit, numbers_surely_fit
from kb.linking.resolve import Decision
from kb.models import Citation, RegulationVersion

# (key of the citing provision, what was read, what was decided)
Decided = tuple[str, Cited, Decision]
MOVED = "来源早于所收录的文本，所引条号与该文本的内容对不上，条号可能已变"
LATER = "引用时的文本未收录，条号按{}核对相符"


class Judge:
    """Takes back links whose numbers no longer fit, and makes those that fit a later text beyond doubt."""

    def __init__(self, source: RegulationVersion, provisions: Iterable[tuple[str, str, str]], decided: list[Decided]):
        self._texts: dict[str, str] = defaultdict(str)
        doubtful = self._pairs(source, decided)
        if any(doubtful):
            for key, _, text in provisions:
                self._texts[article_of(key)] += text
        old, later = doubtful
        self._moved = {v for v, pairs in old.items() if not numbers_fit(self._with_text(pairs), v)}
        self._sure = {v for v, pairs in later.items() if numbers_surely_fit(self._with_text(pairs), v)}

    def verdict(self, decision: Decision) -> Decision:
        """The decision as it stands after the test."""
        if decision.version in self._moved:
            return replace(decision, status=Citation.Status.UNRESOLVED, note=MOVED)
        if decision.later and decision.in_later and decision.later in self._sure:
            note = LATER.format(decision.later.display_label)
            return replace(decision, status=Citation.Status.RESOLVED, note=note)
        return decision

    def _pairs(self, source: RegulationVersion, decided: list[Decided]) -> tuple[dict, dict]:
        """(citing article, cited article) by target: texts older than the source, and later ones."""
        old, later = defaultdict(list), defaultdict(list)
        for key, _, decision in decided:
            pair = (article_of(key), article_of(decision.key))
            target = decision.version
            if target and target.regulation_id != source.regulation_id and may_have_drifted(source, target):
                old[target].append(pair)
            elif decision.later:
                later[decision.later].append(pair)
        return old, later

    def _with_text(self, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(self._texts[citing], cited) for citing, cited in pairs]
