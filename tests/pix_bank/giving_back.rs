//! `totem pix refund`: a person's decision stands in the journal before the bank is asked, and its answer after.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use totem::domain::Money;
use totem::journal::Journal;
use totem::payment::{Fact, Outcome, Payment, SettledHow};

use crate::E2E;
use crate::journal_support::{Place, code_over, entry, id};
use crate::server::{Reply, Server, says};

/// A stopped totem whose only payment was paid by PIX, and its bank.
struct Site {
    place: Place,
    bank: Server,
    config: PathBuf,
}

fn told(status: &str) -> String {
    format!(r#"{{"id":"x","rtrId":"D12345678202611221600abcdefghijk","valor":"122.78","status":"{status}"}}"#)
}

impl Site {
    fn new() -> Site {
        let (place, bank) = (Place::new(), Server::start());
        let mut journal = place.open_alone();
        let mut entries = code_over(&place.key, 1);
        let at = "2026-11-22T13:30:00Z".parse().unwrap();
        let amount = Money::from_cents(12_278);
        let facts = [
            Fact::PixPaid { amount, end_to_end: Some(E2E.to_owned()), at },
            Fact::BillFoundOpen { invoice: "90".into() },
            Fact::WriteOffSent { invoice: "90".into() },
            Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::Applied },
            Fact::PixForgotten,
            Fact::Closed,
        ];
        entries.extend(facts.map(|fact| entry(1, fact)));
        journal.append(&entries).unwrap();
        let secret = place.dir.path().join("secret");
        std::fs::write(&secret, "s3gr3d0").unwrap();
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
        let config = place.dir.path().join("totem.toml");
        let (state, base) = (place.dir.path().display(), &bank.base);
        let text = format!(
            r#"[totem]
name = "LOJA-01"
state = "{state}"
[beneficiary]
name = "Provedor Exemplo"
tax_id = "11.222.333/0001-81"
address = "Rua das Flores, 100"
help_phone = "0800 000 0000"
[journey]
methods = ["boleto"]
[erp.webservice_cliente]
url = "http://127.0.0.1:9"
user = "totem"
password = {{ file = "{state}/secret" }}
[[pix.bank]]
id = "banco"
client_id = "totem-1"
client_secret = {{ file = "{state}/secret" }}
key = "totem@provedor.example"
name = "PROVEDOR"
city = "BELEM"
base_url = "{base}/pix/v2"
token_url = "{base}/oauth/token"
auth = "basic_form"
"#
        );
        std::fs::write(&config, text).unwrap();
        Site { place, bank, config }
    }

    fn refund(&self, amount: &str, more: &[&str]) -> Output {
        let config = self.config.to_str().unwrap();
        let usual =
            ["pix", "--config", config, "refund", E2E, "--amount", amount, "--by", "Ana", "--reason", "em dobro"];
        Command::new(env!("CARGO_BIN_EXE_totem")).args(usual).args(more).output().unwrap()
    }

    /// The id is made of the Pix and the amount.
    fn route(&self, method: &str, id: &str) -> String {
        format!("{method} /pix/v2/pix/{E2E}/devolucao/{id}")
    }

    fn journal(&self) -> Journal {
        self.place.open_alone()
    }

    fn last(&self, count: usize) -> Vec<&'static str> {
        let entries = self.journal().payment(id(1)).unwrap();
        entries[entries.len() - count..].iter().map(|entry| entry.fact.name()).collect()
    }

    fn payment(&self) -> Payment {
        Payment::from_entries(&self.journal().payment(id(1)).unwrap()).unwrap()
    }
}

fn text(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

#[test]
fn a_refund_stands_in_the_journal_with_who_why_and_the_banks_answer() {
    let site = Site::new();
    site.bank.on(&site.route("PUT", "r1"), [says(201, told("EM_PROCESSAMENTO"))]);
    site.bank.on(&site.route("GET", "r1"), [says(200, told("DEVOLVIDO"))]);
    let asked = site.refund("122.78", &["--id", "r1"]);
    assert!(asked.status.success() && text(&asked).contains("EM_PROCESSAMENTO"), "{}", text(&asked));
    assert_eq!(site.last(2), ["refund_started", "refund_answered"]);
    // the same command again asks what became of it
    let again = site.refund("122.78", &["--id", "r1"]);
    assert!(again.status.success() && text(&again).contains("DEVOLVIDO"), "{}", text(&again));
    assert_eq!(site.bank.times(&site.route("PUT", "r1")), 1, "nothing goes back twice");
    let payment = site.payment();
    assert_eq!(payment.refunds.len(), 1);
    assert_eq!(payment.refunds[0].status.as_deref(), Some("DEVOLVIDO"));
    let entries = site.journal().payment(id(1)).unwrap();
    let said = entries.iter().any(
        |entry| matches!(&entry.fact, Fact::RefundStarted { by, reason, .. } if by == "Ana" && reason == "em dobro"),
    );
    assert!(said, "{entries:?}");
    let more = site.refund("0.01", &["--id", "r2"]);
    assert!(!more.status.success() && text(&more).contains("já foram devolvidos"), "{}", text(&more));
    assert_eq!(site.bank.times(&site.route("PUT", "r2")), 0);
}

#[test]
fn a_refund_without_an_answer_is_on_the_list_until_the_same_command_finds_it() {
    let site = Site::new();
    site.bank.on(&site.route("PUT", "r1"), [Reply::HangsUp]).on(&site.route("GET", "r1"), [Reply::HangsUp]);
    let lost = site.refund("122.78", &["--id", "r1"]);
    assert!(!lost.status.success() && text(&lost).contains("Repita o mesmo comando"), "{}", text(&lost));
    assert_eq!(site.last(2), ["refund_started", "refund_unknown"]);
    assert!(matches!(site.payment().outcome(), Outcome::Person(_)));
    site.bank.on(&site.route("GET", "r1"), [says(200, told("DEVOLVIDO"))]);
    let puts = site.bank.times(&site.route("PUT", "r1"));
    assert!(site.refund("122.78", &["--id", "r1"]).status.success());
    assert_eq!(site.bank.times(&site.route("PUT", "r1")), puts, "it is looked up, not asked for again");
    assert_eq!(site.payment().outcome(), Outcome::Settled);
}

#[test]
fn a_refund_that_the_bank_refuses_is_said_to_be_none() {
    let site = Site::new();
    site.bank.on(&site.route("PUT", "r1"), [says(400, "{}")]).on(&site.route("GET", "r1"), [says(404, "{}")]);
    let refused = site.refund("100.00", &["--id", "r1"]);
    assert!(!refused.status.success() && text(&refused).contains("o banco não devolveu"), "{}", text(&refused));
    assert_eq!(site.last(2), ["refund_started", "refund_answered"]);
    assert_eq!(site.payment().given_back(E2E, "r2"), Money::ZERO);
}

#[test]
fn a_refund_that_failed_at_the_bank_is_no_success_and_another_id_asks_again() {
    let site = Site::new();
    site.bank.on(&site.route("PUT", "r1"), [says(201, told("EM_PROCESSAMENTO"))]);
    site.bank.on(&site.route("GET", "r1"), [says(200, told("NAO_REALIZADO"))]);
    assert!(site.refund("122.78", &["--id", "r1"]).status.success());
    for _ in 0..2 {
        let failed = site.refund("122.78", &["--id", "r1"]);
        assert!(!failed.status.success() && text(&failed).contains("com outro --id"), "{}", text(&failed));
    }
    assert_eq!(site.payment().given_back(E2E, "r2"), Money::ZERO);
    site.bank.on(&site.route("PUT", "r2"), [says(201, told("DEVOLVIDO"))]);
    assert!(site.refund("122.78", &["--id", "r2"]).status.success());
    assert_eq!(site.payment().given_back(E2E, "r3"), Money::from_cents(12_278));
}

#[test]
fn an_id_that_was_used_is_taken_for_no_other_amount() {
    let site = Site::new();
    site.bank.on(&site.route("PUT", "r1"), [says(201, told("DEVOLVIDO"))]);
    site.bank.on(&site.route("GET", "r1"), [says(200, told("DEVOLVIDO"))]);
    assert!(site.refund("122.78", &["--id", "r1"]).status.success());
    let other = site.refund("1.00", &["--id", "r1"]);
    assert!(!other.status.success() && text(&other).contains("com outro valor"), "{}", text(&other));
    assert_eq!(site.payment().given_back(E2E, "r2"), Money::from_cents(12_278), "what went back is not forgotten");
}

#[test]
fn nothing_is_given_back_for_a_pix_of_nobody_nor_while_the_totem_runs() {
    let site = Site::new();
    let other = "E12345678202611221530zzzzzzzzzzz";
    let config = site.config.to_str().unwrap();
    let args = ["pix", "--config", config, "refund", other, "--amount", "1.00", "--by", "Ana", "--reason", "engano"];
    let run = |more: &[&str]| Command::new(env!("CARGO_BIN_EXE_totem")).args(args).args(more).output().unwrap();
    let unknown = run(&[]);
    assert!(!unknown.status.success() && text(&unknown).contains("não é de nenhum pagamento"), "{}", text(&unknown));
    site.bank.on(&format!("PUT /pix/v2/pix/{other}/devolucao/t1"), [says(201, told("DEVOLVIDO"))]);
    let test_charge = run(&["--outside", "--id", "t1"]);
    assert!(test_charge.status.success(), "{}", text(&test_charge));
    let running = site.journal();
    let held = site.refund("1.00", &[]);
    assert!(!held.status.success() && text(&held).contains("é preciso parar o totem"), "{}", text(&held));
    assert_eq!(running.payment(id(1)).unwrap().last().unwrap().fact, Fact::Closed);
}
