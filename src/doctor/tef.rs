//! Whether the TEF manager is there.

use std::sync::PoisonError;

use crate::tef::Error;

use super::{Finding, Patient, Reply};

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async { vec![look(patient)] })
}

fn look(patient: &Patient) -> Finding {
    if !patient.config.tef.is_there() {
        return Finding::ok("tef", "não configurado: sem cartão");
    }
    if let Some(left) = patient.devices.left_alone("tef") {
        return left;
    }
    let mut tef = patient.tef.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(tef) = tef.as_mut() else { return Finding::ok("tef", "não configurado: sem cartão") };
    let part = format!("tef {}", tef.name());
    match tef.check() {
        Ok(()) => Finding::ok(part, "o gerenciador responde"),
        Err(error @ Error::Silent(_)) => Finding::error(
            part,
            format!("o gerenciador não responde: cartão não é oferecido ({error})"),
            "abra o gerenciador TEF e confira se as duas pastas são as dele",
        ),
        Err(error @ Error::Library(_)) => Finding::error(
            part,
            format!("a biblioteca do TEF não pode ser usada: cartão não é oferecido ({error})"),
            "instale a biblioteca do fornecedor e confira o caminho dela na configuração",
        ),
        Err(error @ Error::Unsupported(_)) => Finding::error(
            part,
            format!("este TEF não faz o que se pede ({error})"),
            "confira com o fornecedor o que está habilitado",
        ),
        Err(error @ Error::Folder(_)) => Finding::error(
            part,
            format!("as pastas da troca de arquivos não servem ({error})"),
            "confira request_folder e response_folder, e se o usuário do totem pode escrever nelas",
        ),
    }
}
