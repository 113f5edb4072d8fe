//! What is wrong with the devices, although every value of theirs can be read.

use super::Config;
use super::file::MethodName;
use crate::printer::{Medium, TEF_COLUMNS};

/// What a receipt needs: a linha digitável on two lines, and an amount beside its label.
const LEAST_COLUMNS: usize = 32;
/// Font B of the common heads; nobody prints narrower letters.
const LEAST_DOTS: usize = 9;

impl Config {
    pub(super) fn mistakes_of_devices(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = self.mistakes_of_folders();
        if let Some(Ok(profile)) = self.printer.as_ref().map(crate::printer::Settings::resolve) {
            let (columns, dots) = (profile.width().columns, profile.dots);
            let (widest, cards) = (columns.max(profile.width().narrow), self.takes_cards());
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
            } else if cards && widest < TEF_COLUMNS {
                let message = format!(
                    "o comprovante do cartão tem {TEF_COLUMNS} letras por linha e nenhuma fonte desta impressora as tem (são \
                     {widest}): cada venda seria desfeita; use um perfil com columns_b de pelo menos {TEF_COLUMNS}, ou tire \
                     o cartão de journey.methods"
                );
                mistakes.push(("printer.columns", message));
            }
        }
        if let Some(printer) = &self.printer {
            let port = printer.port.to_string_lossy();
            let name = port.rsplit('/').next().unwrap_or_default();
            let is_serial = ["ttyUSB", "ttyACM", "ttyS"].iter().any(|begins| name.starts_with(begins));
            let is_class = port.starts_with("/dev/usb/lp");
            let right = match printer.medium {
                Medium::Usb if is_serial => Some("serial"),
                Medium::Serial if is_class => Some("usb"),
                _ => None,
            };
            mistakes.extend(right.map(|right| {
                ("printer.medium", format!("{port} se fala com medium = \"{right}\": troque um dos dois"))
            }));
        }
        mistakes
    }

    fn mistakes_of_folders(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = Vec::new();
        if !self.totem.state.is_absolute() {
            let message = "escreva o caminho inteiro, como \"/var/lib/totem\": outro começo dependeria de onde o totem foi aberto";
            mistakes.push(("totem.state", message.to_owned()));
        }
        if let Some(tef) = &self.tef.file_exchange {
            let folders = [
                ("tef.file_exchange.request_folder", &tef.request_folder),
                ("tef.file_exchange.response_folder", &tef.response_folder),
                ("tef.file_exchange.state_dir", &tef.state_dir),
            ];
            for (place, (key, folder)) in folders.iter().enumerate() {
                // compared part by part: a slash at the end changes nothing
                if let Some((other, _)) = folders.iter().take(place).find(|(_, other)| other == folder) {
                    let other = other.rsplit('.').next().unwrap_or_default();
                    let message = format!("é a mesma pasta que `{other}`: pedidos, respostas e a do totem são três");
                    mistakes.push((*key, message));
                }
            }
        }
        mistakes
    }

    fn takes_cards(&self) -> bool {
        let cards = [MethodName::Debit, MethodName::Credit, MethodName::Voucher, MethodName::Wallet];
        cards.into_iter().any(|method| self.offers(method))
    }
}
