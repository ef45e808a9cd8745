"""What users of other exam and training systems complain of, and the tests that it does not happen here.

`peers 12` in a docstring is the complaint of that number. Who changes a test named here keeps what it proves, or names
the one that proves it instead.
"""

import ast
from functools import cache

import pytest

from tests.paths import ROOT

MOST_WORDS = 12
# A browser on a desktop and a telephone, through power cut, lost net, reload, sleep, second tab, the end of the time.
JOURNEY = "browser/test_exam_journey.py::test_a_mock_exam_from_the_waiting_room_to_the_end"

# number: what they complain of, then the tests as "path below tests::name"
COMPLAINTS: dict[int, tuple[str, ...]] = {
    # answers that are lost
    1: (
        "Automatic closing marks an empty paper although answers were saved.",
        "exams/test_closing.py::test_one_round_closes_and_marks",
        "exams/test_sitting_states.py::test_the_server_closes_by_itself_and_every_saved_answer_counts",
    ),
    2: ("Saving fails and the page does not say so.", JOURNEY),
    3: (
        "Ticks that were saved are gone after a reload.",
        JOURNEY,
        "exams/test_saving.py::test_an_item_ends_with_the_first_answer_of_its_highest_number",
        "exams/test_sitting_pages.py::test_answers_come_back_at_the_place_where_they_were_ticked",
    ),
    4: (
        "A hand-in of the last minute fails; the candidate gets no marks.",
        "exams/test_sitting_states.py::test_the_last_changes_travel_with_the_hand_in",
        "exams/test_sitting_states.py::test_when_a_hand_in_is_in_time_or_late_or_the_clock_s",
        "exams/test_sitting_states.py::test_the_server_closes_by_itself_and_every_saved_answer_counts",
        JOURNEY,
    ),
    5: (
        "Now and then an answer is stored as empty.",
        "exams/test_saving.py::test_an_item_ends_with_the_first_answer_of_its_highest_number",
        "exams/test_at_the_same_time.py::test_pages_that_write_at_once_lose_nothing_and_double_nothing",
    ),
    6: (
        "A power cut or the end of time loses the whole paper.",
        JOURNEY,
        "exams/test_closing.py::test_one_round_closes_and_marks",
    ),
    7: (
        "No autosave, or one that hands in at every save.",
        "exams/test_saving.py::test_saving_a_hundred_times_is_one_attempt_and_no_hand_in",
        JOURNEY,
    ),
    8: (
        "An answer counts only after a button for its question was pressed.",
        JOURNEY,
        "exams/test_sitting_states.py::test_the_server_closes_by_itself_and_every_saved_answer_counts",
    ),
    9: (
        "Options stand in another order when an attempt is opened again.",
        "exams/test_shown_answers.py::test_ticks_come_back_where_they_were_set",
        "exams/test_sitting_pages.py::test_answers_come_back_at_the_place_where_they_were_ticked",
        "exams/test_result_page.py::test_the_key_is_told_in_the_letters_that_were_shown",
    ),
    10: (
        "After a lost net, a reload throws the candidate out.",
        JOURNEY,
        "exams/test_sitting_pages.py::test_a_reload_in_the_same_browser_goes_on_without_asking",
    ),
    11: (
        "Questions can be read and the attempt begun anew by a reload.",
        "exams/test_sitting_pages.py::test_pressing_start_twice_begins_once",
        "exams/test_building.py::test_attempts_are_counted_by_the_papers_there_are",
        "exams/test_sitting_states.py::test_another_page_takes_over_with_the_same_remaining_time_and_the_first_only_reads",
    ),
    # twice, and at the same time
    12: (
        "One browser hands in while another goes on writing.",
        "exams/test_sitting_states.py::test_nothing_is_taken_after_the_hand_in",
        "exams/test_at_the_same_time.py::test_a_hand_in_beside_saves_takes_each_whole_or_not_at_all",
    ),
    13: (
        "Half a hand-in locks out; a failed marking waits for ever.",
        "exams/test_sitting_states.py::test_a_hand_in_that_fails_in_the_middle_is_none_and_can_be_repeated",
        "exams/test_closing.py::test_one_faulty_sitting_keeps_no_other_from_being_marked",
    ),
    14: (
        "A hand-in repeated after a lost reply is a second one.",
        "exams/test_sitting_states.py::test_handing_in_twice_is_once",
        "exams/test_at_the_same_time.py::test_pressed_at_once_there_is_one_start_and_one_hand_in",
    ),
    15: (
        "One person gets two exams and every answer twice.",
        "exams/test_sitting_pages.py::test_pressing_start_twice_begins_once",
        "exams/test_at_the_same_time.py::test_next_attempts_prepared_at_once_are_one",
        "exams/test_registering.py::test_each_row_says_what_became_of_it",
    ),
    16: (
        "Two posts at once leave two results that differ.",
        "exams/test_saving.py::test_duplicates_in_any_order_store_nothing_twice",
        "exams/test_at_the_same_time.py::test_pages_that_write_at_once_lose_nothing_and_double_nothing",
    ),
    17: (
        "A timed exam that was left unfinished can be sat again.",
        "exams/test_building.py::test_attempts_are_counted_by_the_papers_there_are",
        "exams/test_sitting_states.py::test_states_never_go_back",
    ),
    # time
    18: (
        "The end of the window cuts a running attempt short.",
        "exams/test_sitting_states.py::test_the_end_of_the_window_never_cuts_a_running_attempt_short",
        "exams/test_registering.py::test_an_exam_is_not_closed_over_somebody_who_is_writing",
    ),
    19: (
        "Setting the computer's clock opens the exam early or prolongs it.",
        "exams/test_sitting_pages.py::test_no_script_of_a_candidate_asks_the_computers_clock",
        "exams/test_sitting_pages.py::test_before_it_opens_the_button_waits_for_the_server_s_time",
        "exams/test_sitting_states.py::test_an_answer_after_the_due_time_is_refused_and_closes_the_sitting",
    ),
    20: (
        "Some candidates see less time than others and must hand in.",
        "exams/test_sitting_states.py::test_the_whole_room_is_extended_in_a_fixed_number_of_queries",
        "exams/test_sitting_states.py::test_extra_minutes_of_a_candidate_count_from_the_start_and_at_once_when_running",
        "exams/test_registering.py::test_what_papers_were_built_from_cannot_be_changed_any_more",
    ),
    21: (
        "A device whose clock is wrong cannot begin.",
        "exams/test_sitting_pages.py::test_no_script_of_a_candidate_asks_the_computers_clock",
        "exams/test_sitting_pages.py::test_before_it_opens_the_button_waits_for_the_server_s_time",
    ),
    22: ("The countdown slows down while its tab is in the background.", JOURNEY),
    23: (
        "A reload at the last second leaves the candidate stuck.",
        "exams/test_sitting_pages.py::test_a_sitting_that_is_overdue_is_closed_by_whoever_looks",
        "exams/test_sitting_states.py::test_states_never_go_back",
    ),
    # a full room begins
    24: (
        "The site is slow when everybody presses start together.",
        "exams/test_sitting_pages.py::test_the_start_and_the_page_ask_few_queries",
    ),
    25: (
        "Papers are put together at the start instead of before it.",
        "exams/test_building.py::test_every_candidate_gets_a_frozen_paper_with_all_marks",
        "exams/test_sitting_pages.py::test_the_start_and_the_page_ask_few_queries",
    ),
    26: (
        "In a crowd some are thrown back or get fewer questions.",
        "exams/test_drawing.py::test_no_question_stands_twice_where_cells_and_sections_overlap",
        "exams/test_drawing.py::test_too_few_questions_are_named_by_their_cell",
        "exams/test_at_the_same_time.py::test_pressed_at_once_there_is_one_start_and_one_hand_in",
    ),
    27: (
        "Start, hand-in and a longer time ask the database too often.",
        "exams/test_sitting_pages.py::test_the_start_and_the_page_ask_few_queries",
        "exams/test_sitting_states.py::test_handing_in_costs_little_more_than_saving",
        "exams/test_sitting_states.py::test_the_whole_room_is_extended_in_a_fixed_number_of_queries",
    ),
    28: (
        "Candidates wait between questions, or for ever.",
        "exams/test_saving.py::test_saving_one_answer_asks_neither_session_nor_account",
        "exams/test_sitting_pages.py::test_the_start_and_the_page_ask_few_queries",
        "exams/test_exam_desk.py::test_the_board_of_many_asks_as_few_queries_as_that_of_one",
    ),
    29: (
        "Read, check, save: a class that begins leaves doubled attendance.",
        "training/test_at_the_same_time.py::test_six_scans_at_once_are_one_row_and_one_credit",
        "exams/test_building.py::test_two_who_build_at_once_build_each_paper_once",
    ),
    # papers and bank
    30: (
        "One paper asks a question twice.",
        "exams/test_drawing.py::test_no_question_stands_twice_where_cells_and_sections_overlap",
        "exams/test_drawing.py::test_same_stems_count_as_one_question",
    ),
    31: (
        "A second attempt asks what was seen in the first.",
        "exams/test_drawing.py::test_a_second_attempt_avoids_what_was_seen_where_it_can",
        "exams/test_drawing.py::test_what_was_seen_is_known_by_its_stem",
    ),
    32: (
        "Drafts and withdrawn questions get into papers.",
        "exams/test_drawing.py::test_only_what_is_reviewed_is_drawn_in_its_reviewed_version",
        "exams/test_writing_and_reviewing.py::test_a_new_version_waits_for_approval_and_the_old_one_stays",
        "exams/test_practice_draws.py::test_what_is_not_in_use_is_not_drawn_in_any_mode",
    ),
    33: (
        "A direct request skips what has to come first.",
        # exams prescribe no order; courses do
        "training/test_courses.py::test_the_quiz_waits_for_the_lessons",
    ),
    # keys put right
    34: (
        "After a wrong key, marks are corrected by editing tables.",
        "exams/test_key_fixes.py::test_applying_does_what_the_dry_run_said_and_keeps_old_and_new",
    ),
    35: (
        "A spoilt question cannot be given to everybody in full.",
        "exams/test_key_fixes.py::test_everybody_can_be_given_full_marks",
        "exams/test_scoring.py::test_full_marks_for_everybody_reach_those_who_answered_nothing",
    ),
    36: (
        "Marking anew breaks off and leaves totals half changed.",
        "exams/test_key_fixes.py::test_what_fails_in_the_middle_leaves_nothing_changed",
    ),
    37: (
        "Marking anew forgets what was known of the attempt.",
        "exams/test_key_fixes.py::test_answers_and_marks_by_hand_stay_as_they_were",
        "exams/test_manual_marks.py::test_marks_by_hand_are_kept_below_a_fix_that_overrules_them",
    ),
    38: (
        "The server tells right from wrong before the end.",
        "exams/test_nothing_leaks.py::test_no_response_holds_a_secret_before_results_are_published",
        "exams/test_nothing_leaks.py::test_the_reply_to_a_right_and_to_a_wrong_answer_is_the_same",
        "exams/test_visibility.py::test_each_setting_shows_from_its_moment_on",
    ),
    # figures
    39: (
        "Figures divide by zero, or differ from the published method.",
        "exams/test_statistics.py::test_the_worked_example_is_reproduced_to_nine_places",
        "exams/test_statistics.py::test_no_exam_however_small_or_uniform_makes_an_error",
        "exams/test_statistics.py::test_where_nobody_differs_nothing_is_said_about_differences",
        "exams/test_exam_figures.py::test_nothing_is_said_of_few_candidates",
    ),
    # files in and out
    40: (
        "A site cannot import the file it has exported.",
        "exams/test_import_questions.py::test_the_exported_bank_comes_back_into_an_empty_one",
        "exams/test_exchange_round_trip.py::test_the_template_of_a_format_is_taken_by_it",
    ),
    41: (
        "An import drops fields, or mistakes text for numbers.",
        "exams/test_import_questions.py::test_the_exported_bank_comes_back_into_an_empty_one",
        "exams/test_question_sheets.py::test_numbers_that_are_numbers_are_read_as_they_look",
        "exams/test_moodle_files.py::test_moodle_xml_of_every_kind_that_we_have",
    ),
    42: (
        "Each save encodes special characters once more.",
        "exams/test_question_form.py::test_special_characters_survive_every_save",
        "exams/test_exchange_round_trip.py::test_marks_of_the_format_in_a_text_do_not_tear_it_apart",
    ),
    43: (
        "Questions without a key come in; long texts do not.",
        "exams/test_question_text_files.py::test_each_fault_is_named_with_its_line_and_how_to_mend_it",
        "exams/test_question_sheets.py::test_each_fault_is_named_with_its_row",
        "exams/test_question_form.py::test_a_text_of_any_length_is_kept",
    ),
    44: (
        "An import does nothing, says nothing useful, or overwrites.",
        "exams/test_exchange_pages.py::test_a_file_that_cannot_be_read_is_refused_on_the_form",
        "exams/test_exchange_pages.py::test_each_template_can_be_downloaded_and_imported",
        "exams/test_import_questions.py::test_a_stem_of_the_bank_is_reported_and_never_overwritten",
        "browser/test_exchange_journey.py::test_a_word_file_comes_in_and_the_list_goes_out",
    ),
    45: (
        "Kind, part marks or the bank's name change on the way in.",
        "exams/test_moodle_files.py::test_gift_blanks_at_the_end_and_in_the_middle",
        "exams/test_moodle_files.py::test_a_credit_rule_that_cannot_be_taken_is_mentioned",
        "exams/test_import_questions.py::test_an_unknown_domain_names_the_known_ones_once",
    ),
    # attendance
    46: (
        "The code of a class is passed on to absent people.",
        # a code dies within a minute; what a live picture defeats is left to the hint of a shared device and the roll
        "training/test_codes.py::test_a_code_is_six_digits_and_taken_no_longer_than_that",
        "training/test_signing_pages.py::test_no_code_of_the_future_is_sent",
        "training/test_live_page.py::test_a_shared_device_is_a_hint",
    ),
    47: (
        "Wrong clocks, slow logins or early scans keep people out.",
        "training/test_signing_pages.py::test_a_scan_before_logging_in_counts_at_its_own_moment",
        "training/test_signing_pages.py::test_too_early_is_on_time",
        "training/test_signing_pages.py::test_an_old_code_is_refused_in_words_and_locks_nobody_out",
        "browser/test_training_journey.py::test_a_hall_signs_in_and_gets_its_hours",
    ),
    48: (
        "Doubled rows, wrong credit; only the last absentee is recorded.",
        "training/test_at_the_same_time.py::test_six_scans_at_once_are_one_row_and_one_credit",
        "training/test_credits.py::test_who_came_earns_the_hours_once",
        "training/test_attendance.py::test_ending_a_session_marks_who_was_expected_and_did_not_come",
    ),
    49: (
        "Two people who record attendance at once double it.",
        "training/test_at_the_same_time.py::test_who_scans_while_the_roll_is_called_stays_signed_in",
        "training/test_at_the_same_time.py::test_who_scans_while_a_list_comes_in_stays_signed_in",
    ),
    # honesty
    50: ("A lockdown browser is refused, or locks and nobody can open.",),
    51: (
        "Loss of focus is taken for proof although it can be hidden.",
        "exams/test_saving.py::test_what_a_page_reports_is_kept_as_evidence_and_has_an_end",
    ),
    # certificates
    52: (
        "Certificates change or double; checking says too little or fails.",
        "exams/test_certificates.py::test_what_was_printed_never_changes",
        "exams/test_certificates.py::test_those_who_passed_get_one_and_nobody_a_second",
        "exams/test_certificates.py::test_one_issued_anew_has_a_code_of_its_own_and_leaves_the_old_one",
        "exams/test_certificates.py::test_the_public_page_shows_every_printed_field",
        "exams/test_certificates.py::test_codes_are_random_and_without_lookalikes",
    ),
    # what was read in the code of others
    53: (
        "No owner check, no time check, short columns, marks cut off.",
        "exams/test_sitting_pages.py::test_nobody_but_the_candidate_opens_a_paper",
        "exams/test_sitting_states.py::test_nobody_sits_for_somebody_else",
        "exams/test_sitting_states.py::test_an_answer_after_the_due_time_is_refused_and_closes_the_sitting",
        "exams/test_saving.py::test_a_long_answer_is_kept_whole_and_one_too_long_is_refused_in_words",
        "exams/test_manual_marks.py::test_only_who_marks_and_never_the_own_answer",
        "exams/test_marking.py::test_marks_are_exact_cents_and_halves_go_up",
    ),
    54: (
        "Strangers' papers open; closing by the clock needs a signed-in user.",
        "exams/test_sitting_pages.py::test_without_its_own_slip_nothing_is_saved",
        "exams/test_sitting_pages.py::test_nobody_but_the_candidate_opens_a_paper",
        "exams/test_sitting_states.py::test_nothing_is_taken_after_the_hand_in",
        "exams/test_closing.py::test_one_round_closes_and_marks",
    ),
    55: (
        "Posting a question twice, or leaving it out, changes the total.",
        "exams/test_saving.py::test_an_item_ends_with_the_first_answer_of_its_highest_number",
        "exams/test_closing.py::test_one_round_closes_and_marks",
        "training/test_quizzes.py::test_what_is_left_out_counts_towards_the_total",
        "training/test_quizzes.py::test_one_question_posted_twice_is_refused",
    ),
    56: (
        "Shares cut to whole numbers lose questions; drawing favours old ones.",
        "exams/test_quotas.py::test_the_parts_add_up_and_each_is_within_one_of_its_share",
        "exams/test_drawing.py::test_papers_of_one_exam_spread_over_the_bank",
    ),
}
CANNOT_HAPPEN = {
    50: "No lockdown browser or key of one is asked for: any browser goes on by taking over.",
}
PROOFS = [(number, proof) for number, (_, *proofs) in COMPLAINTS.items() for proof in proofs]


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_complaint_has_its_place() -> None:
    assert list(COMPLAINTS) == list(range(1, 57))


@pytest.mark.parametrize(("number", "proof"), PROOFS)
def test_a_test_that_is_named_exists(number: int, proof: str) -> None:
    path, name = proof.split("::")
    assert name.startswith("test_") and name in names_in(path)


@pytest.mark.parametrize("number", COMPLAINTS)
def test_there_are_tests_or_a_reason(number: int) -> None:
    words, *proofs = COMPLAINTS[number]
    assert bool(proofs) != bool(CANNOT_HAPPEN.get(number))
    assert 0 < len(words.split()) <= MOST_WORDS
