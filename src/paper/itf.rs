//! Interleaved 2 of 5 as boletos use it: 44 digits, wide elements three times the narrow ones, 405 modules long.

use super::Bitmap;

/// Which of a digit's five elements are wide.
const WIDE: [[bool; 5]; 10] = {
    const N: bool = false;
    const W: bool = true;
    [
        [N, N, W, W, N],
        [W, N, N, N, W],
        [N, W, N, N, W],
        [W, W, N, N, N],
        [N, N, W, N, W],
        [W, N, W, N, N],
        [N, W, W, N, N],
        [N, N, N, W, W],
        [W, N, N, W, N],
        [N, W, N, W, N],
    ]
};

/// The bars as widths in dots, black first and last; nothing unless all characters are digits and their count is even.
#[must_use]
pub fn widths(digits: &str, narrow: usize, wide: usize) -> Option<Vec<usize>> {
    let values: Vec<usize> =
        digits.chars().map(|c| c.to_digit(10).and_then(|d| usize::try_from(d).ok())).collect::<Option<_>>()?;
    if values.is_empty() || !values.len().is_multiple_of(2) {
        return None;
    }
    let mut widths = vec![narrow; 4];
    for pair in values.chunks_exact(2) {
        let [bars, spaces] = pair else { return None };
        for (bar, space) in WIDE.get(*bars)?.iter().zip(WIDE.get(*spaces)?) {
            widths.push(if *bar { wide } else { narrow });
            widths.push(if *space { wide } else { narrow });
        }
    }
    widths.extend([wide, narrow, narrow]);
    Some(widths)
}

/// The bars upright, `height` dots high, without quiet zones.
#[must_use]
pub fn bars(digits: &str, narrow: usize, wide: usize, height: usize) -> Option<Bitmap> {
    let widths = widths(digits, narrow, wide)?;
    let mut picture = Bitmap::new(widths.iter().sum(), height);
    let mut left = 0;
    for (index, width) in widths.iter().enumerate() {
        if index.is_multiple_of(2) {
            for x in left..left + width {
                for y in 0..height {
                    picture.set(x, y, true);
                }
            }
        }
        left += width;
    }
    Some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_four_digits_are_405_modules_long() {
        let digits = "75697733800000010001316601006726102721000001";
        assert_eq!(bars(digits, 1, 3, 1).unwrap().width(), 405);
        assert_eq!(bars(digits, 2, 5, 1).unwrap().width(), 721);
    }

    #[test]
    fn an_odd_count_or_a_letter_is_no_bar_code() {
        assert_eq!(widths("123", 1, 3), None);
        assert_eq!(widths("12A4", 1, 3), None);
        assert_eq!(widths("", 1, 3), None);
    }
}
