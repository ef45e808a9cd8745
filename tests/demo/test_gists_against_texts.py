"""A gist or a succession that names a provision which the law does not have would mislead an officer."""

import re
import tarfile
from pathlib import Path

import pytest

from demo.loaders.tables import records
from kb.importers.collecting import collect
from kb.importers.matching import title_key
from kb.importers.regulations import parse_regulation
from kb.parser import ParsedRegulation
from tests.paths import shared

pytestmark = pytest.mark.django_db

# Older or newer texts than the version that the demo speaks of.
OTHER_VERSIONS = {"殡葬管理条例", "医疗机构管理条例", "中华人民共和国传染病防治法"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> dict[str, set[str]]:
    """Title -> the keys of its text, for the laws of the demo whose text is at hand."""
    titles = {title_key(row["title"]): row["title"] for row in records("regulations")}
    folder = tmp_path_factory.mktemp("laws")
    with tarfile.open(shared("laws", "laws.tar.xz")) as archive:
        wanted = [m for m in archive.getmembers() if m.isfile() and _may_be_wanted(m.name, titles)]
        archive.extractall(folder, members=wanted, filter="data")
    parsed = (parse_regulation(job.read()) for job in collect([folder]).jobs)
    return {titles[title_key(p.title)]: keys_of(p) for p in parsed if title_key(p.title) in titles}


def _may_be_wanted(name: str, titles: dict[str, str]) -> bool:
    stem = re.sub(r"\(.*\)$", "", Path(name).stem)
    return "ecological-environment" in name or title_key(stem) in titles


def keys_of(parsed: ParsedRegulation) -> set[str]:
    """The keys of a text, and those of its 项 without the 款, as items cite them."""
    keys = {node.key for node in parsed.nodes}
    return keys | {re.sub(r"\.p\d+(?=\.i)", "", key) for key in keys}


def test_every_gist_names_a_provision_of_the_text(texts):
    checked = [row for row in records("gists") if row["law"] in texts and row["law"] not in OTHER_VERSIONS]
    assert len(checked) > 250
    assert [(row["law"], row["key"]) for row in checked if row["key"] not in texts[row["law"]]] == []


def test_every_succession_leads_from_one_provision_to_another(texts):
    ends = [(row["old_law"], row["old_key"]) for row in records("successions")]
    ends += [(row["new_law"], row["new_key"]) for row in records("successions")]
    checked = [(law, key) for law, key in ends if law in texts and law not in OTHER_VERSIONS]
    assert len(checked) > 80
    assert [(law, key) for law, key in checked if key not in texts[law]] == []
