//! The cases of the test plan, and the test that holds each. A name that no test has any more fails here.
//!
//! G: the manager of the file exchange · C: CliSiTef · P: the pinpad · K: a kill at this point of a payment, for both TEFs.

const PLAN: [(&str, &str, &str); 70] = [
    ("G1 ATV", "tef_file_exchange/handshake", "a_manager_that_acknowledges_is_there"),
    (
        "G2 no sts",
        "tef_file_exchange/handshake",
        "a_silent_manager_is_told_of_in_time_and_never_finds_the_request_later",
    ),
    ("G3 late sts", "tef_file_exchange/handshake", "a_late_acknowledgement_in_time_is_one"),
    ("G4 approved, CNF", "tef_file_exchange/finalizing", "an_approved_sale_is_confirmed_with_the_managers_own_ids"),
    ("G5 denied, G6 FF", "tef_file_exchange/handshake", "a_refusal_and_a_customer_who_gives_up_leave_nothing_behind"),
    (
        "G7 value differs",
        "tef_file_exchange/finalizing",
        "a_sale_approved_for_another_amount_is_undone_with_that_amount",
    ),
    ("G8 729 = 1", "tef_file_exchange/finalizing", "a_sale_that_needs_no_finalising_is_never_confirmed_nor_undone"),
    ("G10 torn", "tef_file_exchange/handshake", "a_torn_answer_is_waited_for_until_it_is_whole"),
    ("G11 wrong id", "tef_file_exchange/handshake", "an_answer_to_something_else_is_not_ours"),
    ("G12 response first", "tef_file_exchange/handshake", "an_answer_that_comes_before_its_acknowledgement_counts"),
    ("G13 case of names", "tef_file_exchange/handshake", "names_are_matched_in_any_case"),
    ("G14 money", "tef_file_exchange/dialects", "an_amount_in_another_dialects_hand_is_not_taken_for_the_asked_one"),
    ("G14 quotes", "tef_file_exchange/dialects", "receipts_come_with_or_without_quotes_in_every_dialect"),
    (
        "G15 CNF without sts",
        "tef_file_exchange/finalizing",
        "a_confirm_without_acknowledgement_is_sent_again_after_a_restart",
    ),
    (
        "G16 undo, repeat",
        "tef_file_exchange/finalizing",
        "an_older_transaction_held_by_the_manager_is_undone_and_the_sale_repeated",
    ),
    (
        "G16 confirm, repeat",
        "tef_file_exchange/finalizing",
        "an_older_transaction_that_the_journal_confirmed_is_confirmed_and_the_sale_repeated",
    ),
    ("G17 leftover Resp", "tef_file_exchange/recovery", "a_leftover_answer_is_examined_before_it_is_removed"),
    ("G18 leftover Req", "tef_file_exchange/recovery", "leftover_requests_are_removed_and_never_executed"),
    ("G19 folder", "tef_file_exchange/folders", "an_unusable_folder_is_named_with_its_cause"),
    (
        "G19 full disk",
        "tef_file_exchange/folders",
        "a_request_that_does_not_fit_on_the_disk_is_never_shown_to_the_manager",
    ),
    ("G20 two totems", "tef_file_exchange/folders", "a_second_totem_on_the_same_directory_is_refused"),
    ("G21 Latin-1", "tef_file_exchange/handshake", "every_byte_of_a_receipt_reaches_the_paper"),
    ("G22 500 and 0 lines", "tef_file_exchange/handshake", "receipts_of_five_hundred_lines_and_of_none_are_taken"),
    ("G24 CNC", "tef_file_exchange/desk", "a_confirmed_sale_is_given_back_and_the_giving_back_is_confirmed"),
    ("G25 unlink race", "tef_file_exchange/handshake", "files_that_vanish_under_our_eyes_do_no_harm"),
    ("G leaks", "tef_privacy", "nothing_that_identifies_the_card_is_stored_or_logged"),
    (
        "G leaks, whole run",
        "walks/secrets",
        "what_a_card_says_through_files_is_in_no_file_of_ours_no_line_and_not_in_the_totems_memory",
    ),
    ("C1 ok", "tef_clisitef/selling", "a_credit_sale_is_confirmed_with_the_very_strings_it_was_begun_with"),
    ("C2 denied", "tef_clisitef/selling", "a_refused_sale_is_told_as_what_it_is_and_never_finished"),
    (
        "C3 given up",
        "tef_clisitef/selling",
        "a_customer_who_gives_up_is_heard_at_the_next_question_and_nothing_is_charged",
    ),
    ("C4 command 23", "tef_clisitef/selling", "a_thousand_questions_whether_to_go_on_are_answered_one_by_one"),
    ("C5 menus", "tef_clisitef/asking", "menus_are_answered_by_what_was_chosen_and_else_by_the_customer"),
    ("C6 QR", "tef_clisitef/selling", "a_code_is_on_our_screen_as_long_as_it_can_be_paid"),
    ("C7 unknown", "tef_clisitef/asking", "what_nobody_told_us_of_is_shown_and_ends_the_sale"),
    (
        "C8 typed card",
        "tef_clisitef/asking",
        "a_typed_card_its_code_a_supervisor_a_cheque_and_a_bar_code_end_the_sale_at_once",
    ),
    ("C8 leaks", "tef_clisitef/privacy", "nothing_that_identifies_the_card_or_its_holder_is_shown_stored_or_logged"),
    (
        "C8 leaks, whole run",
        "walks/secrets",
        "what_a_card_says_through_the_library_is_in_no_file_no_line_and_not_in_the_totems_memory",
    ),
    ("C9 pending", "tef_clisitef/pending", "what_waits_at_the_start_is_told_with_all_that_is_known_of_it"),
    (
        "C10 midnight",
        "tef_clisitef/selling",
        "a_sale_that_passes_midnight_is_finished_with_the_day_on_which_it_was_begun",
    ),
    ("C11 -5", "tef_clisitef/selling", "without_the_server_no_sale_is_begun"),
    ("C12 queue", "tef_clisitef/pending", "an_end_that_the_library_queues_is_no_end_until_sitef_has_it"),
    ("C13 old library", "tef_clisitef/library", "an_old_library_does_with_what_it_has"),
    (
        "C14 no library",
        "tef_clisitef/library",
        "a_library_that_is_missing_of_another_machine_or_incomplete_is_told_and_the_totem_lives",
    ),
    ("C15 hangs", "tef_clisitef/surviving", "a_library_that_hangs_is_let_go_after_its_limit"),
    ("C15 screen lives", "walks/clisitef", "a_library_that_says_nothing_for_a_while_does_not_stop_the_screen"),
    (
        "C16 crash",
        "tef_clisitef/surviving",
        "a_library_that_crashes_leaves_a_sale_that_only_sitef_knows_of_and_the_next_call_finds_a_new_process",
    ),
    (
        "C17 Ex, C18 two receipts",
        "tef_clisitef/selling",
        "what_the_technician_adds_goes_out_byte_for_byte_and_two_receipts_stay_two",
    ),
    ("C19 documents", "tef_clisitef/selling", "a_document_is_never_used_twice"),
    ("C long field", "tef_clisitef/library", "cells_that_are_written_in_part_or_with_dirt_above_are_read_alike"),
    ("P answers", "pinpad", "a_session_tells_who_the_pinpad_is_and_leaves_the_idle_text"),
    ("P old", "pinpad", "a_pinpad_from_before_abecs_is_asked_in_its_own_words"),
    ("P keys", "pinpad", "a_key_is_told_and_nobody_at_the_keys_is_no_error"),
    ("P bad CRC, NAK", "pinpad", "a_bad_line_is_asked_again_and_given_up_after_three_times"),
    ("P silent, vanishes", "pinpad", "a_silent_a_deaf_a_pulled_and_a_missing_pinpad_are_each_told"),
    ("P secure", "pinpad", "a_pinpad_in_somebody_elses_secure_channel_is_left_alone"),
    ("P lock", "pinpad", "a_port_has_one_user"),
    ("K1-K12 files", "kill", "a_kill_at_each_fact_of_a_card_payment_leaves_its_money_right"),
    ("K1-K12 CliSiTef", "kill", "a_kill_at_each_fact_of_a_card_payment_through_clisitef_leaves_its_money_right"),
    ("K2-K4 files", "kill", "a_kill_at_each_place_of_the_file_exchange_leaves_the_money_right"),
    ("K2-K4 CliSiTef, K13", "kill", "a_kill_at_each_place_inside_the_library_leaves_the_money_right"),
    ("K9 files", "tef_file_exchange/finalizing", "a_confirm_that_is_not_taken_is_withdrawn"),
    ("K12", "kill", "kills_at_random_instants_with_slow_partners_leave_the_money_right"),
    ("K13 K14 files", "kill", "kills_that_follow_each_other_during_the_recovery_leave_the_money_right"),
    ("K panel, files", "kill/panel", "a_kill_while_a_technician_gives_a_sale_back_leaves_it_given_back_or_not"),
    (
        "K panel, CliSiTef",
        "kill/panel",
        "a_kill_while_a_technician_gives_a_sale_back_through_clisitef_leaves_it_given_back_or_not",
    ),
    ("K random, files", "kill", "kills_at_random_instants_leave_the_money_right"),
    ("K random, CliSiTef", "kill", "kills_at_random_instants_with_clisitef_leave_the_money_right"),
    (
        "crash points of files",
        "tef_file_exchange/recovery",
        "a_totem_that_died_anywhere_in_a_sale_finds_what_became_of_it",
    ),
    ("kept files", "tef_file_exchange/recovery", "an_approved_sale_is_found_until_the_journal_holds_it"),
    ("late answer", "tef_file_exchange/recovery", "an_answer_after_we_gave_up_is_found_with_its_coupon"),
];

#[test]
fn every_case_of_the_plan_has_its_test() {
    for (case, file, name) in PLAN {
        let path = format!("{}/tests/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{case}: {path}"));
        assert!(source.contains(&format!("\nfn {name}() {{")), "{case}: {file} has no {name}");
    }
}
