//! Pictures of every screen in `target/pictures`, for people to look at, with `TOTEM_PICTURES=1`, or of those whose names
//! it gives, with commas between them, or the beginnings of names; a few without.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use jiff::tz::TimeZone;
use totem::brand::{Brand, Palette, Rgb, Showcase, Text, Texts};
use totem::journey::View;
use totem::ui::{Options, picture};
use ui_common::{
    accessible, changing, joining, letters, options, ordinary, with_help, worst, worst_changing, worst_joining,
    worst_letters, worst_options,
};

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

fn everything() -> impl Iterator<Item = (&'static str, View)> {
    ordinary()
        .into_iter()
        .chain(changing())
        .chain(joining())
        .chain(letters())
        .chain(worst_letters())
        .chain(worst())
        .chain(worst_changing())
        .chain(worst_joining())
}

#[test]
fn every_screen_can_be_drawn_without_a_display() {
    let wanted = std::env::var("TOTEM_PICTURES").ok();
    for (name, view) in everything() {
        let all = wanted
            .as_deref()
            .is_some_and(|wanted| wanted == "1" || wanted.split(',').any(|wanted| name.starts_with(wanted)));
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

/// A shop with colours, a logo and a picture of its own.
fn shop() -> (tempfile::TempDir, Showcase) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("media")).unwrap();
    let photo = image::ImageBuffer::from_fn(1_600, 700, |x, y| {
        image::Rgb([(x / 8) as u8, (y / 4) as u8, if (x / 100 + y / 100) % 2 == 0 { 200 } else { 90 }])
    });
    photo.save(folder.path().join("media/1.jpg")).unwrap();
    let logo = image::ImageBuffer::from_fn(300, 120, |x, _| image::Rgb([230, (x / 3) as u8, 20]));
    logo.save(folder.path().join("logo.png")).unwrap();
    let texts = Texts {
        pt_br: Text {
            title: "Bem-vindo à Fibra Feliz!".into(), line: "Novembro: 600 Mega pelo preço de 300.".into()
        },
        ..Texts::default()
    };
    let palette = Palette { brand: Rgb([0x5b, 0x1a, 0x8b]), ..Palette::default() };
    let brand =
        Brand { name: "Fibra Feliz".into(), help_phone: "0800 111 2222".into(), palette, texts, ..Brand::default() };
    let showcase = Showcase::open(brand, folder.path().to_owned(), TimeZone::UTC).unwrap();
    (folder, showcase)
}

#[test]
fn a_shops_own_look_is_on_every_screen_and_its_picture_where_somebody_passes_by() {
    let (_folder, showcase) = shop();
    let worn = showcase.worn();
    while worn.borrow().picture.is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let options = Options { brand: totem::ui::Brand::dressed(&worn.borrow()), ..Options::default() };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, view) in
        ordinary().into_iter().filter(|(name, _)| ["identify", "invoices", "closed_hours"].contains(name))
    {
        for size in [(1080, 1920), (800, 480), (1920, 1080)] {
            let pixels = picture(&view, &options, size).unwrap();
            let has = |wanted: [u8; 3]| pixels.chunks_exact(4).filter(|pixel| pixel[..3] == wanted).count();
            assert!(has([0x5b, 0x1a, 0x8b]) > 2_000, "{name} {size:?}: the brand's colour");
            image::save_buffer(
                folder.join(format!("brand-{name}-{}x{}.png", size.0, size.1)),
                &pixels,
                size.0,
                size.1,
                ExtendedColorType::Rgba8,
            )
            .unwrap();
            // blue as only the picture is; in a small window there is less of it
            let blue = pixels.chunks_exact(4).filter(|dot| dot[2] > 180 && dot[0] < 60 && dot[1] < 60).count();
            assert_eq!(blue > pixels.len() / 4 / 10_000, name == "identify", "{name} {size:?}: {blue}");
        }
    }
}
