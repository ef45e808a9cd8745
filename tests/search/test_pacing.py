import threading

from search.pacing import Paced

PAUSE = 0.2


def test_the_first_call_works_at_once_and_the_next_ones_are_joined():
    done, twice = [], threading.Event()

    def work():
        done.append(threading.current_thread())
        if len(done) == 2:
            twice.set()

    paced = Paced(work)
    for _ in range(10):
        paced(PAUSE)
    assert done == [threading.current_thread()]
    assert twice.wait(10 * PAUSE)
    assert len(done) == 2


def test_what_is_planned_is_done_at_exit():
    done = []
    paced = Paced(lambda: done.append(1))
    paced(60)
    paced(60)
    paced.flush()
    paced.flush()
    assert len(done) == 2


def test_without_a_pause_every_call_works():
    done = []
    paced = Paced(lambda: done.append(1))
    for _ in range(3):
        paced(0)
    assert len(done) == 3
