//! The rows of the printers' fault matrix and checklist, and the test that holds each. A name that no test has any more fails
//! here. "walks" are the real program before a stand-in in another process; "printer" is the driver before one.

const PLAN: [(&str, &str, &str); 92] = [
    ("1 golden bytes, every profile", "printer/golden", "one_paper_in_the_bytes_of_every_profile"),
    ("2 no text is a command", "printer/properties", "no_text_becomes_a_command_and_no_line_is_wider_than_its_paper"),
    (
        "2 no text is a command, read by the makers' tables",
        "printer/properties",
        "every_makers_own_reading_finds_nothing_wrong_with_any_text",
    ),
    ("2 no row is wider than its paper", "paper_layout", "no_row_is_ever_wider_than_its_paper"),
    ("3 the stand-in's text and picture", "standin_printer/main", "a_receipt_comes_out_as_text_and_as_a_picture"),
    ("4 codes, from the bytes of the job", "printer/raster", "the_codes_read_back_from_the_bytes_of_the_job"),
    ("4 codes, from the paper, every profile", "printer/makers", "a_receipt_and_a_boleto_come_out_of"),
    ("4 codes, on every width", "paper_pictures", "a_boleto_on_paper_reads_back_digit_for_digit"),
    ("4 codes, of a page of a PDF", "foreign_pdf/printing", "the_codes_of_a_printed_bill_can_be_read"),
    ("5 paper out before", "walks/devices", "without_paper_no_card_is_offered_and_it_is_said_before_anybody_types"),
    (
        "5 any stop before, in a sale",
        "walks/printer_faults",
        "a_printer_that_stops_before_the_receipt_undoes_the_sale_and_nothing_of_it_ever_comes_out",
    ),
    ("5 any stop before, the driver", "printer/matrix", "a_fault_before_the_job_sends_nothing"),
    (
        "5 paper out in the middle, cannot forget",
        "walks/devices",
        "paper_that_ends_during_the_receipt_undoes_the_sale_and_no_card_is_taken_before_a_technician_has_looked",
    ),
    (
        "5 paper out in the middle, can forget",
        "walks/devices",
        "a_receipt_that_stopped_is_forgotten_by_the_printer_and_the_next_customer_never_sees_it",
    ),
    (
        "5 paper out in the middle, every maker",
        "printer/makers",
        "paper_that_ends_in_the_middle_is_told_in_every_dialect",
    ),
    (
        "5 paper out after",
        "walks/printer_faults",
        "a_roll_that_ends_after_the_receipt_leaves_it_paid_and_the_next_without_a_card",
    ),
    ("5 cover", "walks/devices", "a_cover_that_is_opened_during_the_receipt_undoes_the_sale"),
    ("5 cover, the driver", "printer/serial", "a_cover_opened_while_printing_is_told_as_that"),
    (
        "5 cutter",
        "walks/printer_faults",
        "a_cutter_that_jams_in_the_receipt_undoes_the_sale_and_the_paper_waits_for_a_technician",
    ),
    ("5 cutter, the driver", "printer/matrix", "a_fault_in_the_middle_is_blocked_with_its_cause"),
    ("5 every state, every maker", "printer/makers", "each_state_is_told_as_what_it_is_in_every_dialect"),
    ("5 every state, an Epson's own words", "printer/makers", "an_epson_has_a_word_for_each_fault"),
    ("5 offline, mute, wrong baud before", "printer/matrix", "a_fault_before_the_job_sends_nothing"),
    ("5 mute", "printer/serial", "a_printer_that_says_nothing_gets_nothing"),
    (
        "5 mute in the middle",
        "printer/serial",
        "a_printer_that_falls_silent_leaves_it_unknown_and_is_asked_again_later",
    ),
    ("5 wrong baud", "printer/serial", "noise_on_the_line_is_not_taken_for_an_answer"),
    ("5 slow, back-pressure", "walks/printer_faults", "a_slow_line_and_a_small_buffer_cost_time_and_no_byte"),
    (
        "5 slow, back-pressure, the driver",
        "printer/matrix",
        "a_printer_with_a_small_buffer_on_a_slow_line_gets_every_byte",
    ),
    ("5 stops reading", "printer/matrix", "a_printer_that_never_reads_ends_the_job_in_time"),
    (
        "5 stops reading in a picture",
        "printer/serial",
        "a_printer_that_stops_reading_ends_the_job_in_time_and_its_half_paper_is_cut_off",
    ),
    ("5 bytes lost in a picture", "printer/serial", "a_printer_that_lost_a_part_of_a_picture_is_brought_back"),
    ("5 unplugged before", "walks/devices", "a_printer_that_is_unplugged_before_means_no_card"),
    ("5 unplugged in a sale", "walks/devices", "a_printer_that_is_unplugged_during_the_sale_undoes_it"),
    (
        "5 unplugged in a picture",
        "walks/printer_faults",
        "a_cable_pulled_in_a_picture_is_told_and_the_next_paper_is_whole",
    ),
    (
        "5 unplugged at any byte, replugged",
        "printer/matrix",
        "a_cable_pulled_at_any_byte_is_lost_and_the_next_customer_has_a_paper_of_his_own",
    ),
    ("5 unplugged, every line", "printer/ports", "a_line_cut_in_the_middle_of_a_job_loses_it_and_mixes_no_papers"),
    ("5 replugged, every line", "printer/ports", "a_printer_that_was_away_is_found_again_by_itself"),
    (
        "5 power cycle",
        "walks/printer_faults",
        "a_printer_switched_off_and_on_in_the_receipt_undoes_the_sale_and_prints_nothing_of_it_again",
    ),
    (
        "5 power cycle, the driver",
        "printer/matrix",
        "a_power_cycle_of_a_stopped_printer_loses_the_job_and_nobody_prints_it_again",
    ),
    ("5 zeros of a power loss", "printer/serial", "the_zeros_of_a_printer_that_is_switched_off_are_no_proof"),
    (
        "5 second opener",
        "walks/printer_faults",
        "a_port_that_another_program_holds_means_no_card_until_it_is_let_go_of",
    ),
    ("5 second opener, the driver", "printer/ports", "a_second_program_is_told_that_the_port_is_taken"),
    ("5 a ticket left in the mouth", "printer/makers", "a_ticket_that_nobody_took_is_no_proof_for_the_next"),
    ("5 state on panel, in numbers, in the doctor", "walks/printers", "an_epson_is_told_everywhere"),
    ("5 the same, Bematech", "walks/printers", "a_bematech_is_told_everywhere"),
    ("5 the same, Daruma", "walks/printers", "a_daruma_is_told_everywhere"),
    ("5 the same, Elgin", "walks/printers", "an_elgin_is_told_everywhere"),
    ("5 the same, Custom", "walks/printers", "a_custom_is_told_everywhere"),
    ("5 the same, 58 mm", "walks/printers", "a_narrow_one_of_58_mm_is_told_everywhere"),
    (
        "5 offline in the middle",
        "walks/printer_faults",
        "a_printer_that_goes_off_line_in_the_receipt_undoes_the_sale_and_the_paper_waits_for_a_technician",
    ),
    (
        "5 offline to the end, nothing proven",
        "printer/stops",
        "a_printer_that_is_offline_to_the_end_has_printed_nothing_also_where_nothing_is_proven",
    ),
    (
        "5 offline to the end, a fence or a ticket",
        "printer/stops",
        "a_job_that_an_offline_printer_keeps_waits_for_a_technician",
    ),
    (
        "5 offline or hot, and on again in time",
        "printer/stops",
        "a_printer_that_goes_on_by_itself_in_time_was_only_slow",
    ),
    ("5 hot to the end", "printer/stops", "a_job_in_a_head_that_stays_hot_waits_for_a_technician"),
    (
        "5 a fence answered when it is read",
        "walks/printer_faults",
        "a_roll_that_ends_before_a_printer_that_answers_what_it_has_only_read_undoes_the_sale",
    ),
    ("5 the same, the driver", "printer/stops", "a_fence_that_says_that_the_paper_is_out_is_no_proof"),
    ("5 the same, any stop", "printer/stops", "a_fence_of_a_printer_that_has_stopped_is_no_proof"),
    (
        "5 no fence",
        "walks/printer_faults",
        "a_printer_that_knows_no_fence_is_told_everywhere_and_a_technician_can_open_it",
    ),
    (
        "5 no fence, the driver",
        "printer/stops",
        "a_printer_that_knows_no_fence_is_told_as_one_and_a_technician_can_open_it",
    ),
    (
        "5 a fence that is lost",
        "printer/stops",
        "a_job_whose_fence_is_lost_is_awaited_and_ends_by_itself_when_the_printer_tells",
    ),
    ("5 a fence that never comes", "printer/stops", "a_job_whose_fence_never_comes_is_let_go_by_a_technician"),
    ("5 a ticket taken at once", "walks/printer_faults", "a_customer_who_takes_the_ticket_at_once_has_paid"),
    ("5 the same, the driver", "printer/stops", "a_ticket_that_its_customer_takes_at_once_is_proven"),
    (
        "5 the same, or switched off and on",
        "printer/stops",
        "a_ticket_of_a_printer_that_was_switched_off_and_on_is_not_taken_for_one_that_a_customer_took",
    ),
    ("5 a pipe for a file", "printer/file", "what_is_no_plain_file_is_refused_and_keeps_nobody_waiting"),
    (
        "6 a crash between send and fence",
        "walks/printer_faults",
        "a_totem_that_dies_while_its_receipt_prints_undoes_the_sale_and_never_prints_it_again",
    ),
    ("6 the same, the driver", "printer/serial", "a_job_that_the_power_went_away_from_is_ended_at_the_next_start"),
    ("6 a fence of an earlier run", "printer/serial", "a_fence_of_an_earlier_run_is_no_proof_for_the_next_job"),
    (
        "7 a stale job is forgotten",
        "printer/matrix",
        "a_stopped_job_is_forgotten_by_a_printer_that_can_and_never_comes_out",
    ),
    (
        "7 a stale job keeps the printer shut",
        "printer/matrix",
        "a_stopped_job_that_cannot_be_forgotten_waits_for_a_technician_also_where_nothing_is_proven",
    ),
    (
        "7 the same through a restart",
        "printer/serial",
        "a_stopped_job_is_remembered_through_a_restart_and_needs_a_technician_there_too",
    ),
    ("8 widths, worst data", "paper_layout", "the_worst_data_fits_every_paper_unless_it_must_stay_whole"),
    ("8 widths, worst data, every profile", "printer/properties", "the_worst_papers_fit_every_profile"),
    (
        "8 widths, TEF receipts of 200 lines",
        "paper_layout",
        "a_tef_receipt_of_200_lines_fits_every_paper_in_font_b_where_font_a_is_too_wide",
    ),
    (
        "8 widths, 512 characters of PIX",
        "paper_pictures",
        "the_longest_pix_payload_reads_back_from_the_widest_and_the_narrowest_paper",
    ),
    ("8 second copies are marked", "paper_layout", "a_second_copy_is_marked_as_one"),
    (
        "7 an unknown job found stopped",
        "printer/stops",
        "a_job_that_nobody_knows_of_is_held_once_its_printer_is_found_stopped",
    ),
    (
        "7 an unknown job, nothing proven",
        "printer/stops",
        "a_job_that_nobody_knows_of_waits_for_a_technician_where_nothing_is_proven",
    ),
    (
        "8 a TEF receipt wider than font A",
        "walks/printer_faults",
        "a_card_text_wider_than_the_paper_comes_out_unfolded",
    ),
    (
        "8 the same, its bytes",
        "../src/printer/escpos/tests",
        "a_card_text_wider_than_font_a_is_set_in_font_b_and_nothing_else_is",
    ),
    ("9 PDFs", "paper_pdf", "every_paper_is_a_sound_file_with_its_font_title_and_date"),
    ("9 PDFs, words", "paper_pdf", "the_words_of_a_paper_are_words_with_their_accents"),
    ("9 PDFs, codes", "paper_pdf", "the_codes_of_a_boleto_read_back_digit_for_digit_from_another_programs_picture"),
    (
        "9 the gallery",
        "paper_pdf",
        "every_paper_of_the_gallery_is_a_sound_file_and_its_codes_read_back_from_picture_and_file",
    ),
    (
        "9 a receipt of the journal",
        "journal_cli/receipt",
        "a_receipt_is_made_again_as_a_file_that_says_that_it_is_the_second_and_hides_the_cpf",
    ),
    ("10 garbage", "foreign_pdf/hostile", "what_is_no_pdf_is_refused"),
    ("10 truncated", "foreign_pdf/hostile", "a_file_that_was_cut_off_is_shown_as_far_as_it_goes_or_refused"),
    ("10 huge", "foreign_pdf/hostile", "a_page_of_no_sensible_size_is_refused"),
    ("10 password", "foreign_pdf/hostile", "a_file_with_a_password_is_told_as_one"),
    ("10 time", "foreign_pdf/hostile", "a_content_of_millions_of_strokes_ends"),
    ("10 memory", "foreign_pdf/hostile", "an_image_of_ten_thousand_million_pixels_ends"),
    ("10 forged", "walks/document", "a_bill_with_other_bars_than_the_erp_tells_is_not_shown_and_waits_for_a_person"),
];

#[test]
fn every_row_of_the_matrix_has_its_test() {
    for (row, file, name) in PLAN {
        let path = format!("{}/tests/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{row}: {path}"));
        // a property stands inside its macro, and what is told of every profile takes its name
        let is_there = source.lines().any(|line| line.trim_start().starts_with(&format!("fn {name}(")));
        assert!(is_there, "{row}: {file} has no {name}");
    }
}
