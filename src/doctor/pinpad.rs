//! The pinpad's port, where the configuration names one. Nobody opens it here: it belongs to the TEF.

use super::{Finding, Patient, Reply, State};

const PART: &str = "pinpad";
/// CliSiTef's parameter for the port.
const PORT: &str = "PortaPinPad=";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        if !patient.config.tef.is_there() {
            return vec![Finding::ok(PART, "sem TEF, sem pinpad")];
        }
        let parameters = patient.config.tef.clisitef.as_ref().map(|tef| tef.parameters.as_str());
        vec![look(parameters.and_then(port))]
    })
}

fn port(parameters: &str) -> Option<&str> {
    let (_, rest) = parameters.split_once(PORT)?;
    rest.split([']', ';']).next().map(str::trim).filter(|port| port.starts_with('/'))
}

fn look(port: Option<&str>) -> Finding {
    match port {
        Some(port) if std::path::Path::new(port).exists() => Finding::ok(PART, format!("{port} está ligado")),
        Some(port) => Finding::error(
            PART,
            format!("{port} não existe: cartão não funciona"),
            "confira o cabo do pinpad e a porta em tef.clisitef.parameters",
        ),
        None => Finding::new(
            State::NotChecked,
            PART,
            "não verificado: quem conhece a porta é o gerenciador TEF",
            "com o totem e o TEF fechados: totem tef pinpad --port /dev/ttyACM0",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_the_one_of_the_parameters() {
        assert_eq!(port("[TipoPinPad=Usb;PortaPinPad=/dev/ttyACM0]"), Some("/dev/ttyACM0"));
        assert_eq!(port("[PortaPinPad=COM3]"), None);
        assert_eq!(look(Some("/dev/nenhum")).state, State::Error);
        assert_eq!(look(None).state, State::NotChecked);
    }
}
