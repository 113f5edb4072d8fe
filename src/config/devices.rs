//! What is wrong with the devices, although every value of theirs can be read.

use super::Config;

/// What a receipt needs: a linha digitável on two lines, and an amount beside its label.
const LEAST_COLUMNS: usize = 32;
/// Font B of the common heads; nobody prints narrower letters.
const LEAST_DOTS: usize = 9;

impl Config {
    pub(super) fn mistakes_of_devices(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = Vec::new();
        if let Some(printer) = &self.printer {
            let (columns, dots) = (printer.columns, printer.dots);
            if columns < LEAST_COLUMNS {
                let message = format!(
                    "{columns} letras por linha são menos do que um recibo precisa: são {LEAST_COLUMNS} (papel de 58 mm) \
                     ou 48 (80 mm)"
                );
                mistakes.push(("printer.columns", message));
            } else if columns.saturating_mul(LEAST_DOTS) > dots {
                let message = format!(
                    "{columns} letras não cabem em {dots} pontos: são 32 letras em 384 pontos (58 mm) ou 48 em 576 (80 mm)"
                );
                mistakes.push(("printer.columns", message));
            }
        }
        mistakes
    }
}
