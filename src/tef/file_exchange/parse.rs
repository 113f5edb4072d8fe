//! Reads a file of `AAA-BBB = value` lines as others write it.

use super::fields::{FieldId, Fields};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parsed {
    pub fields: Fields,
    /// The last line is `999-999 = 0`: the whole file is here.
    pub complete: bool,
}

/// Bytes are Latin-1, one `char` each, so nothing is lost. Lines that are no field are passed over; blanks, NULs and
/// the DOS end-of-file mark may follow the trailer.
pub(super) fn parse(bytes: &[u8]) -> Parsed {
    let mut parsed = Parsed { fields: Fields::default(), complete: false };
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | 0x00 | 0x1A)) {
            continue;
        }
        let field = parse_line(line);
        parsed.complete = field.as_ref().is_some_and(|(id, value)| *id == FieldId::TRAILER && is_zero(value));
        match field {
            Some((id, value)) if id != FieldId::TRAILER => parsed.fields.push(id, value),
            _ => {}
        }
    }
    parsed
}

fn is_zero(value: &str) -> bool {
    value.trim_matches([' ', '\t', '\r', '\0', '\u{1A}']) == "0"
}

fn parse_line(line: &[u8]) -> Option<(FieldId, String)> {
    let (id, rest) = line.split_at_checked(7)?;
    let [a, b, c, b'-', d, e, f] = id else { return None };
    let id = FieldId(three_digits([*a, *b, *c])?, three_digits([*d, *e, *f])?);
    let value = rest.trim_ascii_start().strip_prefix(b"=")?;
    let value = value.strip_prefix(b" ").unwrap_or(value);
    // with room for all of it, so that no part is left behind where it grew out of
    let mut text = String::with_capacity(2 * value.len());
    text.extend(value.iter().map(|byte| char::from(*byte)));
    Some((id, text))
}

fn three_digits(digits: [u8; 3]) -> Option<u16> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::write::write;
    use super::*;

    #[test]
    fn a_file_is_complete_only_with_its_trailer_as_the_last_line() {
        for (file, complete) in [
            ("000-000 = CRT\r\n999-999 = 0\r\n", true),
            ("000-000 = CRT\n999-999 = 0", true),
            ("000-000=CRT\r\n999-999=0\r\n\x1A", true),
            ("000-000 = CRT\r\n999-999 = 0\r\n\r\n\0\0", true),
            ("000-000 = CRT\r\n", false),
            ("000-000 = CRT\r\n999-999 = ", false),
            ("000-000 = CRT\r\n999-999 = 1\r\n", false),
            ("999-999 = 0\r\n000-000 = CRT\r\n", false),
            ("999-999 = 0\r\ngarbage", false),
            ("", false),
        ] {
            assert_eq!(parse(file.as_bytes()).complete, complete, "{file:?}");
        }
    }

    #[test]
    fn every_latin_1_byte_of_a_value_is_kept() {
        let parsed = parse(b"029-001 = \"CR\xC9DITO \x80\xFF\"\r\n029-002 =\r\n999-999 = 0\r\n");
        assert_eq!(parsed.fields.get(FieldId(29, 1)), Some("\"CR\u{C9}DITO \u{80}\u{FF}\""));
        assert_eq!(parsed.fields.get(FieldId(29, 2)), Some(""));
    }

    #[test]
    fn a_value_may_hold_an_equals_sign_and_leading_blanks() {
        let parsed = parse(b"210-004 = 1=2\r\n029-009 =          REDE\r\n");
        assert_eq!(parsed.fields.get(FieldId(210, 4)), Some("1=2"));
        assert_eq!(parsed.fields.get(FieldId(29, 9)), Some("         REDE"));
    }

    #[test]
    fn lines_that_are_no_field_are_passed_over() {
        let parsed = parse(b"0A0-000 = x\r\n12-000 = y\r\nhello\r\n012-000 z\r\n\xFF\xFE\r\n012-000 = ok\r\n");
        assert_eq!(parsed.fields, Fields::default().with(FieldId::NSU, "ok"));
    }

    fn any_fields() -> impl Strategy<Value = Fields> {
        let value =
            proptest::collection::vec(any::<u8>().prop_filter("no line break", |b| !matches!(b, 10 | 13)), 0..60)
                .prop_map(|bytes| bytes.into_iter().map(char::from).collect::<String>());
        proptest::collection::vec((0u16..999, 0u16..1000, value), 0..40).prop_map(|lines| {
            lines.into_iter().fold(Fields::default(), |fields, (a, b, value)| fields.with(FieldId(a, b), value))
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(fields in any_fields()) {
            let parsed = parse(&write(&fields));
            prop_assert!(parsed.complete);
            prop_assert_eq!(parsed.fields.iter().collect::<Vec<_>>(), fields.iter().collect::<Vec<_>>());
        }

        #[test]
        fn no_bytes_make_the_parser_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn no_cut_of_a_file_passes_for_the_whole(fields in any_fields(), cut in any::<proptest::sample::Index>()) {
            let whole = write(&fields);
            let end = cut.index(whole.len() - "0\r\n".len() + 1);
            let torn = parse(&whole[..end]);
            prop_assert!(!torn.complete);
        }
    }
}
