//! Papers with the data of the field at its worst and at its most ordinary. Nobody here is real.

#![allow(dead_code, reason = "each test file uses a part")]

use jiff::civil::{date, datetime};
use totem::domain::receipt::{Beneficiary, Means, ReceiptItem, WriteOffState};
use totem::domain::service::PaidBill;
use totem::domain::{CardKind, CardSale, Charge, ConfirmedBy, Money, Receipt};
use totem::paper::{
    BoletoCopy, Document, PixSlip, ProtocolSlip, Statement, UndoneNotice, Width, YearSettled, boleto_copy,
    payment_receipt, pix_code, protocol_slip, report, statement, tef_copy, test_page, undone_notice, with_tef_copy,
    year_settled,
};

pub const WIDTHS: [Width; 4] = [
    Width { columns: 48, dots: 576, narrow: 64 },
    Width { columns: 42, dots: 512, narrow: 56 },
    Width { columns: 40, dots: 480, narrow: 53 },
    Width { columns: 32, dots: 384, narrow: 42 },
];

pub const BARCODE: &str = "75697733800000010001316601006726102721000001";

/// The dynamic example of the Banco Central's manual (Manual de Padrões para Iniciação do Pix, 2.7).
pub const PIX: &str = "00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd441\
5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***630464E4";

pub fn beneficiary() -> Beneficiary {
    Beneficiary {
        brand: String::new(),
        name: "Provedor Horizonte Telecomunicações Ltda".to_owned(),
        tax_id: "12.345.678/0001-95".to_owned(),
        address: "Rua das Palmeiras, 120 - Centro - São José do Vale/MG".to_owned(),
        help_phone: "0800 000 0000".to_owned(),
    }
}

pub fn cents(cents: u64) -> Money {
    Money::from_cents(cents)
}

pub fn overdue_bill() -> ReceiptItem {
    ReceiptItem {
        number: "2026110090".to_owned(),
        description: "Internet fibra 500 Mega, novembro de 2026".to_owned(),
        due: date(2026, 11, 10),
        charge: Charge { principal: cents(11_990), fine: cents(240), interest: cents(48), discount: Money::ZERO },
    }
}

pub fn sale() -> CardSale {
    CardSale {
        coupon: 1042,
        amount: cents(12_278),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDECARD".to_owned(),
        brand: "MASTERCARD".to_owned(),
        nsu: "000123456".to_owned(),
        authorization: "A1B2C3".to_owned(),
        finalization: "987654321".to_owned(),
        last4: "4242".to_owned(),
        at: Some(datetime(2026, 11, 22, 14, 3, 9, 0)),
        must_be_finalized: true,
        customer_copy: tef_lines(),
        merchant_copy: Vec::new(),
    }
}

pub fn tef_lines() -> Vec<String> {
    [
        "           REDE - MASTERCARD",
        "             VIA CLIENTE",
        "",
        "PROVEDOR HORIZONTE    SAO JOSE DO VALE",
        "CNPJ: 12.345.678/0001-95",
        "22/11/26 14:03:07          TERM:PV123456",
        "DOC:123456               AUT:A1B2C3",
        "************4242",
        "",
        "DEBITO A VISTA",
        "VALOR:                         R$ 122,78",
        "",
        "   TRANSACAO AUTORIZADA COM SENHA",
    ]
    .map(str::to_owned)
    .to_vec()
}

pub fn card_receipt() -> Receipt {
    Receipt {
        heads: Vec::new(),
        beneficiary: beneficiary(),
        totem: "LOJA-CENTRO-01".to_owned(),
        protocol: "7F3K-22QX".to_owned(),
        at: datetime(2026, 11, 22, 14, 3, 9, 0),
        payer: "Maria S.".to_owned(),
        payer_tax_id: "***.***.*89-01".to_owned(),
        items: vec![overdue_bill()],
        total: overdue_bill().charge.total(),
        means: Means::Card(sale()),
        write_off: WriteOffState::Settled,
        received: None,
        given_back: None,
        copy: None,
    }
}

pub fn pix_receipt() -> Receipt {
    Receipt {
        means: Means::Pix {
            end_to_end: Some("E12345678202611221703abcdef12345".to_owned()),
            txid: Some("7978c0c97ea847e78e8849634473c1f17a9".to_owned()),
        },
        write_off: WriteOffState::ByErp,
        ..card_receipt()
    }
}

/// Everything as long as an ERP lets it be, and the amount that a boleto's field can hold at most.
pub fn longest_receipt(bills: usize) -> Receipt {
    let item = ReceiptItem {
        number: "FAT-2026-11-00000000000000000000000000000000000000000000000001".to_owned(),
        description: "Plano Ultra Fibra Gamer 1 Giga com telefonia fixa ilimitada, TV, ponto adicional e \
            instalacaoemduasresidenciasdomesmoproprietariosemfidelidade"
            .to_owned(),
        due: date(2026, 2, 28),
        charge: Charge {
            principal: cents(999_999_999),
            fine: cents(19_999_999),
            interest: cents(999_999),
            discount: cents(20_999_998),
        },
    };
    Receipt {
        beneficiary: Beneficiary {
            name: "Companhia Interestadual de Telecomunicações, Conectividade e Serviços Multimídia do Vale do \
                Jequitinhonha e Mucuri Sociedade Anônima"
                .to_owned(),
            address: "Avenida Desembargador Pedro Alcântara Wenceslau Guimarães Rosa, 12345, bloco B, 3º andar, sala \
                301 - Distrito Industrial Governador Israel Pinheiro - Santa Rita de Jacutinga do Oeste/MG"
                .to_owned(),
            ..beneficiary()
        },
        payer: "Maximilianoapolinariodasilvasantosdeoliveiraalbuquerque S.".to_owned(),
        totem: "QUIOSQUE-SHOPPING-NORTE-PISO-2-CORREDOR-CENTRAL-EM-FRENTE-A-LOJA-17".to_owned(),
        items: vec![item; bills],
        total: cents(999_999_999),
        means: Means::Card(CardSale {
            kind: CardKind::Credit,
            instalments: 12,
            network: "REDE DE ADQUIRENCIA COM UM NOME BASTANTE LONGO".to_owned(),
            nsu: "00000000000000000000000000000000000123456789".to_owned(),
            ..sale()
        }),
        write_off: WriteOffState::Owed,
        copy: Some(datetime(2026, 11, 23, 9, 5, 0, 0)),
        ..card_receipt()
    }
}

pub fn slip() -> BoletoCopy {
    BoletoCopy {
        beneficiary: beneficiary(),
        payer: "Maria S.".to_owned(),
        number: "2026110090".to_owned(),
        due: date(2026, 11, 10),
        amount: cents(11_990),
        line_groups: ["75691.31662", "01006.726101", "27210.000017", "7", "73380000001000"].map(str::to_owned).to_vec(),
        barcode: BARCODE.to_owned(),
        pix_payload: Some(PIX.to_owned()),
    }
}

pub fn pix_slip() -> PixSlip {
    PixSlip {
        beneficiary: beneficiary(),
        protocol: "261122-0001".to_owned(),
        amount: cents(11_990),
        payload: PIX.to_owned(),
        confirmed_by: ConfirmedBy::Bank,
        until: Some(datetime(2026, 11, 22, 14, 8, 9, 0)),
    }
}

pub fn notice() -> UndoneNotice {
    UndoneNotice {
        beneficiary: beneficiary(),
        protocol: "7F3K-22QX".to_owned(),
        at: datetime(2026, 11, 22, 14, 4, 40, 0),
        network: "REDECARD".to_owned(),
        nsu: "000123456".to_owned(),
        amount: cents(12_278),
        acknowledged: true,
    }
}

/// A payload of the greatest length that a BR Code may have.
pub fn longest_payload() -> String {
    let mut payload = PIX.to_owned();
    payload.extend(std::iter::repeat_n('x', 512 - PIX.len()));
    payload
}

pub fn protocol() -> ProtocolSlip {
    ProtocolSlip {
        beneficiary: beneficiary(),
        title: "Abertura de chamado".to_owned(),
        customer: "Maria S.".to_owned(),
        protocol: Some("2026112200417".to_owned()),
        at: datetime(2026, 11, 22, 14, 4, 40, 0),
        details: vec![("Tipo".to_owned(), "Lentidão na conexão à noite".to_owned())],
        says: "A equipe técnica entra em contato em até 24 horas úteis.".to_owned(),
        is_unknown: false,
    }
}

pub fn account() -> Statement {
    let paid = |month: i8| PaidBill {
        id: "1".into(),
        description: format!("Internet fibra 500 Mega, {month:02}/2026"),
        due: Some(date(2026, month, 10)),
        paid_on: Some(date(2026, month, 9)),
        amount: cents(11_990),
    };
    Statement {
        beneficiary: beneficiary(),
        customer: "Maria S.".to_owned(),
        at: datetime(2026, 11, 22, 14, 4, 40, 0),
        paid: [10, 9, 8].map(paid).to_vec(),
        open: vec![("Internet fibra 500 Mega, 11/2026".to_owned(), date(2026, 11, 10), Some(cents(12_278)))],
    }
}

/// Two hundred paid bills, each with as much to say as an ERP may.
pub fn longest_account() -> Statement {
    let paid = PaidBill {
        id: "1".into(),
        description: "Planoultrafibragamerumgigacomtelefoniafixailimitadatvpontoadicional ".repeat(4),
        due: Some(date(2026, 2, 28)),
        paid_on: None,
        amount: cents(999_999_999),
    };
    let open = (longest_receipt(1).items.remove(0).description, date(2026, 2, 28), None);
    Statement { paid: vec![paid; 200], open: vec![open; 200], ..account() }
}

pub fn year() -> YearSettled {
    YearSettled {
        beneficiary: longest_receipt(1).beneficiary,
        customer: longest_receipt(1).payer,
        tax_id: "***.***.*89-01".to_owned(),
        year: 2025,
        at: datetime(2026, 11, 22, 14, 4, 40, 0),
    }
}

/// One of every paper there is.
pub fn every(with_tef: bool) -> Vec<Document> {
    let at = datetime(2026, 11, 22, 14, 4, 40, 0);
    let sections = [("Estado".to_owned(), vec![("Diário".to_owned(), "íntegro".to_owned())])];
    let mut documents = vec![
        payment_receipt(&card_receipt()),
        payment_receipt(&longest_receipt(2)),
        payment_receipt(&pix_receipt()),
        boleto_copy(&slip()),
        undone_notice(&notice()),
        undone_notice(&UndoneNotice { acknowledged: false, ..notice() }),
        pix_code(&pix_slip()),
        protocol_slip(&protocol()),
        protocol_slip(&ProtocolSlip { is_unknown: true, says: "palavra ".repeat(200), ..protocol() }),
        statement(&account()),
        year_settled(&year()),
        test_page(&beneficiary(), "LOJA-CENTRO-01", at),
        report(&beneficiary(), "LOJA-CENTRO-01", at, &sections),
    ];
    if with_tef {
        documents.push(tef_copy(&tef_lines()));
        documents.push(with_tef_copy(payment_receipt(&card_receipt()), &tef_lines()));
    }
    documents
}
