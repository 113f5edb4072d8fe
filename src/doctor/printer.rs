//! How the receipt printer is. Nothing is printed.

use std::sync::PoisonError;

use crate::printer::Status;

use super::{Finding, Patient, Reply};

const PART: &str = "impressora";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async { vec![look(patient)] })
}

fn look(patient: &Patient) -> Finding {
    if patient.config.printer.is_none() {
        return Finding::ok(PART, "não configurada: sem recibo em papel");
    }
    if let Some(left) = patient.devices.left_alone(PART) {
        return left;
    }
    let mut printer = patient.printer.lock().unwrap_or_else(PoisonError::into_inner);
    printer.as_mut().map_or_else(|| told(Status::Absent), |printer| told(printer.status()))
}

fn told(status: Status) -> Finding {
    let part = PART;
    match status {
        Status::Ready => Finding::ok(part, "pronta"),
        Status::PaperLow => Finding::warning(part, "o papel está acabando", "troque o rolo na próxima visita"),
        Status::PaperOut => Finding::error(part, "sem papel: cartão não é oferecido", "ponha um rolo novo"),
        Status::CoverOpen => Finding::error(part, "a tampa está aberta", "feche a tampa"),
        Status::Cutter => Finding::error(part, "a guilhotina está presa", "desligue, solte o papel e ligue de novo"),
        Status::Overheated => Finding::error(part, "a cabeça está quente demais", "espere esfriar; ela volta sozinha"),
        Status::Fault => Finding::error(part, "tem um defeito", "desligue e ligue; se voltar, veja o manual dela"),
        Status::Offline => Finding::error(part, "está fora de linha", "aperte o botão FEED ou desligue e ligue"),
        Status::Held => Finding::error(
            part,
            "o papel de outro cliente parou nela e ainda pode sair: cartão não é oferecido",
            "abra, tire todo papel e confirme no painel do totem",
        ),
        Status::Awaited => Finding::error(
            part,
            "ainda pode sair um papel de antes: cartão não é oferecido",
            "espere ela terminar; se não passar, tire todo papel e confirme no painel do totem",
        ),
        Status::NoFence => Finding::error(
            part,
            "não responde à cerca (GS r 1): não se saberia se um papel saiu, e cartão não é oferecido",
            "rode `totem printer probe` e ponha em [printer] o proof que ele disser, como proof = \"watched\"",
        ),
        Status::Mute => Finding::error(part, "a porta existe e ninguém responde", "confira cabo, energia, baud e flow"),
        Status::Unknown => Finding::error(
            part,
            "responde coisas sem sentido",
            "confira baud, paridade e printer.profile: `totem printer probe` ajuda",
        ),
        Status::Absent => Finding::error(part, "a porta não existe", "confira printer.port, o cabo e a regra udev"),
        Status::InUse => Finding::error(part, "outro programa usa a porta", "feche o outro programa (fila do CUPS?)"),
        Status::Denied => Finding::error(
            part,
            "sem licença para abrir a porta",
            "ponha o usuário do totem no grupo da porta (dialout, lp)",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn whatever_keeps_a_receipt_from_coming_out_is_an_error() {
        for status in Status::ALL {
            assert_eq!(told(status).state == State::Error, !status.can_print(), "{status:?}");
        }
    }
}
