"""The rotating code: by the server's clock only, good while it is on the wall and a moment after."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from training.sessions.codes import DIGITS, EARLIER, SECONDS, accepts, code_at, read_ticket, seconds_left, ticket_for

SECRET = "0123456789abcdef"
AT = dt.datetime(2026, 12, 3, 9, 0, 7, tzinfo=dt.UTC)
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=dt.UTC))


@given(moments, st.integers(0, SECONDS * EARLIER))
def test_a_code_is_taken_while_shown_and_some_seconds_after(shown_at, later):
    assert accepts(SECRET, code_at(SECRET, shown_at), shown_at + dt.timedelta(seconds=later))


@given(moments)
def test_a_code_is_six_digits_and_taken_no_longer_than_that(at):
    code = code_at(SECRET, at)
    assert len(code) == DIGITS and code.isdecimal()
    later = at + dt.timedelta(seconds=SECONDS * (EARLIER + 2))
    shown = {code_at(SECRET, later - dt.timedelta(seconds=SECONDS * back)) for back in range(EARLIER + 1)}
    assert accepts(SECRET, code, later) == (code in shown)
    assert 0 < seconds_left(at) <= SECONDS


def test_another_session_and_the_way_out_have_other_codes():
    assert len({code_at(SECRET, AT), code_at("fedcba9876543210", AT), code_at(SECRET, AT, leaving=True)}) == 3


def test_blanks_in_a_typed_code_do_not_matter():
    code = code_at(SECRET, AT)
    assert accepts(SECRET, f" {code[:3]} {code[3:]} ", AT)


def test_a_scan_keeps_its_moment_however_long_signing_in_takes():
    ticket = read_ticket(ticket_for(7, AT, leaving=True))
    assert (ticket.session, ticket.scanned_at, ticket.leaving) == (7, AT, True)


def test_a_ticket_that_somebody_made_up_is_none():
    assert read_ticket("WzcsMTc5NjI4ODQwNywwXQ:1abc:made-up") is None
    assert read_ticket("") is None
