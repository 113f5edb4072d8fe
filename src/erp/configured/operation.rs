//! The operations that a definition may have, by the names of document 002 where it has one, and what each has at hand.

use serde_json::{Map, Value as Json, json};

use crate::domain::service::Catalog;
use crate::erp::Capability;

/// How an operation is sent and what its answer is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Read,
    /// A read whose answer is, holds or names a PDF.
    Pdf,
    /// Sent once.
    Change,
    /// Sent once, and money hangs on it.
    WriteOff,
}

macro_rules! operations {
    ($($variant:ident $name:literal $kind:ident $capability:expr;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Op {
            $($variant,)*
        }

        impl Op {
            pub(super) const ALL: &'static [Op] = &[$(Op::$variant,)*];

            /// The key in a definition, and the name in log and errors.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Op::$variant => $name,)*
                }
            }

            pub(super) fn kind(self) -> Kind {
                match self {
                    $(Op::$variant => Kind::$kind,)*
                }
            }

            /// What of the port hangs on it; nothing where it only helps another.
            pub(super) fn capability(self) -> Option<Capability> {
                match self {
                    $(Op::$variant => $capability,)*
                }
            }
        }
    };
}

operations! {
    Customer "info_cliente" Read Some(Capability::Account);
    CustomerById "cliente_por_id" Read None;
    Plans "planos" Read None;
    BlockedPlans "planos_bloqueados" Read None;
    Bills "listar_faturas" Read Some(Capability::Invoice);
    Bill "fatura_por_id" Read Some(Capability::Invoice);
    BillByCode "fatura_por_codigo" Read Some(Capability::BillByCode);
    PaidBills "faturas_pagas" Read Some(Capability::PaidBills);
    Line "linha_digitavel" Read Some(Capability::Boleto);
    PixCode "pix" Read Some(Capability::PixCode);
    BillPdf "pdf_boleto" Pdf Some(Capability::Pdf);
    WriteOff "baixa_boleto" WriteOff Some(Capability::WriteOff);
    Contacts "contatos" Read Some(Capability::Contacts);
    Pendency "pendencia_interna" Read Some(Capability::Pendency);
    Unlock "desbloqueio_confianca" Change Some(Capability::TrustUnlock);
    Notes "listar_notas_fiscais" Read Some(Capability::FiscalNotes);
    NotePdf "pdf_nota_fiscal" Pdf Some(Capability::FiscalNotePdf);
    Settlements "quitacao_anual" Read Some(Capability::AnnualSettlements);
    SettlementPdf "pdf_quitacao_anual" Pdf Some(Capability::AnnualSettlementPdf);
    OpenTicket "criar_chamado" Change Some(Capability::OpenTicket);
    Tickets "listar_chamados" Read Some(Capability::Tickets);
    SendEmail "enviar_email" Change Some(Capability::SendByEmail);
    SendSms "enviar_sms" Change Some(Capability::SendBySms);
    SendPush "enviar_push" Change Some(Capability::SendByPush);
    EditCustomer "editar_cliente" Change Some(Capability::ChangeContacts);
    Products "listar_produtos" Read Some(Capability::Products);
    Resellers "listar_revendedores" Read Some(Capability::Resellers);
    DueDays "listar_vencimentos" Read Some(Capability::DueDays);
    Origins "listar_origens" Read Some(Capability::Origins);
    TicketKinds "listar_tipos_de_chamado" Read Some(Capability::TicketKinds);
    Departments "listar_departamentos" Read Some(Capability::Departments);
    Cities "listar_cidades" Read Some(Capability::Cities);
    Accounts "listar_contas" Read Some(Capability::Lookups);
    PaymentMethods "listar_formas_de_pagamento" Read Some(Capability::Lookups);
    Brands "listar_bandeiras" Read Some(Capability::Lookups);
    Prospect "criar_prospecto" Change Some(Capability::Prospect);
    Lead "criar_lead" Change Some(Capability::Lead);
    ActivateContract "ativar_contrato" Change Some(Capability::ActivateContract);
    DeactivateContract "desativar_contrato" Change Some(Capability::DeactivateContract);
    SuspendContract "suspender_contrato" Change Some(Capability::SuspendContract);
    CancelContract "cancelar_contrato" Change Some(Capability::CancelContract);
    RemoveCustomer "remover_cliente" Change Some(Capability::RemoveCustomer);
    Consumption "listar_consumos" Read Some(Capability::Consumption);
    AddConsumption "adicionar_consumo" Change Some(Capability::AddConsumption);
    AlterConsumption "alterar_consumo" Change Some(Capability::AlterConsumption);
    RemoveConsumption "remover_consumo" Change Some(Capability::RemoveConsumption);
    Order "criar_pedido" Change Some(Capability::Order);
    OrderForCustomer "criar_pedido_cliente_existente" Change Some(Capability::OrderForCustomer);
}

impl Op {
    pub(super) fn named(name: &str) -> Option<Op> {
        Op::ALL.iter().copied().find(|op| op.name() == name)
    }

    /// What a technician is shown of an ERP's ids, in this order.
    pub(super) const LISTS: [Op; 10] = [
        Op::Accounts,
        Op::PaymentMethods,
        Op::Brands,
        Op::Products,
        Op::Resellers,
        Op::DueDays,
        Op::Origins,
        Op::TicketKinds,
        Op::Departments,
        Op::Cities,
    ];

    pub(super) fn is_list(self) -> bool {
        Op::LISTS.contains(&self)
    }

    /// A list that is of no use but for the configuration.
    pub(super) fn fills_a_row(self) -> bool {
        matches!(self, Op::Accounts | Op::PaymentMethods | Op::Brands)
    }

    pub(super) fn of_catalog(catalog: Catalog) -> Op {
        match catalog {
            Catalog::Products => Op::Products,
            Catalog::Resellers => Op::Resellers,
            Catalog::DueDays => Op::DueDays,
            Catalog::Origins => Op::Origins,
            Catalog::TicketKinds => Op::TicketKinds,
            Catalog::Departments => Op::Departments,
            Catalog::Cities => Op::Cities,
        }
    }

    /// What its templates are tried out with when a definition is read: everything that may be at hand, in each way
    /// in which it may differ.
    pub(super) fn samples(self) -> Vec<Map<String, Json>> {
        let customer = json!({
            "id": "81593", "name": "CLIENTE TESTE", "document": "52998224725", "document_kind": "cpf", "extra": null,
        });
        let bill = json!({"id": "90"});
        let of = |parts: Json| match parts {
            Json::Object(map) => map,
            _ => Map::new(),
        };
        match self {
            Op::Customer => vec![of(json!({"document": "52998224725", "document_kind": "cpf"}))],
            Op::Line | Op::PixCode | Op::Bill | Op::BillPdf => vec![of(json!({"customer": customer, "bill": bill}))],
            Op::SendEmail | Op::SendSms | Op::SendPush => {
                vec![of(json!({"customer": customer, "bill": bill, "to": "cliente@example.com"}))]
            }
            Op::WriteOff => sample_payments()
                .into_iter()
                .map(|paid_by| {
                    of(json!({
                        "customer": customer, "bill": bill, "paid_by": paid_by, "paid_on": "2026-01-31",
                        "charge": {"principal": "315.98", "fine": "6.32", "interest": "14.75", "discount": "0.00",
                            "total": "337.05"},
                        "payment": {"key": "81593|90|2026-01-31|STONE|123456|654321"},
                    }))
                })
                .collect(),
            Op::AddConsumption | Op::AlterConsumption | Op::RemoveConsumption => vec![of(json!({
                "customer": customer, "contract": {"id": "1283299"},
                "consumption": {"id": "7", "description": "Filme", "quantity": "1", "amount": "9.90", "on": "2026-01-31"},
            }))],
            Op::Unlock
            | Op::ActivateContract
            | Op::DeactivateContract
            | Op::SuspendContract
            | Op::CancelContract
            | Op::Consumption => vec![of(json!({"customer": customer, "contract": {"id": "1283299"}}))],
            Op::BillByCode => vec![of(json!({"code": {
                "kind": "boleto", "line": "75691.31662 01006.726101 27210.000017 7 73380000001000",
                "barcode": "75697733800000010001316601006726102721000001", "payload": null,
            }}))],
            Op::NotePdf => vec![of(json!({"customer": customer, "note": {"id": "7"}}))],
            Op::SettlementPdf => vec![of(json!({"customer": customer, "settlement": {"id": "7"}}))],
            Op::OpenTicket => ["1", ""]
                .iter()
                .map(|kind| {
                    of(json!({"customer": customer, "ticket": {"contract": "1283299", "kind": kind, "subject": "Assunto",
                        "text": "Texto", "name": "CLIENTE TESTE", "phone": "31999990000"}}))
                })
                .collect(),
            Op::EditCustomer => vec![
                of(json!({"customer": customer, "change": {"phone": "31999990000", "email": null}})),
                of(json!({"customer": customer, "change": {"phone": null, "email": "cliente@example.com"}})),
            ],
            list if list.is_list() => vec![of(json!({"cep": null})), of(json!({"cep": "36402157"}))],
            Op::Prospect | Op::Lead | Op::Order => vec![of(json!({"prospect": sample_prospect()}))],
            Op::OrderForCustomer => vec![of(json!({"customer": customer, "prospect": sample_prospect()}))],
            _ => vec![of(json!({"customer": customer}))],
        }
    }
}

fn sample_payments() -> Vec<Json> {
    let card = |method: &str| {
        json!({"method": method, "network": "STONE", "brand": "VISA", "nsu": "123456", "authorization": "654321",
            "end_to_end": null})
    };
    let pix = json!({"method": "pix", "network": null, "brand": null, "nsu": null, "authorization": null,
        "end_to_end": "E00000000202601311200abcdefghijk"});
    vec![card("debit"), card("credit"), card("voucher"), card("wallet"), pix]
}

fn sample_prospect() -> Json {
    json!({"name": "CLIENTE TESTE", "document": "52998224725", "birth": "1988-03-15", "phone": "31999990000",
        "email": "cliente@example.com", "cep": "36402157", "street": "RUA TESTE SEIS", "number": "102",
        "complement": "CASA A", "district": "NOVO HORIZONTE", "city": "CONSELHEIRO LAFAIETE", "state": "MG",
        "product": "1", "price": "99.90", "due_day": "1", "reseller": "1", "origin": "1", "note": "Observação"})
}
