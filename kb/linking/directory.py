"""Which regulation a name stands for: titles, short titles, aliases, numbers, our abbreviations."""

from collections import defaultdict
from functools import lru_cache

from kb.citations.names import LawNames, plain_name
from kb.citations.registry import add_name, add_project_names
from kb.models import Regulation, RegulationAlias

Rows = tuple[tuple, ...]


class Directory:
    """The names that the parser may find, and the regulations behind them."""

    def __init__(self, regulations: Rows, aliases: Rows):
        self.names = LawNames()
        self._pks: dict[str, list[int]] = defaultdict(list)
        titles = {}
        for pk, title, short_title, number in regulations:
            titles[pk] = title
            self._pks[plain_name(title)].append(pk)
            self._add(title, short_title, number)
        for pk, name in aliases:
            add_name(self.names, name, titles[pk])
        # last, so that a name our table calls ambiguous stays so whatever the database says
        add_project_names(self.names)

    def _add(self, title: str, short_title: str, number: str) -> None:
        self.names.add_title(title)
        if short_title:
            self.names.add_alias(short_title, title)
        if number:
            self.names.add_document(number, title)

    def regulations(self, title: str) -> list[int]:
        """Primary keys of the regulations of this plain title; more than one is a doubt."""
        return self._pks.get(title, [])

    @classmethod
    def current(cls) -> "Directory":
        """The directory of today's database: two queries, rebuilt only when a name has changed."""
        fields = ("pk", "title", "short_title", "doc_number_norm")
        regulations = tuple(Regulation.objects.order_by("pk").values_list(*fields))
        aliases = tuple(RegulationAlias.objects.order_by("pk").values_list("regulation_id", "name"))
        return _directory(regulations, aliases)


@lru_cache(maxsize=2)
def _directory(regulations: Rows, aliases: Rows) -> Directory:
    return Directory(regulations, aliases)


def known_names() -> LawNames:
    """Every name by which a law of this site, or of our table, is known."""
    return Directory.current().names
