//! The bars of boletos on a drawn page: Interleaved 2 of 5 with 44 digits, upright or turned.

use std::collections::BTreeMap;

use crate::domain::Boleto;

const DIGITS: usize = 44;
/// Four narrow elements at the beginning, ten for each two digits, three at the end.
const ELEMENTS: usize = 4 + DIGITS / 2 * 10 + 3;
/// White before the first bar and after the last, in narrow elements: less than the norm, for bills that touch their frame.
const QUIET: usize = 4;
/// Every so many rows one is read: bars are a centimetre high.
const STEP: usize = 6;
/// So many rows that read the same are no accident.
const ROWS: u32 = 3;
const BLACK: u8 = 128;

/// Which of a digit's five elements are wide, the first in the highest of five bits.
const WIDE: [u8; 10] = [0b00110, 0b10001, 0b01001, 0b11000, 0b00101, 0b10100, 0b01100, 0b00011, 0b10010, 0b01010];

/// The 44 digits of every boleto on the page whose check digits are right. `shade` tells how bright a dot is.
pub(super) fn on(width: usize, height: usize, shade: impl Fn(usize, usize) -> u8) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for y in (0..height).step_by(STEP) {
        read_line((0..width).map(|x| shade(x, y)), &mut seen);
    }
    for x in (0..width).step_by(STEP) {
        read_line((0..height).map(|y| shade(x, y)), &mut seen);
    }
    seen.into_iter()
        .filter(|(digits, rows)| *rows >= ROWS && Boleto::parse(digits).is_ok())
        .map(|(digits, _)| digits)
        .collect()
}

fn read_line(shades: impl Iterator<Item = u8>, seen: &mut BTreeMap<String, u32>) {
    let runs = runs(shades);
    if runs.len() < ELEMENTS + 2 {
        return;
    }
    let turned: Vec<usize> = runs.iter().rev().copied().collect();
    for line in [&runs, &turned] {
        // white and black take turns, white first: a code begins with black, after its quiet zone
        for code in line.windows(ELEMENTS + 2).step_by(2) {
            if let Some(digits) = read(code) {
                *seen.entry(digits).or_default() += 1;
            }
        }
    }
}

/// Lengths of white and black in turn, white first and last.
fn runs(shades: impl Iterator<Item = u8>) -> Vec<usize> {
    let mut runs = vec![0];
    let mut black = false;
    for shade in shades {
        if (shade < BLACK) != black {
            black = !black;
            runs.push(0);
        }
        if let Some(last) = runs.last_mut() {
            *last += 1;
        }
    }
    if black {
        runs.push(0);
    }
    runs
}

/// The digits of one code with the white around it.
fn read(code: &[usize]) -> Option<String> {
    let (before, rest) = code.split_first()?;
    let (after, elements) = rest.split_last()?;
    let (start, rest) = elements.split_at_checked(4)?;
    let (body, stop) = rest.split_at_checked(DIGITS / 2 * 10)?;
    let narrow = start.iter().sum::<usize>().div_ceil(4);
    let is_narrow = |run: &usize| *run > 0 && *run < narrow * 2;
    let is_quiet = |run: &usize| *run >= narrow * QUIET;
    let [wide, first, last] = stop else { return None };
    let frames = start.iter().chain([first, last]).all(is_narrow) && *wide * 2 > *last * 3;
    if !frames || !is_quiet(before) || !is_quiet(after) {
        return None;
    }
    let mut digits = String::with_capacity(DIGITS);
    for pair in body.chunks_exact(10) {
        for colour in 0..2 {
            let five: Vec<usize> = pair.iter().skip(colour).step_by(2).copied().collect();
            digits.push(digit(&five)?);
        }
    }
    Some(digits)
}

/// Two of five elements are wide, and clearly so.
fn digit(five: &[usize]) -> Option<char> {
    let mut sorted = five.to_vec();
    sorted.sort_unstable();
    let [_, _, narrow, wide, _] = sorted.as_slice() else { return None };
    if *narrow * 4 >= *wide * 3 {
        return None;
    }
    let bits = five.iter().fold(0, |bits, run| bits << 1 | u8::from(run >= wide));
    let value = WIDE.iter().position(|pattern| *pattern == bits)?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}
