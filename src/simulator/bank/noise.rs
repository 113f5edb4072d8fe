//! Random names for tokens, locations and Pix.

/// That many random bytes as lower-case hexadecimal digits.
pub fn hex(bytes: usize) -> String {
    let mut noise = vec![0; bytes];
    // Without a source of randomness names repeat, and the book shows it: a stand-in has nothing to protect.
    let _ = getrandom::fill(&mut noise);
    noise.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// That many letters and digits of `[0-9a-f]`.
pub fn letters(count: usize) -> String {
    let mut text = hex(count.div_ceil(2));
    text.truncate(count);
    text
}
