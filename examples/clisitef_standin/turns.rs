//! What the library plays where nothing else is ordered.

use serde_json::{Value, json};

use super::book::{transactions, with_book};
use super::dialogue::Sale;

/// What waits for an end, as function 130 tells it; as 131, of one document.
pub fn pending(sale: &Sale) -> Vec<Value> {
    let open: Vec<Value> = with_book(|book| {
        let wanted = |one: &&Value| {
            one["state"] == "open" && (sale.function == 130 || one["document"] == sale.document.as_str())
        };
        transactions(book).iter().filter(wanted).cloned().collect()
    });
    let field = |field: u32, text: String| json!({"c": 0, "f": field, "text": text});
    let mut turns = vec![json!({"c": 3, "text": "CONSULTANDO"}), field(210, open.len().to_string())];
    for (index, one) in open.iter().enumerate() {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        let cents = one["amount_cents"].as_u64().unwrap();
        turns.extend([
            field(160, text("document")),
            field(161, index.to_string()),
            field(163, text("date")),
            field(164, text("time")),
            field(211, one["function"].to_string()),
            field(1319, format!("{},{:02}", cents / 100, cents % 100)),
        ]);
    }
    turns
}

fn approval() -> Vec<Value> {
    let field = |field: u32, text: &str| json!({"c": 0, "f": field, "text": text});
    vec![
        json!({"c": 3, "text": "PROCESSANDO", "approve": true}),
        field(105, "{date}101533"),
        field(133, "123456"),
        field(134, "000{document}"),
        field(135, "A1B2C3"),
        field(156, "REDE DEMO"),
        json!({"c": 0, "f": 121, "text": "REDE DEMO - VIA CLIENTE\nDOC {document}\nVALOR R$ {value}\n", "place": "copy"}),
        field(122, "REDE DEMO - VIA LOJA\nVALOR R$ {value}\n"),
        json!({"c": 13}),
        field(5005, ""),
    ]
}

/// A card that is put in, a PIN that is typed, an approval.
pub fn card() -> Vec<Value> {
    let field = |field: u32, text: &str| json!({"c": 0, "f": field, "text": text});
    let mut turns = vec![
        field(5000, ""),
        json!({"c": 3, "text": "APROXIME, INSIRA OU@PASSE O CARTÃO"}),
        json!({"c": 23, "times": 3, "place": "card"}),
        field(5019, ""),
        json!({"c": 3, "text": "DIGITE A SENHA"}),
        field(5018, ""),
        json!({"c": 23, "times": 3}),
        field(5008, ""),
        field(132, "00001"),
        field(1190, "1234"),
    ];
    turns.extend(approval());
    turns
}

/// A code that a phone reads.
pub fn wallet() -> Vec<Value> {
    let field = |field: u32, text: &str| json!({"c": 0, "f": field, "text": text});
    let mut turns = vec![
        json!({"c": 3, "text": "AGUARDE"}),
        field(584, "00020126330014br.gov.bcb.pix0111totem-{document}5204000053039865802BR6304ABCD"),
        json!({"c": 50}),
        json!({"c": 52, "text": "LEIA O CODIGO"}),
        json!({"c": 23, "times": 5}),
        json!({"c": 51}),
        field(107, "Pix"),
    ];
    turns.extend(approval());
    turns
}

/// Asked for everything that names the sale, and for the supervisor whom no customer is.
pub fn giving_back() -> Vec<Value> {
    let asked = |command: u32, field: u32, text: &str, length: u32| json!({"c": command, "f": field, "text": text, "min": 1, "max": length});
    let mut turns = vec![
        json!({"c": 3, "text": "CANCELAMENTO"}),
        asked(30, 515, "DATA DA TRANSACAO (DDMMAAAA)", 8),
        asked(30, 516, "NUMERO DO DOCUMENTO", 20),
        asked(34, 146, "VALOR", 12),
        json!({"c": 41, "f": 500, "text": "CODIGO DO SUPERVISOR", "min": 4, "max": 8}),
        json!({"c": 3, "text": "INSIRA O CARTAO"}),
        json!({"c": 23, "times": 3, "place": "card"}),
        json!({"c": 20, "f": -1, "text": "CONFIRMA O CANCELAMENTO?"}),
    ];
    turns.extend(approval());
    for turn in &mut turns {
        if turn["f"] == 121 || turn["f"] == 122 {
            turn["text"] = json!(format!("CANCELAMENTO\n{}", turn["text"].as_str().unwrap()));
        }
    }
    turns
}

/// The only thing on this menu.
pub fn reprint() -> Vec<Value> {
    vec![
        json!({"c": 4, "text": "FUNCOES GERENCIAIS"}),
        json!({"c": 21, "f": -1, "text": "1:Reimpressao;2:Teste de comunicacao;", "min": 1, "max": 2}),
        json!({"c": 0, "f": 121, "text": "REIMPRESSAO\nREDE DEMO - VIA CLIENTE\n"}),
    ]
}
