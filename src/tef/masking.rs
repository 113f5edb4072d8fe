//! What a TEF says, without what only a card says: not on paper, not on the screen, not in the memory that is left behind.

/// A text with every number that may be a card's reduced to its last four digits: thirteen to nineteen digits that
/// begin and check as cards' do.
pub(super) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            run.push(letter);
            continue;
        }
        if is_card_number(&run) {
            let (hidden, last) = run.split_at(run.len() - 4);
            shown.extend(hidden.chars().map(|_| '*'));
            shown.push_str(last);
        } else {
            shown.push_str(&run);
        }
        run.clear();
        if letter != '\0' {
            shown.push(letter);
        }
    }
    shown
}

fn is_card_number(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0') << (place % 2);
            digit / 10 + digit % 10
        })
        .sum();
    (13..=19).contains(&digits.len()) && digits.starts_with(['3', '4', '5', '6']) && sum.is_multiple_of(10)
}

/// Leaves nothing of these bytes to whoever gets their memory next.
pub(super) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // what nobody looks at any more need not be written, as far as a compiler knows
    std::hint::black_box(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_in_a_text_keeps_only_its_last_four_digits() {
        assert_eq!(masked("CARTAO 4111111111111111 OK"), "CARTAO ************1111 OK");
        assert_eq!(masked("4111111111111111=2912"), "************1111=2912");
        assert_eq!(masked("NSU 411111111111111 EC 000012345678901"), "NSU 411111111111111 EC 000012345678901");
        assert_eq!(masked("R$ 89,90\nAUT 123456"), "R$ 89,90\nAUT 123456");
    }
}
