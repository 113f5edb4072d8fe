//! What was done at the technician's panel, and what the totem did with its own journal.

use std::io::{self, Write};

use totem::domain::{DeskFact, Note, TryOutcome, calendar};

pub fn desk(notes: &[Note], out: &mut impl Write) -> io::Result<()> {
    for note in notes {
        let at = calendar::sao_paulo(note.at).strftime("%d/%m/%Y %H:%M:%S");
        writeln!(out, "{at}  {:<16}  {}", note.fact.name(), told(&note.fact))?;
    }
    if notes.is_empty() {
        writeln!(out, "nada foi feito no painel do técnico")?;
    }
    Ok(())
}

fn told(fact: &DeskFact) -> String {
    let came_out = |done: &bool| if *done { "saiu" } else { "não saiu" };
    match fact {
        DeskFact::PanelOpened { by } => format!("{by} abriu o painel"),
        DeskFact::PanelRefused => "um PIN que não é de ninguém".to_owned(),
        DeskFact::ServiceStopped { by } => format!("{by} tirou o totem de serviço"),
        DeskFact::ServiceResumed { by } => format!("{by} pôs o totem de volta em serviço"),
        DeskFact::JournalVerified { by, whole: true } => format!("{by} mandou conferir o diário: íntegro"),
        DeskFact::JournalVerified { by, whole: false } => format!("{by} mandou conferir o diário: alterado"),
        DeskFact::TestPrinted { by, done } => format!("{by} imprimiu um teste: {}", came_out(done)),
        DeskFact::CopyPrinted { by, payment, done } => {
            format!("{by} imprimiu a segunda via de {payment}: {}", came_out(done))
        }
        DeskFact::PaperCleared { by } => format!("{by} confirmou que não há papel preso na impressora"),
        DeskFact::DocumentDiffers { invoice } => super::words::doubt(invoice),
        DeskFact::DocumentLookedInto { by, invoice, note } => {
            format!("{by} conferiu o PDF da fatura {}: {note}", invoice.0)
        }
        DeskFact::MenuOpened { by } => format!("{by} abriu o menu do TEF"),
        DeskFact::MenuApproved { by, amount, network, nsu, .. } => {
            format!("{by} fez pelo menu do TEF: {amount}, rede {network}, NSU {nsu}")
        }
        DeskFact::BundleCarried { by, done: true } => format!("{by} levou o pacote de suporte num pen drive"),
        DeskFact::BundleCarried { by, done: false } => format!("{by} pediu o pacote de suporte, que não foi gravado"),
        DeskFact::HaltAsked { by, restart: true } => format!("{by} mandou reiniciar a máquina"),
        DeskFact::HaltAsked { by, restart: false } => format!("{by} mandou desligar a máquina"),
        DeskFact::LevelSet { by, light: true, percent } => format!("{by} pôs o brilho da tela em {percent}%"),
        DeskFact::LevelSet { by, light: false, percent } => format!("{by} pôs o volume em {percent}%"),
        DeskFact::CardTryStarted { by, coupon } => {
            format!("{by} começou um teste de cartão de R$ 0,01, cupom {coupon}")
        }
        DeskFact::CardTryEnded { by, outcome, network, nsu } => {
            let ended = match outcome {
                TryOutcome::Undone => format!("aprovado e desfeito (rede {network}, NSU {nsu})"),
                TryOutcome::Kept => format!("aprovado, e a estornar no menu do TEF (rede {network}, NSU {nsu})"),
                TryOutcome::Refused => "não aprovado".to_owned(),
                TryOutcome::Unclear => "sem resposta: o que o TEF aprovou será desfeito".to_owned(),
            };
            format!("teste de cartão de {by}: {ended}")
        }
        DeskFact::PixTryStarted { by, txid, provider } => {
            format!("{by} começou um teste de PIX de R$ 0,01 no banco {provider}, txid {txid}")
        }
        DeskFact::PixTryCharged { txid, .. } => format!("teste de PIX {txid}: o banco fez a cobrança"),
        DeskFact::PixTryRefused { txid, why } => format!("teste de PIX {txid}: o banco não fez a cobrança ({why})"),
        DeskFact::PixTryLeft { txid } => format!("teste de PIX {txid}: sem pagamento, a cobrança é retirada"),
        DeskFact::PixTryEnded { txid } => format!("teste de PIX {txid}: o banco retirou a cobrança"),
        DeskFact::PixTryPaid { txid, receipt } => {
            format!("teste de PIX {txid}: entraram {} ({})", receipt.amount, receipt.end_to_end)
        }
        DeskFact::PixTryBackAsked { txid, end_to_end, id } => {
            format!("teste de PIX {txid}: pedida a devolução {id} de {end_to_end}")
        }
        DeskFact::PixTryBackHeard { txid, heard, .. } => {
            format!("teste de PIX {txid}: devolução {}", super::words::pix_back_heard(heard))
        }
        DeskFact::PixTryForgotten { txid } => format!("teste de PIX {txid}: olhado pela última vez"),
        DeskFact::PixTrySettled { by, txid, note } => format!("{by} acertou o teste de PIX {txid}: {note}"),
        DeskFact::PaperChanged { by } => format!("{by} trocou a bobina da impressora"),
        DeskFact::PapersCounted { papers } => format!("{papers} papéis desde a troca da bobina"),
        DeskFact::LanguageChosen { by, language: Some(language) } => {
            format!("{by} escolheu o idioma inicial: {language}")
        }
        DeskFact::LanguageChosen { by, language: None } => format!("{by} voltou ao idioma inicial da configuração"),
        DeskFact::Forgotten { before, facts } => {
            let before = calendar::sao_paulo(*before).strftime("%d/%m/%Y");
            format!("{facts} fatos de pagamentos encerrados antes de {before} foram esquecidos")
        }
    }
}
