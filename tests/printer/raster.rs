//! The pictures in the bytes that a printer gets, put together again as a printing head would.

use crate::decoders;
use crate::papers::{BARCODE, PIX, WIDTHS, slip};
use totem::paper::{Bitmap, boleto_copy};
use totem::printer::{Medium, Outcome, Settings, open};

const RASTER: &[u8] = b"\x1dv0\0";
const GAP_ROWS: usize = 60;

/// All pictures of a job below each other.
fn head(job: &[u8], dots: usize) -> Bitmap {
    let mut rows: Vec<(usize, &[u8])> = Vec::new();
    let mut at = 0;
    while at + 8 < job.len() {
        if !job[at..].starts_with(RASTER) {
            if job[at] == b'\n' {
                rows.resize(rows.len() + GAP_ROWS, (0, &[]));
            }
            at += 1;
            continue;
        }
        let side = |low: usize| usize::from(job[at + low]) + 256 * usize::from(job[at + low + 1]);
        let (width, height) = (side(4), side(6));
        assert!(width * 8 <= dots + 7 && height <= 128, "{width} bytes by {height} rows");
        rows.extend(job[at + 8..at + 8 + width * height].chunks(width).map(|row| (width, row)));
        at += 8 + width * height;
    }
    let mut paper = Bitmap::new(dots, rows.len());
    for (y, (width, row)) in rows.iter().enumerate() {
        let left = (dots - (width * 8).min(dots)) / 2;
        for (index, byte) in row.iter().enumerate() {
            for bit in 0..8 {
                paper.set(left + index * 8 + bit, y, byte & (0x80 >> bit) != 0);
            }
        }
    }
    paper
}

#[test]
fn the_codes_read_back_from_the_bytes_of_the_job() {
    for width in &WIDTHS {
        let folder = tempfile::tempdir().unwrap();
        let port = folder.path().join("job.bin");
        let settings = Settings { medium: Medium::File, port: port.clone(), ..Settings::default() };
        let mut printer = open(&Settings { columns: Some(width.columns), dots: Some(width.dots), ..settings }).unwrap();
        assert_eq!(printer.print(&boleto_copy(&slip())), Outcome::Unconfirmed);
        decoders::assert_reads(&head(&std::fs::read(&port).unwrap(), width.dots), PIX, BARCODE);
    }
}
