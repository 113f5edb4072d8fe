//! A document on a paper of a given width: words wrap, what must stay whole stays whole or is refused.

use super::sheet::{Overflow, Part, Place, Sheet, Width, scale};
use super::text::{columns, printable, wrap};
use super::{Bitmap, Block, Document, Emphasis, itf, page, qr};

/// A TEF receipt is usually this wide (PayGo: at most, `PWINFO_RCPT…`): what a paper for cards must hold.
pub const TEF_COLUMNS: usize = 40;

/// White around a QR code, in modules (ISO/IEC 18004).
const QR_QUIET: usize = 4;
/// Below three dots a module, thermal growth closes the gaps.
const QR_MODULE_MIN: usize = 3;
const QR_MODULE: usize = 6;
/// A short code is drawn larger, up to 25 mm: phones are held at arm's length.
const QR_SIDE: usize = 200;

/// FEBRABAN's 103 mm by 13 mm at 203 dots an inch, with 5 mm of white at both ends.
const BAR_NARROW: usize = 2;
const BAR_WIDE: usize = 6;
const BAR_HEIGHT: usize = 104;
const BAR_QUIET: usize = 40;
const BAR_DIGITS: usize = 44;

/// Lays a document out for a paper. Nothing is ever clipped: what does not fit is an error that says what and where.
pub fn layout(document: &Document, width: &Width) -> Result<Sheet, Overflow> {
    let mut sheet = Sheet::new(*width);
    for (index, block) in document.blocks.iter().enumerate() {
        lay(&mut sheet, block, index + 1)?;
    }
    sheet.cut()?;
    Ok(sheet)
}

fn lay(sheet: &mut Sheet, block: &Block, number: usize) -> Result<(), Overflow> {
    let at = Place { block: number, line: 1 };
    match block {
        Block::Title(title) => {
            for (line, part) in wrap(&printable(title), line_of(sheet, Emphasis::Large)).iter().enumerate() {
                sheet.centred(part, Emphasis::Large, Part::Text, Place { line: line + 1, ..at })?;
            }
            Ok(())
        }
        Block::Text { text, emphasis } => paragraph(sheet, text, *emphasis, at),
        Block::Pair { label, value, emphasis } => pair(sheet, label, value, *emphasis, at),
        Block::Verbatim(lines) => verbatim(sheet, lines, at),
        Block::Groups(groups) => digits(sheet, groups, at),
        Block::Qr(text) => code(sheet, text, at),
        Block::Barcode(text) => barcode(sheet, text, at),
        Block::Page(image) => {
            page::bands(image, sheet.width().dots).into_iter().try_for_each(|band| sheet.picture(band, Part::Page, at))
        }
        Block::Rule => {
            let rule = "-".repeat(sheet.width().columns);
            sheet.line(&rule, Emphasis::Plain, Part::Text, at)
        }
        Block::Space => sheet.feed(1),
    }
}

fn line_of(sheet: &Sheet, emphasis: Emphasis) -> usize {
    sheet.width().columns / scale(emphasis)
}

fn paragraph(sheet: &mut Sheet, text: &str, emphasis: Emphasis, at: Place) -> Result<(), Overflow> {
    for (line, part) in wrap(&printable(text), line_of(sheet, emphasis)).iter().enumerate() {
        sheet.line(part, emphasis, Part::Text, Place { line: line + 1, ..at })?;
    }
    Ok(())
}

fn pair(sheet: &mut Sheet, label: &str, value: &str, emphasis: Emphasis, at: Place) -> Result<(), Overflow> {
    let width = line_of(sheet, emphasis);
    let (label, value) = (printable(label), printable(value));
    let (label, value) = (label.trim(), value.trim());
    let taken = columns(label) + columns(value);
    if taken < width {
        let gap = " ".repeat(width - taken);
        return sheet.line(&format!("{label}{gap}{value}"), emphasis, Part::Text, at);
    }
    paragraph(sheet, label, emphasis, at)?;
    // An amount cut in two would read as another amount.
    if emphasis == Emphasis::Large
        && let Some(word) = value.split(' ').find(|word| columns(word) > width)
    {
        let needs = columns(word) * scale(emphasis);
        return Err(Overflow::Columns { what: Part::Amount, at, needs, has: sheet.width().columns });
    }
    for (line, part) in wrap(value, width).iter().enumerate() {
        let margin = " ".repeat(width.saturating_sub(columns(part)));
        sheet.line(&format!("{margin}{part}"), emphasis, Part::Text, Place { line: line + 2, ..at })?;
    }
    Ok(())
}

fn verbatim(sheet: &mut Sheet, lines: &[String], at: Place) -> Result<(), Overflow> {
    // Some managers put the carriage return of the wire inside a line.
    let lines = lines.iter().flat_map(|line| line.split(['\r', '\n']));
    let lines: Vec<String> = lines.map(|line| printable(line).trim_end().to_owned()).collect();
    let widest = lines.iter().map(|line| columns(line)).max().unwrap_or(0);
    // all of it in one font: its columns stand under each other
    let narrow = widest > sheet.width().columns && sheet.width().narrow > sheet.width().columns;
    for (line, text) in lines.iter().enumerate() {
        let at = Place { line: line + 1, ..at };
        if narrow {
            sheet.narrow(text, Part::Verbatim, at)?;
        } else {
            sheet.line(text, Emphasis::Plain, Part::Verbatim, at)?;
        }
    }
    Ok(())
}

fn digits(sheet: &mut Sheet, groups: &[String], at: Place) -> Result<(), Overflow> {
    let width = line_of(sheet, Emphasis::Large);
    let mut lines: Vec<String> = Vec::new();
    for group in groups {
        let group = printable(group);
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(&group) <= width => {
                line.push(' ');
                line.push_str(&group);
            }
            _ => lines.push(group),
        }
    }
    for (line, text) in lines.iter().enumerate() {
        sheet.line(text, Emphasis::Large, Part::Group, Place { line: line + 1, ..at })?;
    }
    Ok(())
}

fn code(sheet: &mut Sheet, text: &str, at: Place) -> Result<(), Overflow> {
    let what = Part::Qr;
    let modules = qr::modules(text).ok_or(Overflow::NotDrawable { what, at })?;
    let framed = modules.framed(QR_QUIET, QR_QUIET);
    let (has, wanted) = (sheet.width().dots, QR_MODULE.max(QR_SIDE.div_ceil(modules.width().max(1))));
    let module = wanted.min(has / framed.width().max(1));
    if module < QR_MODULE_MIN {
        return Err(Overflow::Dots { what, at, needs: framed.width() * QR_MODULE_MIN, has });
    }
    sheet.picture(framed.scaled(module), what, at)
}

fn barcode(sheet: &mut Sheet, text: &str, at: Place) -> Result<(), Overflow> {
    let what = Part::Barcode;
    let bars = if text.len() == BAR_DIGITS { bars(text) } else { None };
    sheet.picture(bars.ok_or(Overflow::NotDrawable { what, at })?, what, at)
}

fn bars(digits: &str) -> Option<Bitmap> {
    Some(itf::bars(digits, BAR_NARROW, BAR_WIDE, BAR_HEIGHT)?.framed(BAR_QUIET, 0).turned())
}
