//! Pictures of every screen in `target/pictures`, for people to look at, with `TOTEM_PICTURES=1`, or of those whose name
//! begins as it says; a few without.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use totem::journey::View;
use totem::ui::picture;
use ui_common::{accessible, options, ordinary, with_help, worst, worst_options};

fn save(name: &str, view: &View, size: (u32, u32)) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let options = if name.starts_with("worst") { worst_options() } else { options() };
    let pixels = picture(view, &options, size).unwrap();
    let ink = pixels.chunks_exact(4).filter(|pixel| pixel[..3] != pixels[pixels.len() - 4..pixels.len() - 1]).count();
    assert!(ink > 1000, "{name} shows nothing");
    let file = BufWriter::new(File::create(folder.join(format!("{name}-{}x{}.png", size.0, size.1))).unwrap());
    PngEncoder::new_with_quality(file, CompressionType::Fast, FilterType::Up)
        .write_image(&pixels, size.0, size.1, ExtendedColorType::Rgba8)
        .unwrap();
}

#[test]
fn every_screen_can_be_drawn_without_a_display() {
    let wanted = std::env::var("TOTEM_PICTURES").ok();
    for (name, view) in ordinary().into_iter().chain(worst()) {
        let all = wanted.as_deref().is_some_and(|wanted| wanted == "1" || name.starts_with(wanted));
        save(name, &view, (800, 480));
        if all {
            save(name, &view, (768, 1360));
            save(name, &view, (1080, 1920));
            if let Some(helped) = with_help(&view) {
                save(&format!("{name}-help"), &helped, (768, 1360));
            }
            save(&format!("{name}-accessible"), &accessible(&view), (768, 1360));
        }
    }
}

#[test]
fn a_picture_of_no_size_or_of_too_great_a_size_is_refused() {
    let (_, view) = ordinary().remove(0);
    for size in [(0, 100), (100, 0), (100_000, 100)] {
        assert!(picture(&view, &options(), size).is_err());
    }
}
