//! Pictures of every screen in `target/pictures`, for people to look at; and what can be asked of a picture without eyes.

mod ui_common;

use std::path::Path;

use totem::journey::View;
use totem::ui::picture;
use ui_common::{accessible, options, ordinary, worst, worst_options};

fn save(name: &str, view: &View, size: (u32, u32), folder: &Path) {
    let options = if name.starts_with("worst") { worst_options() } else { options() };
    let pixels = picture(view, &options, size).unwrap();
    let image = image::RgbaImage::from_raw(size.0, size.1, pixels).unwrap();
    image.save(folder.join(format!("{name}-{}x{}.png", size.0, size.1))).unwrap();
}

#[test]
fn every_screen_can_be_drawn_without_a_display() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, view) in ordinary().into_iter().chain(worst()) {
        for size in [(1080, 1920), (768, 1360), (800, 480)] {
            save(name, &view, size, &folder);
        }
        save(&format!("{name}-accessible"), &accessible(&view), (768, 1360), &folder);
    }
}

#[test]
fn a_picture_of_no_size_or_of_too_great_a_size_is_refused() {
    let (_, view) = ordinary().remove(0);
    for size in [(0, 100), (100, 0), (100_000, 100)] {
        assert!(picture(&view, &options(), size).is_err());
    }
}
