"""What holds for every text, and the check characters of numbers."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.anonymise import Kind, Substitution, apply, checksums, scan
from casebook.models import Replacement
from tests.casebook.planted import drafts

DRAFTS = drafts("dev")
PIECES = (
    "当事人|王建国|、|李伟|。|，|执法人员|住解放路12号|店主|2026年3月15日|电话|13800001234|鄂A·12345|老李烧烤店|《行政处罚法》|于|的|15岁|张某"
    "|某餐饮店|420199|〔2026〕第9号|江城大道|小区|3栋|a@b.cn|微信号|wx12345|\n|和|称|女士"
)
pieces = st.sampled_from(PIECES.split("|"))
texts = st.dictionaries(
    st.sampled_from(["title", "facts", "law"]), st.lists(pieces, max_size=25).map("".join), min_size=1
)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_findings_lie_within_their_text_and_do_not_overlap(case):
    findings = scan(case)
    for finding in findings:
        assert case[finding.place][finding.start : finding.end] == finding.original
    for place in case:
        spans = sorted((one.start, one.end) for one in findings if one.place == place)
        assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))


@settings(max_examples=60, deadline=None)
@given(texts)
def test_a_second_scan_says_the_same(case):
    assert scan(case) == scan(dict(case))


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_with_all_proposals_in_place_nothing_sure_is_left(draft):
    clean = apply(draft.texts, scan(draft.texts))
    assert [(one.kind, one.original) for one in scan(clean) if one.sure] == []


@settings(max_examples=150, deadline=None)
@given(
    st.text("甲乙丙丁戊", max_size=40),
    st.dictionaries(st.text("甲乙丙", min_size=1, max_size=3), st.text("ABC", max_size=4)),
)
def test_the_way_of_an_offset_through_the_layer_keeps_what_is_not_replaced(text, pairs):
    moved = Substitution(pairs).apply(text)
    replaced = {offset for piece in moved.pieces for offset in range(piece.start, piece.end)}
    for offset in set(range(len(text))) - replaced:
        start, end = moved.span(offset, offset + 1)
        assert moved.text[start:end] == text[offset]


@given(st.text(string.digits, min_size=11, max_size=18))
def test_one_wrong_digit_is_seen_by_the_check_of_bank_cards(body):
    number = next(body + check for check in string.digits if checksums.luhn(body + check))
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not checksums.luhn(wrong)


@given(st.text(string.digits, min_size=17, max_size=17), st.integers(0, 16))
def test_one_wrong_digit_is_seen_by_the_check_of_identity_numbers(body, place):
    number = next(body + check for check in "0123456789X" if checksums.identity_18(body + check))
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert not checksums.identity_18(wrong)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_every_credit_code_has_exactly_one_check_character(body):
    assert sum(checksums.credit_code(body + check) for check in "0123456789ABCDEFGHJKLMNPQRTUWXY") == 1


def test_the_kinds_are_those_of_the_stored_replacements():
    assert {kind.value for kind in Kind} == set(Replacement.Kind.values)
