//! What library and pinpad say of themselves.

/// Latin-1 up to its NUL.
pub(super) fn latin(bytes: &[u8]) -> String {
    let text: String = bytes.iter().take_while(|byte| **byte != 0).copied().map(char::from).collect();
    text.trim().to_owned()
}

/// Tags of two digits, lengths of three, values. What is cut short is left out.
pub(super) fn device(text: &str) -> Vec<(String, String)> {
    let mut told = Vec::new();
    let mut rest = text;
    while let Some((tag, length)) = rest.get(..2).zip(rest.get(2..5).and_then(|length| length.parse::<usize>().ok())) {
        let Some((value, after)) = rest.get(5..).and_then(|rest| rest.split_at_checked(length)) else { break };
        let name = match tag {
            "01" => Some("fabricante do pinpad"),
            "02" => Some("modelo do pinpad"),
            "03" => Some("firmware do pinpad"),
            "04" => Some("especificação do pinpad"),
            "05" => Some("aplicação do pinpad"),
            "06" => Some("série do pinpad"),
            _ => None,
        };
        told.extend(name.map(|name| (name.to_owned(), value.trim().to_owned())));
        rest = after;
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinpads_words_are_read_tag_by_tag_and_never_beyond_their_end() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            device("01006CYGNUS02004PPX199003abc06003123"),
            [pair("fabricante do pinpad", "CYGNUS"), pair("modelo do pinpad", "PPX1"), pair("série do pinpad", "123")]
        );
        for cut in ["", "01", "01006CYG", "01xyzCYGNUS", "é"] {
            assert_eq!(device(cut), [], "{cut}");
        }
        assert_eq!(latin(b"6.2.114.2\0dirt"), "6.2.114.2");
    }
}
