//! The profiles that come with the program, and those of a site's own, by path.

use std::path::Path;

use super::{Mistake, Profile};

macro_rules! profiles {
    ($($name:literal),* $(,)?) => {
        /// The names that `profile` may have.
        pub const NAMES: &[&str] = &[$($name),*];

        fn text(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(concat!("../../../config/printers/", $name, ".toml"))),)*
                _ => None,
            }
        }
    };
}

profiles![
    "generic_80mm",
    "generic_58mm",
    "bematech_mp4200",
    "bematech_mp4200_esc_bema",
    "control_id",
    "custom_vkp80iii",
    "daruma_dr800",
    "elgin_i9",
    "elgin_vip",
    "epson_tm_t20x",
    "epson_tm_t88",
    "gertec",
    "tanca",
];

/// The profile of that name, or in the file of that path.
pub fn find(choice: &str) -> Result<Profile, Mistake> {
    if let Some(text) = text(choice) {
        return Profile::parse(text, &format!("config/printers/{choice}.toml"));
    }
    if !choice.contains(['/', '.']) {
        let known = NAMES.join(", ");
        return Err(Mistake::unreadable(choice, &format!("não há perfil com este nome; há: {known}")));
    }
    let text = std::fs::read_to_string(Path::new(choice))
        .map_err(|cause| Mistake::unreadable(choice, &format!("{cause}; confira o caminho do perfil")))?;
    Profile::parse(&text, choice)
}

/// What is assumed of a printer that nobody has told anything of.
pub fn generic() -> Profile {
    use super::{Clear, Commands, Cut, Dialect, Flow, Font, Hex, Line, Picture, Proof, Qr};
    use crate::paper::Width;
    use crate::printer::code_page::CodePage;
    Profile {
        name: "genérica 80 mm".to_owned(),
        commands: Commands::EscPos,
        select: Hex::default(),
        dots: Width::MM80.dots,
        dpi: 203,
        font: Font::A,
        columns: Width::MM80.columns,
        columns_b: 64,
        code_page: CodePage::Pc850,
        code_table: Some(2),
        cancel_kanji: false,
        picture: Picture::Raster,
        band_rows: super::usual_band(),
        qr: Qr::Picture,
        cut: Cut::Partial,
        cut_feed: 3,
        presenter: None,
        status: Dialect::Epson,
        proof: Proof::Fence,
        clear: Clear::None,
        serial: Line {
            baud: 115_200,
            data_bits: super::DataBits::Eight,
            parity: super::Parity::None,
            stop_bits: super::StopBits::One,
            flow: Flow::None,
        },
        quirks: Vec::new(),
        sources: std::collections::BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_can_be_read_and_says_where_each_fact_is_from() {
        for name in NAMES {
            let profile = find(name).unwrap_or_else(|mistake| panic!("{name}: {mistake}"));
            assert!(profile.width().columns >= 40, "{name}: a card receipt takes 40 columns");
        }
    }

    #[test]
    fn what_is_assumed_of_an_unknown_printer_is_the_generic_profile() {
        let told = find("generic_80mm").unwrap();
        assert_eq!(Profile { quirks: Vec::new(), sources: std::collections::BTreeMap::new(), ..told }, generic());
    }

    #[test]
    fn every_file_of_the_folder_has_its_name_in_the_list() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/printers");
        let mut files: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let mut names: Vec<String> = NAMES.iter().map(|name| format!("{name}.toml")).collect();
        names.sort();
        assert_eq!(files, names);
    }

    /// What is wrong, the line that is pointed at, and a part of the sentence.
    #[test]
    fn a_wrong_profile_is_refused_with_file_line_and_what_was_expected() {
        let right = text("generic_80mm").unwrap();
        for (from, to, line, told) in [
            ("commands = \"esc_pos\"", "commands = \"escpos\"", "commands", "valor desconhecido `escpos`; esperava"),
            ("dots = 576", "dotz = 576", "dotz", "chave desconhecida `dotz`"),
            ("dots = 576", "dots = 5760", "dots", "entre 96 e 1024"),
            ("dpi = 203", "dpi = 72", "dpi", "entre 150 e 305"),
            ("columns = 48", "columns = 480", "columns", "um oitavo dos pontos"),
            ("columns_b = 64", "columns_b = 40", "columns_b", "pelo menos as colunas da A"),
            ("code_page = 850", "code_page = 851", "code_page", "437, 850, 858, 860"),
            ("cut = \"partial\"", "cut = \"half\"", "cut", "valor desconhecido `half`"),
            ("cut_feed = 3", "cut_feed = 300", "cut_feed", "valor errado"),
            ("status = \"epson\"", "status = \"none\"", "proof", "use \"none\""),
            ("proof = \"fence\"", "proof = \"ticket\"", "proof", "só o dialeto \"custom\""),
            ("baud = 115200", "baud = 42", "baud", "entre 1200 e 921600"),
            ("baud = 115200", "baud = 115200\nparity = \"mark\"", "parity", "valor desconhecido `mark`"),
            ("baud = 115200", "baud = 115200\ndata_bits = 9", "data_bits", "7 ou 8, não 9"),
            ("baud = 115200", "baud = 115200\nstop_bits = 0", "stop_bits", "1 ou 2, não 0"),
            ("commands = \"esc_pos\"", "commands = \"esc_bema\"", "proof", "são comandos ESC/POS"),
            ("commands = \"esc_pos\"", "commands = \"esc_pos\"\nselect = \"1D F9 2\"", "select", "hexadecimal"),
            ("commands = \"esc_pos\"", "commands = \"esc_pos\"\nqr = \"drawn\"", "qr", "valor desconhecido `drawn`"),
            ("commands = \"esc_pos\"", "commands = \"esc_pos\"\npicture = \"none\"", "qr", "use \"native\""),
            ("status = \"epson\"", "status = \"bematech\"\nclear = \"dle_dc4\"", "clear", "é da Epson"),
            ("cut_feed = 3", "cut_feed = 3\nband_rows = 9000", "band_rows", "entre 1 e 2047"),
            ("\ndots = \"", "\nx = \"", "sources", "falta em [sources] de onde vem `dots`"),
        ] {
            let wrong = right.replacen(from, to, 1);
            assert_ne!(wrong, right, "{from}");
            let mistake = Profile::parse(&wrong, "loja.toml").map(|_| ()).unwrap_err().to_string();
            let place = wrong.lines().position(|text| text.starts_with(&format!("{line} ="))).map(|at| at + 1);
            let place = place.or_else(|| wrong.lines().position(|text| text.starts_with("[sources]")).map(|at| at + 1));
            assert!(mistake.starts_with("loja.toml:"), "{mistake}");
            if line != "qr" || to.contains("qr") {
                assert!(mistake.starts_with(&format!("loja.toml:{}:", place.unwrap())), "{to}: {mistake}");
            }
            assert!(mistake.contains(told), "{to}: {mistake}");
        }
    }

    #[test]
    fn a_profile_that_is_not_there_is_told_with_those_that_are() {
        let told = find("epson").unwrap_err().to_string();
        assert!(told.contains("não há perfil") && told.contains("epson_tm_t20x"), "{told}");
        assert!(find("/nowhere/x.toml").unwrap_err().to_string().contains("/nowhere/x.toml"));
    }
}
