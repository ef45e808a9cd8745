"""Two drafts of one text are put together again without losing a part of either."""

import json

from casebook.review.merging import BOTH, MINE, THEIRS, merge, parts_of

FIELDS = ("title", "outcome")


def draft(title="某店占道案", outcome="罚款", items=(1,), **sections) -> dict:
    body = [{"type": "facts", "id": key, "value": {"heading": "", "text": text}} for key, text in sections.items()]
    rows = [{"pk": n, "item": item} for n, item in enumerate(items)]
    return {"title": title, "outcome": outcome, "case_items": rows, "body": json.dumps(body), "replacements": ["r"]}


def texts(content) -> list[str]:
    return [block["value"]["text"] for block in json.loads(content["body"])]


def by_name(*drafts) -> dict:
    return {part.name: part for part in parts_of(*drafts, FIELDS)}


def test_equal_drafts_have_no_parts():
    assert parts_of(draft(a="甲\r\n乙"), draft(a="甲\n乙"), None, FIELDS) == []


def test_who_alone_changed_a_part_is_preferred():
    base, mine, theirs = draft(a="甲"), draft(title="某店店外经营案", a="甲"), draft(a="甲改")
    parts = by_name(mine, theirs, base)
    assert parts["title"].preferred == MINE and parts["block:a"].preferred == THEIRS


def test_a_part_that_both_changed_asks_a_person():
    parts = by_name(draft(a="甲一"), draft(a="甲二"), draft(a="甲"))
    assert parts["block:a"].clash and parts["block:a"].choices == (MINE, THEIRS, BOTH)


def test_without_a_common_beginning_everything_is_asked():
    assert by_name(draft(title="甲"), draft(title="乙"), None)["title"].clash


def test_what_is_not_chosen_stays_as_theirs():
    assert merge(draft(title="我的", a="我"), draft(a="他"), {}) == draft(a="他") | {
        "body": json.dumps(json.loads(draft(a="他")["body"]), ensure_ascii=False)
    }


def test_each_part_comes_from_the_side_chosen():
    merged = merge(draft(title="我的", a="我甲", b="我乙"), draft(a="他甲", b="他乙"), {"title": MINE, "block:b": MINE})
    assert merged["title"] == "我的" and texts(merged) == ["他甲", "我乙"]


def test_both_texts_of_a_section_may_stay():
    merged = merge(draft(a="我"), draft(a="他"), {"block:a": BOTH})
    assert texts(merged) == ["他", "我"]
    ids = [block["id"] for block in json.loads(merged["body"])]
    assert len(set(ids)) == 2


def test_a_section_that_only_mine_has_comes_after_the_one_it_follows():
    mine, theirs = draft(a="甲", new="新", b="乙"), draft(a="甲", b="乙")
    assert texts(merge(mine, theirs, {"block:new": MINE})) == ["甲", "新", "乙"]
    assert texts(merge(mine, theirs, {"block:new": THEIRS})) == ["甲", "乙"]


def test_a_section_that_mine_removed_goes_when_mine_is_chosen():
    assert texts(merge(draft(a="甲"), draft(a="甲", b="乙"), {"block:b": MINE})) == ["甲"]


def test_items_are_compared_by_what_they_are_and_not_by_their_rows():
    assert "case_items" in by_name(draft(items=(1, 2)), draft(items=(1,)), draft(items=(1,)))
    same = draft(items=(1,))
    same["case_items"][0]["pk"] = 99
    assert "case_items" not in by_name(draft(items=(1,)), same, None)


def test_the_anonymisers_decisions_stay_as_stored():
    mine = draft() | {"replacements": []}
    assert merge(mine, draft(), {"title": MINE})["replacements"] == ["r"]
