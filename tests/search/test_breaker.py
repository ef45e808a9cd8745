"""When the search servers are asked, and when they are left alone."""

from search.engines.breaker import FAILURES, PAUSE, Breaker


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def opened(clock):
    breaker = Breaker(clock)
    told = [breaker.failed() for _ in range(FAILURES)]
    assert told == [False] * (FAILURES - 1) + [True]
    return breaker


def test_failures_in_a_row_open_it():
    breaker = Breaker(Clock())
    for _ in range(FAILURES - 1):
        breaker.failed()
    assert breaker.may_pass()
    breaker.failed()
    assert not breaker.may_pass()


def test_a_success_between_failures_starts_the_count_again():
    breaker = Breaker(Clock())
    for _ in range(FAILURES):
        breaker.failed()
        breaker.succeeded()
    assert breaker.may_pass()


def test_after_the_pause_one_may_try_and_the_others_wait_for_the_outcome():
    clock = Clock()
    breaker = opened(clock)
    clock.now += max(PAUSE)
    assert breaker.may_pass()
    assert not breaker.may_pass()
    breaker.succeeded()
    assert breaker.may_pass()


def test_a_failed_trial_opens_it_for_another_pause_without_telling_again():
    clock = Clock()
    breaker = opened(clock)
    clock.now += max(PAUSE)
    assert breaker.may_pass()
    assert not breaker.failed()
    assert not breaker.may_pass()
    clock.now += max(PAUSE)
    assert breaker.may_pass()
