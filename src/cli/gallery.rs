//! `totem papers`: every paper that a totem prints, with invented data, as pictures and as PDF files to be looked at.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::TypedValueParser as _;
use jiff::civil::{date, datetime};
use totem::domain::receipt::{Beneficiary, Means, ReceiptItem, WriteOffState};
use totem::domain::service::PaidBill;
use totem::domain::{Boleto, CardKind, CardSale, Charge, ConfirmedBy, Money, Receipt};
use totem::paper::{self, BoletoCopy, Document, PixSlip, ProtocolSlip, Statement, UndoneNotice, Width, YearSettled};

#[derive(Args)]
pub struct GalleryArgs {
    /// Where the pictures and files go; it is made where it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Columns of the paper
    #[arg(long, default_value_t = 48, value_parser = clap::builder::PossibleValuesParser::new(["48", "42", "40", "32"])
        .map(|columns| columns.parse::<usize>().unwrap_or(48)))]
    columns: usize,
    /// Letters twice as large, as in the accessible mode
    #[arg(long)]
    large: bool,
}

/// The letters of the narrower font.
const FONT_B_DOTS: usize = 9;

pub fn gallery(args: &GalleryArgs) -> Result<(), String> {
    let failed = |what: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", what.display());
    std::fs::create_dir_all(&args.folder).map_err(|error| failed(&args.folder, &error))?;
    let dots = if args.columns == 42 { 512 } else { args.columns * 12 };
    let width = Width { columns: args.columns, dots, narrow: dots / FONT_B_DOTS };
    for document in documents() {
        let document = if args.large { document.enlarged() } else { document };
        let sheet = paper::layout(&document, &width).map_err(|error| format!("{}: {error}", document.name))?;
        let picture = paper::render(&sheet).framed(24, 24).to_png();
        let file = paper::pdf(&document, &width, NOW).map_err(|error| format!("{}: {error}", document.name))?;
        for (ending, bytes) in [("png", picture), ("pdf", file)] {
            let path = args.folder.join(format!("{}.{ending}", document.name));
            std::fs::write(&path, bytes).map_err(|error| failed(&path, &error))?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

const NOW: jiff::civil::DateTime = datetime(2026, 11, 22, 14, 3, 9, 0);
/// The dynamic example of the Banco Central's manual (Manual de Padrões para Iniciação do Pix, 2.7).
const PIX: &str = "00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd441\
5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***630464E4";
const LINE: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";

fn documents() -> Vec<Document> {
    let of = beneficiary();
    let receipt = paper::payment_receipt(&receipt(Means::Card(sale())));
    let card = paper::with_tef_copy(receipt, &tef_lines());
    let pix = Means::Pix {
        end_to_end: Some("E12345678202611221703abcdef12345".into()),
        txid: Some("7978c0c97ea847e78e8849634473c1f1".into()),
    };
    let again = Receipt { copy: Some(NOW), write_off: WriteOffState::ByErp, ..self::receipt(pix) };
    let mut documents = vec![
        card,
        Document { name: "receipt_copy", ..paper::payment_receipt(&again) },
        paper::pix_code(&pix_slip()),
        paper::undone_notice(&undone()),
        paper::protocol_slip(&protocol()),
        paper::statement(&statement()),
        paper::year_settled(&year()),
        paper::test_page(&of, "LOJA-CENTRO-01", NOW),
        paper::report(&of, "LOJA-CENTRO-01", NOW, &sections()),
    ];
    documents.extend(Boleto::parse(LINE).ok().map(|boleto| paper::boleto_copy(&boleto_copy(&boleto))));
    documents.push(paper::tef_copy(&tef_lines()));
    documents
}

fn beneficiary() -> Beneficiary {
    Beneficiary {
        brand: String::new(),
        name: "Provedor Horizonte Telecomunicações Ltda".into(),
        tax_id: "12.345.678/0001-95".into(),
        address: "Rua das Palmeiras, 120 - Centro - São José do Vale/MG".into(),
        help_phone: "0800 000 0000".into(),
    }
}

fn cents(cents: u64) -> Money {
    Money::from_cents(cents)
}

fn receipt(means: Means) -> Receipt {
    let charge = Charge { principal: cents(11_990), fine: cents(240), interest: cents(48), discount: Money::ZERO };
    let item = ReceiptItem {
        number: "2026110090".into(),
        description: "Internet fibra 500 Mega, novembro de 2026".into(),
        due: date(2026, 11, 10),
        charge,
    };
    Receipt {
        heads: Vec::new(),
        beneficiary: beneficiary(),
        totem: "LOJA-CENTRO-01".into(),
        protocol: "261122-0001".into(),
        at: NOW,
        payer: "Maria S.".into(),
        payer_tax_id: "***.***.*47-25".into(),
        total: item.charge.total(),
        items: vec![item],
        means,
        write_off: WriteOffState::Settled,
        received: None,
        given_back: None,
        copy: None,
    }
}

fn sale() -> CardSale {
    CardSale {
        coupon: 1042,
        amount: cents(12_278),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDECARD".into(),
        brand: "MASTERCARD".into(),
        nsu: "000123456".into(),
        authorization: "A1B2C3".into(),
        finalization: "987654321".into(),
        last4: "4242".into(),
        at: Some(NOW),
        must_be_finalized: true,
        customer_copy: tef_lines(),
        merchant_copy: Vec::new(),
    }
}

fn tef_lines() -> Vec<String> {
    [
        "           REDE - MASTERCARD",
        "             VIA CLIENTE",
        "",
        "PROVEDOR HORIZONTE    SAO JOSE DO VALE",
        "22/11/26 14:03:07          TERM:PV123456",
        "DOC:123456               AUT:A1B2C3",
        "************4242",
        "DEBITO A VISTA",
        "VALOR:                         R$ 122,78",
        "   TRANSACAO AUTORIZADA COM SENHA",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn boleto_copy(boleto: &Boleto) -> BoletoCopy {
    BoletoCopy {
        beneficiary: beneficiary(),
        payer: "Maria S.".into(),
        number: "2026110090".into(),
        due: date(2026, 11, 10),
        amount: cents(1_000),
        line_groups: boleto.groups(),
        barcode: boleto.barcode().to_owned(),
        pix_payload: Some(PIX.into()),
    }
}

fn pix_slip() -> PixSlip {
    PixSlip {
        beneficiary: beneficiary(),
        protocol: "261122-0001".into(),
        amount: cents(11_990),
        payload: PIX.into(),
        confirmed_by: ConfirmedBy::Bank,
        until: Some(NOW),
    }
}

fn undone() -> UndoneNotice {
    UndoneNotice {
        beneficiary: beneficiary(),
        protocol: "261122-0001".into(),
        at: NOW,
        network: "REDECARD".into(),
        nsu: "000123456".into(),
        amount: cents(12_278),
        acknowledged: true,
    }
}

fn protocol() -> ProtocolSlip {
    ProtocolSlip {
        beneficiary: beneficiary(),
        title: "Abertura de chamado".into(),
        customer: "Maria S.".into(),
        protocol: Some("2026112200417".into()),
        at: NOW,
        details: vec![("Tipo".into(), "Lentidão".into()), ("Contrato".into(), "Fibra 500 Mega".into())],
        says: "A equipe técnica entra em contato em até 24 horas úteis.".into(),
        is_unknown: false,
    }
}

fn statement() -> Statement {
    let paid = |month: i8| PaidBill {
        id: "1".into(),
        description: format!("Internet fibra 500 Mega, {month:02}/2026"),
        due: Some(date(2026, month, 10)),
        paid_on: Some(date(2026, month, 9)),
        amount: cents(11_990),
    };
    Statement {
        beneficiary: beneficiary(),
        customer: "Maria S.".into(),
        at: NOW,
        paid: [10, 9, 8].map(paid).to_vec(),
        open: vec![("Internet fibra 500 Mega, 11/2026".into(), date(2026, 11, 10), Some(cents(12_278)))],
    }
}

fn year() -> YearSettled {
    YearSettled {
        beneficiary: beneficiary(),
        customer: "Maria S.".into(),
        tax_id: "***.***.*47-25".into(),
        year: 2025,
        at: NOW,
    }
}

fn sections() -> Vec<(String, Vec<(String, String)>)> {
    let line = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    vec![
        ("Estado".into(), vec![line("Diário", "íntegro"), line("ERP", "funciona"), line("Impressora", "pronta")]),
        ("Pagamentos".into(), vec![line("Em aberto", "0"), line("Com uma pessoa", "1")]),
    ]
}
