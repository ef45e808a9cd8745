"""What the measurement calls lost, doubled and refused."""

from training.bench.signin import Answer, judged

SOUND = [Answer(1, 0.1, True), Answer(1, 0.2, True), Answer(2, 0.3, True)]


def test_everybody_once_is_sound():
    result = judged(2, SOUND, [1, 2])
    assert result.is_sound and (result.lost, result.duplicates, result.refused) == (0, 0, 0)
    assert result.longest == 0.3


def test_what_was_told_and_is_not_there_is_lost():
    result = judged(2, SOUND, [1])
    assert result.lost == 1 and not result.is_sound


def test_a_second_row_of_a_person_is_a_duplicate():
    assert judged(2, SOUND, [1, 1, 2]).duplicates == 1


def test_somebody_who_got_no_answer_is_refused_even_if_recorded():
    result = judged(2, [*SOUND, Answer(2, 9.0, False)], [1, 2])
    assert result.refused == 1 and not result.is_sound
