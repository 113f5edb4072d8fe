//! `totem pdf-host`: the process that draws one page of a PDF that somebody else made.

pub fn pdf_host() -> Result<(), String> {
    totem::pdf::serve().map_err(|error| error.to_string())
}
