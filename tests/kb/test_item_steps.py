"""What to do first, and the role of each cited article: only what the item itself says."""

import pytest

from kb.basis_links import roles_of
from kb.hub.costs import costs_of
from kb.hub.steps import first_steps
from kb.models import PowerItem


def steps(summary="", **fields):
    return first_steps(PowerItem(power_type=fields.pop("power_type", "penalty"), penalty_summary=summary, **fields))


def test_what_an_editor_wrote_comes_first_and_alone():
    assert steps("责令改正，二百元以下", first_steps="先劝离\n\n再立案") == ["先劝离", "再立案"]


def test_a_fine_that_hangs_on_disobedience_is_said_to():
    assert steps("责令限期改正；逾期不改正单位可处十万元以下") == ["先责令限期改正；逾期不改正的，才可以处罚款"]


def test_a_fine_that_may_come_at_once_is_not_made_to_wait():
    assert steps("责令改正，五百—五千元；拒不改正五千—二万元") == ["责令改正"]


def test_the_procedure_and_the_warnings_of_the_note_follow():
    found = steps("一万元以下", simple_procedure="否", note="需超标监测证据；责令停业整治应听证；新法")
    assert found == ["适用普通程序", "需超标监测证据", "责令停业整治应听证"]


def test_an_inspection_lists_its_way_of_working():
    found = steps("—（制作检查笔录；两名以上执法人员）", power_type="inspection")
    assert found == ["制作检查笔录", "两名以上执法人员"]


def test_costs_speak_of_base_condition_and_cap():
    words = [(cost.label, cost.words, cost.note) for cost in costs_of("单位可处应缴费三倍以下且不超过三万元")]
    assert words == [("单位", "应缴费 三倍以下", "不超过 ¥30,000")]
    (per_square,) = costs_of("可并处每平方米一百—一千元")
    assert (per_square.low, per_square.high, per_square.note) == (100, 1000, "每平方米")


@pytest.mark.parametrize(
    ("laws", "power_type", "roles"),
    [
        (["法典", "法典"], "penalty", ["duty", "penalty"]),
        (["条例"], "penalty", ["penalty"]),
        (["土地法", "实施条例"], "penalty", ["penalty", "penalty"]),
        (["规划法", "强制法"], "coercion", ["power", "procedure"]),
        (["安全法", "安全法"], "inspection", ["power", "power"]),
        ([], "penalty", []),
    ],
)
def test_roles_follow_from_law_and_place(laws, power_type, roles):
    assert roles_of(laws, power_type) == roles
