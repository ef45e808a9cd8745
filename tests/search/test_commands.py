import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import outbox
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.management.commands.load_synonyms import SHIPPED
from search.models import Synonym
from tests.factories.kb import PowerItemFactory
from tests.paths import shared


def run(*args):
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.fixture
def item(db):
    made = PowerItemFactory(name="对擅自占用城市道路（占道经营）的处罚", penalty_summary="责令改正，可处二万元以下罚款")
    outbox.rebuild()
    return made


def test_search_answers_with_one_json_object(item):
    answer = json.loads(run("search", "占道经营怎么罚", "--json", "--limit", "3"))
    (hit,) = answer["hits"]
    assert set(hit) == {"kind", "title", "url", "score", "snippet"}
    assert (hit["kind"], hit["title"], hit["url"]) == ("item", item.name, item.get_absolute_url())
    assert hit["snippet"] == "责令改正，可处二万元以下罚款"


def test_search_keeps_to_a_kind_and_a_limit(item):
    PowerItemFactory(name="对占道堆放的处罚")
    outbox.drain()
    assert len(json.loads(run("search", "占道", "--limit", "1", "--json"))["hits"]) == 1
    assert json.loads(run("search", "占道", "--kind", "case", "--json"))["hits"] == []


def test_search_explains_itself_to_a_person(item):
    shown = run("search", "占道经营怎么罚", "--explain")
    assert "提问：处罚" in shown
    assert item.name in shown


def test_rebuilding_when_stale_leaves_a_good_index_alone(item):
    assert json.loads(run("rebuild_search", "--if-stale", "--json")) == {"rebuilt": False, "drained": 0}
    get_engine().rebuild([])
    assert json.loads(run("rebuild_search", "--if-stale", "--json"))["documents"] == 1


@pytest.mark.parametrize("command", ["rebuild_search", "search_verify"])
def test_without_the_engine_a_command_says_so(item, monkeypatch, command):
    def broken(*args):
        raise EngineUnavailable("aus")

    for method in ("rebuild", "digests"):
        monkeypatch.setattr(get_engine(), method, broken)
    with pytest.raises(CommandError, match="检索引擎不可用"):
        run(command)


def test_verifying_mends_and_a_check_only_tells(item):
    get_engine().rebuild([])
    with pytest.raises(CommandError):
        run("search_verify", "--check")
    assert json.loads(run("search_verify", "--json"))["missing"] == [f"item:{item.pk}"]
    run("search_verify", "--check")


def test_the_shipped_synonyms_are_there_from_the_first_migration(db):
    shipped = len(SHIPPED.read_text("utf-8").splitlines()) - 1
    assert Synonym.objects.count() == shipped
    assert json.loads(run("load_synonyms", "--json")) == {"rows": shipped, "added": 0}


def test_the_shipped_synonyms_hold_all_of_the_handbook_s(db):
    pairs = set(Synonym.objects.values_list("colloquial", "statutory"))
    rows = [line.split("\t") for line in shared("domain", "synonyms.tsv").read_text("utf-8").splitlines()[1:]]
    assert not [row for row in rows if (row[0], row[1]) not in pairs]


def test_loading_again_keeps_what_trainers_made_of_a_row(db):
    row = Synonym.objects.first()
    row.is_active = False
    row.save()
    run("load_synonyms")
    row.refresh_from_db()
    assert not row.is_active


def test_a_wrong_relation_is_refused_with_its_line(db, tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("colloquial\tstatutory\trelation\tdomain\tnote\n甲\t乙\tUPP\t\t\n", "utf-8")
    with pytest.raises(CommandError, match="第 2 行"):
        run("load_synonyms", str(path))
