"""Short names of items."""

import csv

import pytest

from kb.short_names import LONGEST, short_name
from tests.paths import shared


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("对擅自占用城市道路、公共场所摆摊设点经营（占道经营）的处罚", "占道经营"),
        ("申请人民法院强制执行（非诉执行）", "非诉执行"),
        ("对擅自占用城市道路的处罚", "擅自占用城市道路"),
        ("对随意倾倒、抛洒、堆放城市生活垃圾的处罚（规章）", "随意倾倒、抛洒、堆放城市生活垃圾"),
        ("代履行（排除妨碍、恢复原状）", "代履行"),
        (
            "对在禁止的时段和区域内露天烧烤食品或者为露天烧烤食品提供场地的处罚",
            "露天烧烤食品或者为露天烧烤食品提供场地",
        ),
        ("水事活动监督检查", "水事活动监督检查"),
    ],
)
def test_the_colloquial_name_or_the_core_of_the_conduct(name, short):
    assert short_name(name) == short


def test_no_real_item_gets_a_long_or_empty_short_name():
    with shared("domain", "power_items.tsv").open(encoding="utf-8") as file:
        names = [short_name(row["name"]) for row in csv.DictReader(file, delimiter="\t")]
    assert all(2 <= len(name) <= LONGEST for name in names)
    assert not [name for name in names if name.startswith("对") or name.endswith(("的处罚", "、", "（"))]
