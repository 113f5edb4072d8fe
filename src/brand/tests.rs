//! A folder that anybody may have filled.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageBuffer, Rgb as Dot};
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;

fn zone() -> TimeZone {
    TimeZone::get("America/Sao_Paulo").unwrap()
}

fn dots(width: u32, height: u32) -> ImageBuffer<Dot<u8>, Vec<u8>> {
    ImageBuffer::from_fn(width, height, |x, y| Dot([(x % 256) as u8, (y % 256) as u8, 90]))
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    dots(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes).encode_image(&dots(width, height)).unwrap();
    bytes
}

fn shop(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("media")).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn seen(path: &Path) -> Look {
    look(&Folder::open(path).unwrap().unwrap(), &Media::default(), date(2026, 11, 28))
}

fn says<'a>(look: &'a Look, file: &str) -> &'a str {
    &look.reports.iter().find(|report| report.file == file).unwrap_or_else(|| panic!("{file}: {look:?}")).says
}

/// A PNG whose header promises so many points, with nothing behind it that would fill them.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    // the header's checksum (CRC-32), so that nobody stops there
    let mut sum = u32::MAX;
    for byte in &bytes[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (0u32.wrapping_sub(sum & 1)));
        }
    }
    bytes[29..33].copy_from_slice(&(!sum).to_be_bytes());
    bytes
}

#[test]
fn pictures_are_shown_no_larger_than_a_screen_has_room_for() {
    for bytes in [png(2_400, 1_200), jpeg(2_400, 1_200)] {
        let picture = Picture::open(&bytes, (1_000, 1_000)).unwrap();
        assert_eq!((picture.width, picture.height, picture.rgba.len()), (1_000, 500, 1_000 * 500 * 4));
    }
    let small = Picture::open(&png(30, 20), (1_000, 1_000)).unwrap();
    assert_eq!((small.width, small.height), (30, 20));
}

#[test]
fn a_hostile_folder_shows_what_is_good_in_it_and_tells_the_rest() {
    let (whole, half_png, half_jpeg) = (png(60, 40), png(200, 200), jpeg(200, 200));
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(outside.path(), &whole).unwrap();
    let huge = vec![0u8; 9 * 1024 * 1024];
    let folder = shop(&[
        ("logo.png", &whole),
        ("media/a.png", &whole),
        ("media/b.jpg", &jpeg(60, 40)),
        ("media/bomba.png", &bomb(60_000, 60_000)),
        ("media/bomba-fina.png", &bomb(9_999, 9_999)),
        ("media/vazio.png", b""),
        ("media/meio.png", &half_png[..half_png.len() / 2]),
        ("media/meio.jpg", &half_jpeg[..half_jpeg.len() / 2]),
        ("media/video.mp4", b"\0\0\0\x20ftypisom"),
        ("media/enorme.png", &huge),
        (".escondido", b"x"),
    ]);
    let media = folder.path().join("media");
    std::os::unix::fs::symlink(outside.path(), media.join("link.png")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", media.join("zero.png")).unwrap();
    std::fs::create_dir(media.join("pasta.png")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(media.join("fifo.png")).status().unwrap();
    assert!(fifo.success());
    let _socket = std::os::unix::net::UnixListener::bind(media.join("socket.png")).unwrap();

    let look = seen(folder.path());
    assert_eq!((look.logo, look.pictures), (true, 2), "{look:?}");
    for (file, why) in [
        ("media/bomba.png", "60000 por 60000 pontos"),
        ("media/bomba-fina.png", "9999 por 9999 pontos"),
        ("media/vazio.png", "não é uma imagem"),
        ("media/meio.png", "incompleta ou estragada"),
        ("media/meio.jpg", "incompleta ou estragada"),
        ("media/video.mp4", "não é uma imagem"),
        ("media/enorme.png", "o limite é 8192 KB"),
        ("media/link.png", "atalho"),
        ("media/zero.png", "atalho"),
        ("media/pasta.png", "não é um arquivo comum"),
        ("media/fifo.png", "não é um arquivo comum"),
        ("media/socket.png", "não é um arquivo comum"),
    ] {
        assert!(says(&look, file).contains(why), "{file}: {}", says(&look, file));
    }
    assert_eq!(look.reports.len(), 12, "{look:?}");
}

#[test]
fn every_cut_and_every_flipped_byte_is_a_picture_or_a_report_and_nothing_else() {
    for whole in [png(40, 30), jpeg(40, 30)] {
        for length in (0..whole.len()).step_by(7) {
            let _ = Picture::open(&whole[..length], (100, 100));
        }
        for at in (0..whole.len()).step_by(3) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            if let Ok(picture) = Picture::open(&bytes, (100, 100)) {
                assert_eq!(picture.rgba.len() as u64, u64::from(picture.width) * u64::from(picture.height) * 4);
            }
        }
    }
}

#[test]
fn a_folder_of_ten_thousand_files_is_none_that_is_shown() {
    let folder = shop(&[]);
    for number in 0..10_000 {
        std::fs::write(folder.path().join(format!("media/{number}.png")), b"").unwrap();
    }
    let look = seen(folder.path());
    assert_eq!((look.pictures, look.reports.len()), (0, 1), "{look:?}");
    assert!(says(&look, "media").contains("mais de 1000 arquivos"));
}

#[test]
fn a_media_folder_that_leads_elsewhere_is_not_entered() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), shop(&[("media/a.png", &png(9, 9))]));
    std::os::unix::fs::symlink(elsewhere.path().join("media"), folder.path().join("media")).unwrap();
    let look = seen(folder.path());
    assert_eq!(look.pictures, 0);
    assert!(says(&look, "media").contains("atalho"), "{look:?}");
}

#[test]
fn a_picture_is_shown_from_its_first_day_to_its_last() {
    let dated = Dated { file: "natal.png".into(), from: Some(date(2026, 12, 1)), until: Some(date(2026, 12, 25)) };
    let media = Media { dated: vec![dated], ..Media::default() };
    let on = |month, day| media.shows("natal.png", date(2026, month, day));
    assert_eq!([on(11, 30), on(12, 1), on(12, 25), on(12, 26)], [false, true, true, false]);
    assert!(media.shows("sempre.png", date(2026, 12, 26)));
    let folder = shop(&[("media/sempre.png", &png(9, 9))]);
    let folder = Folder::open(folder.path()).unwrap().unwrap();
    let look = look(&folder, &media, date(2026, 12, 1));
    assert_eq!((look.pictures, look.today), (1, 1));
    assert!(says(&look, "media/natal.png").contains("não está na pasta"), "{look:?}");
}

/// Waits until what is worn is as it should be.
fn until(showcase: &Showcase, what: &str, is: impl Fn(&Dress) -> bool) -> Dress {
    let worn = showcase.worn();
    for _ in 0..2_000 {
        let dress = worn.borrow().clone();
        if is(&dress) {
            return (*dress).clone();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("never {what}: {:?}", worn.borrow());
}

#[test]
fn pictures_take_turns_and_one_that_cannot_be_opened_is_passed_over() {
    let folder = shop(&[("media/1.png", &png(10, 10)), ("media/2.png", b"nada"), ("media/3.jpg", &jpeg(30, 30))]);
    let brand = Brand { name: "Fibra Feliz".into(), ..Brand::default() };
    let showcase = Showcase::open(brand, folder.path().to_owned(), zone()).unwrap();
    assert_eq!(showcase.worn().borrow().brand.name, "Fibra Feliz");
    let width = |dress: &Dress| dress.picture.as_ref().map(|picture| picture.width);
    for size in [10, 30, 10, 30] {
        until(&showcase, "the next", |dress| width(dress) == Some(size) && dress.turns);
        showcase.turn();
    }
    // the folder's disk goes away, and another brand comes
    drop(folder);
    showcase.turn();
    until(&showcase, "without pictures", |dress| dress.picture.is_none() && !dress.turns);
    showcase.wear(Brand { name: "Outra".into(), ..Brand::default() }, "/nenhuma/pasta".into(), zone());
    until(&showcase, "the other", |dress| dress.brand.name == "Outra" && dress.picture.is_none());
}

#[test]
fn a_file_that_grows_while_it_is_read_is_not_read_for_ever() {
    let folder = shop(&[("brand.toml", b"name = \"x\"\n")]);
    let open = Folder::open(folder.path()).unwrap().unwrap();
    assert!(open.read("brand.toml", FILE_MOST).unwrap().is_some());
    let mut file = std::fs::OpenOptions::new().append(true).open(folder.path().join("brand.toml")).unwrap();
    file.write_all(&vec![b'#'; 70_000]).unwrap();
    assert!(matches!(open.read("brand.toml", FILE_MOST), Err(Unfit::TooLarge { .. })));
    assert!(open.read("nada.toml", FILE_MOST).unwrap().is_none());
    assert!(Folder::open(Path::new("/nenhuma/pasta")).unwrap().is_none());
}
