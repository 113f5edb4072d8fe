//! The journal in the technician's language.

use jiff::Timestamp;
use totem::domain::{CardKind, InvoiceId, Money, PaymentId, PixBack};
use totem::journal::Error;
use totem::payment::fact::PersonWhy;
use totem::payment::person::{Ids, Task};
use totem::payment::pix_try::{Back, Need as TryNeed, PixTry};
use totem::payment::{
    Debt, Decision, Fact, Method, Need, NoReceipt, Outcome, PrintResult, Refusal, SettledHow, UndoReason,
};

pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Settled => "pago e baixado".to_owned(),
        Outcome::Owed => "pago, baixa pendente".to_owned(),
        Outcome::NotCharged => "não cobrado".to_owned(),
        Outcome::Undone => "desfeito".to_owned(),
        Outcome::Confirming => "em confirmação".to_owned(),
        Outcome::Resolved => "resolvido por uma pessoa".to_owned(),
        Outcome::Person(need) => {
            let mut whys: Vec<&str> = need.tasks.iter().map(|task| why(task.why)).collect();
            whys.dedup();
            format!("precisa de uma pessoa: {}", whys.join("; "))
        }
    }
}

fn why(why: PersonWhy) -> &'static str {
    match why {
        PersonWhy::Rejected => "o ERP recusou a baixa",
        PersonWhy::Refund => "a fatura já estava paga por outro meio",
        PersonWhy::WrongAmount => "o valor recebido não é o pedido",
        PersonWhy::CheckStatement => "só o extrato da conta diz se foi pago",
        PersonWhy::ProviderGone => "o provedor PIX deste código saiu da configuração",
        PersonWhy::Doubled => "chegou mais de um PIX pela mesma cobrança",
        PersonWhy::ByHand => "a baixa é feita à mão neste provedor",
        PersonWhy::Overdue => "a baixa não passa, e o totem continua tentando",
        PersonWhy::TefSilent => "o TEF não responde sobre esta venda",
        PersonWhy::RefundUnclear => "o banco não disse o que foi da devolução",
    }
}

pub fn method(method: Method) -> String {
    match method {
        Method::Pix => "PIX".to_owned(),
        Method::Card { kind: CardKind::Voucher, .. } => "benefício".to_owned(),
        Method::Card { kind: CardKind::Debit, .. } => "débito".to_owned(),
        Method::Card { kind: CardKind::Wallet, .. } => "carteira digital".to_owned(),
        Method::Card { kind: CardKind::Credit, instalments: 0 | 1 } => "crédito".to_owned(),
        Method::Card { kind: CardKind::Credit, instalments } => format!("crédito em {instalments}x"),
    }
}

pub fn debt(debt: Debt) -> &'static str {
    match debt {
        Debt::None => "nada a baixar até agora",
        Debt::Owed => "pendente",
        Debt::Sent => "enviada, sem resposta ainda",
        Debt::Unclear => "sem resposta: a fatura será lida antes de reenviar",
        Debt::FoundOpen => "a fatura foi lida e está aberta: será reenviada",
        Debt::Settled(how) => settled(how),
        Debt::Rejected => "recusada pelo ERP",
        Debt::PaidElsewhere => "a fatura já estava paga por outro meio",
    }
}

fn settled(how: SettledHow) -> &'static str {
    match how {
        SettledHow::Applied => "feita: o ERP aceitou",
        SettledHow::FoundPaid => "feita: a fatura foi lida e está paga",
        SettledHow::ByErp => "feita pelo banco do próprio ERP",
        SettledHow::ByPerson => "resolvida por uma pessoa",
        SettledHow::Reversed => "não é mais devida: o cartão foi estornado",
    }
}

/// What to do, a sentence for each task, with every id in it.
pub fn what_to_do(need: &Need) -> Vec<String> {
    let mut lines = acts(need);
    lines.push(format!(
        "cliente {} (id no ERP {}, {}); depois, com o totem parado: totem journal resolve {} --by NOME --note TEXTO",
        need.short_name, need.customer, need.tax_id_masked, need.payment
    ));
    lines
}

pub fn no_receipt(payment: PaymentId, why: NoReceipt) -> String {
    let why = match why {
        NoReceipt::NothingReceived => "nada foi recebido",
        NoReceipt::GivingBack => "o estorno foi pedido e o TEF ainda não disse se foi feito",
    };
    format!("o pagamento {payment} não tem recibo: {why}")
}

/// A bill whose PDF or slip was not shown.
pub fn doubt(invoice: &InvoiceId) -> String {
    format!(
        "o boleto ou o PDF da fatura {invoice} não confere com o sistema (código de barras, valor ou vencimento): não foi mostrado"
    )
}

/// What a person has to do about it.
pub fn about_a_doubt(invoice: &InvoiceId) -> [String; 2] {
    [
        format!(
            "abra no ERP a fatura {invoice} e o PDF dela e compare a linha digitável, o valor e o vencimento com os do boleto registrado"
        ),
        "se algum não for do provedor, avise o provedor e o banco: alguém pode estar trocando boletos".to_owned(),
    ]
}

/// What became of a Pix that a try of one cent brought.
pub fn pix_back(back: &Back) -> String {
    back.heard.as_ref().map_or_else(|| "ainda sem resposta do banco".to_owned(), pix_back_heard)
}

pub fn pix_back_heard(heard: &PixBack) -> String {
    match heard {
        PixBack::Done { return_id: Some(id) } => format!("feita pelo banco ({id})"),
        PixBack::Done { return_id: None } => "feita pelo banco".to_owned(),
        PixBack::Pending => "em processamento no banco".to_owned(),
        PixBack::Refused { why } => format!("não feita, diz o banco: {why}"),
        PixBack::Unknown { why } => format!("sem resposta clara do banco: {why}"),
    }
}

/// What a person has to do about a try of PIX, a sentence each.
pub fn pix_try_needs(tried: &PixTry, now: Timestamp) -> Vec<String> {
    let says = |need: TryNeed| match need {
        TryNeed::LookAtAccount => format!(
            "o banco {} não diz há um dia o que foi da cobrança de R$ 0,01 com txid {}: veja no extrato se entrou",
            tried.provider, tried.txid
        ),
        TryNeed::GiveBack(back) => {
            let (amount, id) = (back.receipt.amount, &back.receipt.end_to_end);
            let act = match &back.heard {
                Some(PixBack::Refused { .. }) => format!(
                    "devolva {amount} do PIX {id} (totem pix refund {id} --amount {} --by NOME --reason TEXTO --outside)",
                    amount.to_decimal()
                ),
                _ => format!("confira no extrato se {amount} do PIX {id} voltaram; o totem continua perguntando"),
            };
            format!("teste de PIX: {}; {act}", pix_back(&back))
        }
    };
    tried.needs(now).into_iter().map(says).collect()
}

/// A sentence for each task.
pub fn acts(need: &Need) -> Vec<String> {
    need.tasks.iter().map(|task| act(task, need)).collect()
}

fn act(task: &Task, need: &Need) -> String {
    let bills: Vec<String> = task
        .bills
        .iter()
        .map(|bill| {
            let tried = if bill.sends > 0 { format!(", baixa enviada {} vez(es)", bill.sends) } else { String::new() };
            format!("fatura {} (número {}, {}{tried})", bill.invoice, bill.number, bill.amount)
        })
        .collect();
    let (bills, ids) = (bills.join(" e "), paid_by(&need.ids, need));
    let received = task.received.unwrap_or(Money::ZERO);
    let back = task.back.as_ref().map_or(String::new(), |back| {
        let at = back.at.map_or(String::new(), |at| at.strftime(", de %d/%m/%Y %H:%M").to_string());
        format!("EndToEndId {}{at}", back.end_to_end)
    });
    let give_back = |end_to_end: &str| {
        format!("totem pix refund {end_to_end} --amount {} --by NOME --reason TEXTO", received.to_decimal())
    };
    match task.why {
        PersonWhy::Rejected => format!("dê baixa à mão no ERP: {bills}; {ids}"),
        PersonWhy::Refund => {
            let how = need.ids.end_to_end.as_deref().map_or(String::new(), |id| format!(" ({})", give_back(id)));
            format!("devolva {received} ao cliente{how}: {bills} já estava paga por outro meio; {ids}")
        }
        PersonWhy::Doubled => {
            let how = task.back.as_ref().map_or(String::new(), |back| give_back(&back.end_to_end));
            format!("devolva {received} ao cliente ({how}): chegou mais de um PIX por {bills}; {back}")
        }
        PersonWhy::ByHand => {
            let ticket = need.ticket.as_ref().map_or(String::new(), |ticket| format!("; chamado {ticket} no ERP"));
            format!("dê baixa à mão no ERP: {bills}{ticket}; o totem lê a fatura e encerra quando aparecer paga; {ids}")
        }
        PersonWhy::Overdue => format!(
            "confira no ERP se a baixa já foi feita; se não, dê baixa à mão: {bills}; o totem continua lendo a fatura; {ids}"
        ),
        PersonWhy::TefSilent => format!(
            "procure no gerenciador TEF ou no portal da adquirente a venda de {} desde {}; o totem continua perguntando: \
             {bills}; {ids}",
            task.asked,
            need.opened.strftime("%d/%m/%Y %H:%M")
        ),
        PersonWhy::RefundUnclear => {
            let how = task.back.as_ref().map_or(String::new(), |back| give_back(&back.end_to_end));
            format!("pergunte de novo ao banco, é a mesma devolução ({how}): {received}, {back}")
        }
        PersonWhy::WrongAmount => {
            format!(
                "chegaram {received} em vez de {}: acerte com o cliente e dê baixa à mão: {bills}; {ids}",
                task.asked
            )
        }
        PersonWhy::ProviderGone => format!(
            "o provedor PIX “{}” não está mais na configuração, e o totem não tem a quem perguntar: ponha-o de volta, ou \
             procure no extrato um PIX de {} desde {}: se entrou, dê baixa à mão: {bills}; se não, nada foi cobrado; {ids}",
            need.ids.provider.as_deref().unwrap_or_default(),
            task.asked,
            need.opened.strftime("%d/%m/%Y %H:%M")
        ),
        PersonWhy::CheckStatement => format!(
            "procure no extrato um PIX de {} desde {}: se entrou, dê baixa à mão: {bills}; se não, nada foi cobrado; {ids}",
            task.asked,
            need.opened.strftime("%d/%m/%Y %H:%M")
        ),
    }
}

fn paid_by(ids: &Ids, need: &Need) -> String {
    let mut parts = vec![method(need.method)];
    let known = [
        ("rede", &ids.network),
        ("bandeira", &ids.brand),
        ("NSU", &ids.nsu),
        ("autorização", &ids.authorization),
        ("EndToEndId", &ids.end_to_end),
        ("txid", &ids.txid),
    ];
    parts.extend(known.into_iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}"))));
    parts.extend(ids.at.map(|at| at.strftime("pago em %d/%m/%Y %H:%M").to_string()));
    parts.join(", ")
}

pub fn fact(fact: &Fact) -> String {
    match fact {
        Fact::Opened { items, method: how, .. } => {
            let total: Money = items.iter().map(|item| item.charge.total()).sum();
            format!("o cliente escolheu pagar {total} ({}), {} fatura(s)", method(*how), items.len())
        }
        Fact::Interrupted => "o totem parou e começou de novo".to_owned(),
        Fact::ByHand => "neste provedor a baixa é feita à mão".to_owned(),
        Fact::EarlierCode { payment } => {
            format!("o código PIX do pagamento {payment} ainda pode trazer dinheiro: a fatura será lida antes da baixa")
        }
        Fact::CardFound { sale } => format!(
            "o TEF agora conhece a venda: {}, {} {}, NSU {}, autorização {}",
            sale.amount, sale.network, sale.brand, sale.nsu, sale.authorization
        ),
        Fact::PixPaidAgain { receipt } => {
            format!("outro PIX pela mesma cobrança: {}, EndToEndId {}", receipt.amount, receipt.end_to_end)
        }
        Fact::PixForgotten => "última consulta: não se espera mais dinheiro por este código".to_owned(),
        Fact::TicketStarted => "pedindo ao ERP um chamado para a baixa".to_owned(),
        Fact::TicketOpened { protocol } => format!("chamado {protocol} aberto no ERP"),
        Fact::TicketRefused { why } => format!("o ERP não abriu o chamado: {why}"),
        Fact::TicketUnknown { why } => format!("não se sabe se o chamado foi aberto, e não se repete: {why}"),
        Fact::TicketUnsent { why } => format!("o chamado não foi pedido: {why}"),
        Fact::RefundStarted { id, end_to_end, amount, by, reason } => {
            format!("devolução {id} de {amount} do PIX {end_to_end}, pedida por {by}: {reason}")
        }
        Fact::RefundAnswered { id, status, return_id, why } => {
            let more = [return_id, why].into_iter().flatten().map(|text| format!(", {text}")).collect::<String>();
            format!("devolução {id}: {status}{more}")
        }
        Fact::RefundUnknown { id, why } => format!("devolução {id}: o banco não respondeu com clareza ({why})"),
        Fact::CardStarted => "a venda vai para o TEF".to_owned(),
        Fact::CardApproved { sale, mismatch } => {
            let other = mismatch.as_ref().map_or(String::new(), |what| format!("; difere do pedido: {what}"));
            format!(
                "aprovada: {}, {} {}, NSU {}, autorização {}, final {}{other}",
                sale.amount, sale.network, sale.brand, sale.nsu, sale.authorization, sale.last4
            )
        }
        Fact::CardRefused { message, why } => format!("não cobrado ({}): {message}", refusal(*why)),
        Fact::CardUnknown { why } => format!("sem resposta do TEF: {why}"),
        Fact::CardNotFound => "o TEF não conhece esta venda: não cobrado".to_owned(),
        Fact::ReceiptStarted => "imprimindo o comprovante".to_owned(),
        Fact::ReceiptPrinted { result } => match result {
            PrintResult::Proven => "comprovante impresso (a impressora confirmou)",
            PrintResult::Unconfirmed => "comprovante enviado (a impressora não tem como confirmar)",
            PrintResult::Failed => "o comprovante não saiu",
        }
        .to_owned(),
        Fact::Decided { decision: Decision::Confirm } => "decidido: confirmar a venda; a baixa é devida".to_owned(),
        Fact::Decided { decision: Decision::Undo(reason) } => format!("decidido: desfazer ({})", undo(*reason)),
        Fact::Finalized => "o TEF confirmou a decisão".to_owned(),
        Fact::PixStarted { txid } => format!("pedindo um código PIX, txid {txid}"),
        Fact::PixCharged { charge } => format!("código PIX na tela, de {}, txid {}", charge.provider, charge.txid),
        Fact::PixRefused { why } => format!("não houve código PIX: {why}"),
        Fact::PixAbandoned => "o cliente deixou o código sem pagar, ou o tempo na tela acabou".to_owned(),
        Fact::PixPaid { amount, end_to_end, .. } => {
            let id = end_to_end.as_ref().map_or(String::new(), |id| format!(", EndToEndId {id}"));
            format!("PIX recebido: {amount}{id}")
        }
        Fact::PixEnded => "ninguém espera mais por este código; o que ainda entrar por ele é reconhecido".to_owned(),
        Fact::WriteOffSent { invoice } => format!("baixa da fatura {invoice} vai para o ERP"),
        Fact::WriteOffUnsent { invoice, why } => format!("baixa da fatura {invoice} não chegou ao ERP: {why}"),
        Fact::WriteOffUnknown { invoice, why } => format!("baixa da fatura {invoice} sem resposta clara: {why}"),
        Fact::BillFoundOpen { invoice } => format!("a fatura {invoice} foi lida: está aberta"),
        Fact::WriteOffSettled { invoice, how } => format!("baixa da fatura {invoice} {}", settled(*how)),
        Fact::WriteOffRejected { invoice, why } => format!("o ERP recusou a baixa da fatura {invoice}: {why}"),
        Fact::PaidElsewhere { invoice } => format!("a fatura {invoice} já estava paga por outro meio"),
        Fact::ReversalStarted { by, reason } => format!("{by} pediu o estorno do cartão: {reason}"),
        Fact::ReversalApproved { sale } => format!("estornado no TEF: {}, NSU {}", sale.amount, sale.nsu),
        Fact::ReversalRefused { message } => format!("estorno não feito: {message}"),
        Fact::ReversalUnknown { why } => format!("estorno sem resposta do TEF: {why}"),
        Fact::PersonCalled { why: reason } => format!("precisa de uma pessoa: {}", why(*reason)),
        Fact::Resolved { by, note } => format!("resolvido por {by}: {note}"),
        Fact::Closed => "encerrado".to_owned(),
    }
}

fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::Declined => "recusado",
        Refusal::ByCustomer => "o cliente desistiu",
        Refusal::NotStarted => "a venda não começou",
        Refusal::NotFound => "o TEF não conhece a venda",
        Refusal::NoPix => "sem PIX",
    }
}

fn undo(reason: UndoReason) -> &'static str {
    match reason {
        UndoReason::Receipt => "o comprovante não saiu",
        UndoReason::Interrupted => "o totem parou antes do comprovante",
        UndoReason::Mismatch => "o TEF aprovou outro valor",
    }
}

pub fn journal_error(error: &Error) -> String {
    let at = |path: &std::path::Path| path.display().to_string();
    match error {
        Error::AlreadyRunning { process, .. } => format!(
            "o totem está em funcionamento{} e é o único que escreve no diário. Por enquanto é preciso parar o totem, \
             registrar a decisão e ligá-lo de novo",
            process.map_or_else(String::new, |id| format!(" (processo {id})"))
        ),
        Error::NotAJournal { path } => format!("{} não é o diário de um totem: confira o caminho", at(path)),
        Error::Corrupt { path, cause } => format!(
            "{} está danificado ({cause}): guarde uma cópia da pasta inteira, teste o disco e restaure um backup",
            at(path)
        ),
        Error::Broken { path, at_row, why } => format!(
            "{} não está como foi escrito, no fato {at_row} ({why}): não se recebe pagamento; acerte à mão o que estava \
             em aberto, guarde a pasta inteira em outro lugar, e o totem começa um diário novo",
            at(path)
        ),
        Error::Newer { path, what } => {
            format!("{} foi escrito por um totem mais novo ({what}): instale aquela versão de novo", at(path))
        }
        Error::OtherKey { path } => {
            format!("{} foi escrito com outra chave: ponha de volta o journal.key dele", at(path))
        }
        Error::Key { path, .. } => format!("a chave {} falta ou não serve: restaure-a de um backup", at(path)),
        Error::Full { path } => format!("o disco de {} está cheio: libere espaço", at(path)),
        Error::ReadOnly { path, cause } => format!(
            "{} não pode ser aberto ({cause}): use o usuário do totem ou root, e confira a montagem do disco",
            at(path)
        ),
        Error::Disk { path, cause } => format!("{} não pôde ser lido ou escrito ({cause}): teste o disco", at(path)),
        Error::Poisoned { path, cause } => {
            format!("{} não aceita mais fatos depois de uma falha ({cause}): comece de novo", at(path))
        }
        Error::Refused { payment, why } => format!("pagamento {payment}: {why}"),
    }
}

/// What is left to do for a bill whose card sale was given back, as the bill stood before.
pub fn after_reversal(debt: Debt) -> &'static str {
    match debt {
        Debt::Settled(SettledHow::Applied | SettledHow::FoundPaid | SettledHow::ByErp | SettledHow::ByPerson) => {
            "a baixa já foi feita no ERP: estorne-a lá, à mão"
        }
        _ => "a baixa não será mais enviada; a fatura continua em aberto",
    }
}
