//! PDFs as others write them, put together byte by byte.

use totem::domain::Pdf;
use totem::pdf::Reader;

pub fn reader() -> Reader {
    Reader::new(env!("CARGO_BIN_EXE_totem").into())
}

/// The objects from number 1 on, with a table and a trailer of which the first object is the root.
pub fn file(objects: &[String]) -> Vec<u8> {
    with_trailer(objects, "")
}

pub fn with_trailer(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.push_str(&format!("{table}trailer\n<< /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

pub fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// Pages of this size, all with the same content and resources; more objects from number 4 on.
pub fn pages(count: usize, media_box: &str, content: &str, resources: &str, more: &[String]) -> Pdf {
    let first = 4 + more.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", first + page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>"),
        stream("", content),
    ];
    objects.extend(more.iter().cloned());
    let page =
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Contents 3 0 R /Resources << {resources} >> >>");
    objects.extend(std::iter::repeat_n(page, count));
    Pdf::new(file(&objects))
}

/// An A4 page of each of these contents.
pub fn booklet(contents: &[String], resources: &str) -> Pdf {
    let first = 3 + contents.len();
    let kids: String = (0..contents.len()).map(|page| format!("{} 0 R ", first + page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
    ];
    objects.extend(contents.iter().map(|content| stream("", content)));
    objects.extend((0..contents.len()).map(|page| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [{A4}] /Contents {} 0 R /Resources << {resources} >> >>",
            3 + page
        )
    }));
    Pdf::new(file(&objects))
}

pub const A4: &str = "0 0 595 842";

/// Rectangles where the bars of these digits are: `module` points a narrow one, from `left` and `bottom` on, 37 high.
pub fn bars(digits: &str, module: f64, left: f64, bottom: f64) -> String {
    let widths = totem::paper::itf::widths(digits, 1, 3).unwrap();
    let (mut at, mut drawn) = (left, String::new());
    for (place, width) in widths.iter().enumerate() {
        let width = *width as f64 * module;
        if place % 2 == 0 {
            drawn.push_str(&format!("{at:.3} {bottom} {width:.3} 37 re f\n"));
        }
        at += width;
    }
    drawn
}
