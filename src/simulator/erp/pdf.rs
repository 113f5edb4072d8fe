//! A second copy of a bill as the smallest PDF that is one: a page of Helvetica, and the bars of its linha digitável.

/// One A4 page with a line of ASCII text for each of `lines`, and bars where one of them is a bank's linha digitável.
#[must_use]
pub fn page(lines: &[String]) -> Vec<u8> {
    pages(&[lines.to_vec()])
}

/// So many pages of it.
#[must_use]
pub fn pages(pages: &[Vec<String>]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.trim_end(), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for lines in pages {
        let shown: String = lines.iter().map(|line| format!("({}) Tj T*\n", escaped(line))).collect();
        let bars: String = lines.iter().filter_map(|line| bars(line)).collect();
        let content = format!("BT\n/F1 12 Tf\n16 TL\n50 780 Td\n{shown}ET\n{bars}");
        let contents = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.push_str(&format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

/// The bars of a bank's linha digitável, 103 mm long and 13 mm high, as filled rectangles; nothing for other lines.
fn bars(line: &str) -> Option<String> {
    let digits: String = line.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
    if digits.len() != 47 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let [bank, first, second, third, check, rest] =
        [0..4, 4..9, 10..20, 21..31, 32..33, 33..47].map(|at| digits.get(at));
    let code = [bank?, check?, rest?, first?, second?, third?].concat();
    // narrow and wide elements of each digit, as the norm of Interleaved 2 of 5 lists them
    const TABLE: [&str; 10] =
        ["nnwwn", "wnnnw", "nwnnw", "wwnnn", "nnwnw", "wnwnn", "nwwnn", "nnnww", "wnnwn", "nwnwn"];
    let rows: Vec<&str> =
        code.bytes().map(|digit| TABLE.get(usize::from(digit - b'0')).copied().unwrap_or_default()).collect();
    let mut elements = "nnnn".to_owned();
    for pair in rows.chunks_exact(2) {
        if let [black, white] = pair {
            elements.extend(black.chars().zip(white.chars()).flat_map(|(black, white)| [black, white]));
        }
    }
    elements.push_str("wnn");
    // 405 modules on 292 points
    let module = 292.0 / 405.0;
    let (mut left, mut drawn) = (50.0, String::new());
    for (place, element) in elements.chars().enumerate() {
        let width = if element == 'w' { 3.0 * module } else { module };
        if place % 2 == 0 {
            drawn.push_str(&format!("{left:.3} 600 {width:.3} 37 re f\n"));
        }
        left += width;
    }
    Some(drawn)
}

fn escaped(line: &str) -> String {
    line.chars()
        .map(|letter| match letter {
            '(' | ')' | '\\' => format!("\\{letter}"),
            ' '..='~' => letter.to_string(),
            _ => "?".to_owned(),
        })
        .collect()
}
