//! The ERPs at whose counters the customers of the walks stand, each with its stand-in, and what it serves there.

use crate::trade::Trade;

pub struct House {
    pub name: &'static str,
    pub open: fn() -> Trade,
    /// What Maria, whose contract is suspended, finds on the menu.
    pub serves: &'static [&'static str],
    /// Tickets are opened here, not only listed.
    pub opens_tickets: bool,
    /// It knows no birthday, so the site asks for the phone.
    pub asks_phone: bool,
}

const EVERYTHING: &[&str] = &["receipts", "plans", "unlock", "tickets", "paid_bills"];

/// With what a site has to turn on.
const WEBSERVICE: &[&str] = &[
    "receipts",
    "plans",
    "unlock",
    "tickets",
    "paid_bills",
    "due_day",
    "visits",
    "contacts",
    "profile",
    "notifications",
    "digital_invoice",
    "pause",
    "app_password",
    "contract",
];

pub const HOUSES: [House; 11] = [
    House {
        name: "WebService Cliente",
        open: || {
            let mut trade = Trade::open();
            trade.configure("pix = true", "pix = true\ncustomer_password = true\nnotifications = \"idAtendimento\"");
            trade
        },
        serves: WEBSERVICE,
        opens_tickets: true,
        asks_phone: false,
    },
    House {
        name: "HubSoft",
        open: crate::negotiation::open,
        serves: &["receipts", "plans", "unlock", "tickets", "paid_bills", "fiscal_notes", "negotiation", "visits"],
        opens_tickets: true,
        asks_phone: false,
    },
    House {
        name: "HubSoft 2020",
        open: || hubsoft(&["--server", "2020"]),
        serves: &["receipts", "plans", "unlock", "tickets", "paid_bills", "visits"],
        opens_tickets: true,
        asks_phone: false,
    },
    House {
        name: "Datacake",
        open: || {
            let mut trade = Trade::open_with_datacake();
            trade.configure("path_baixa = \"/baixa\"", "path_baixa = \"/baixa\"\npath_editar_cliente = \"/editar\"");
            brings_codes(&mut trade);
            trade
        },
        serves: &["receipts", "plans", "paid_bills", "fiscal_notes", "annual_settlements", "contacts"],
        opens_tickets: false,
        asks_phone: false,
    },
    House {
        name: "IXC",
        open: || {
            Trade::open_with(
                "ixc",
                &[],
                "[erp.configured]\npreset = \"ixc\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\nusuario = \"totem\"\n\
                 token = { file = \"{dir}/password\" }\n\n[[erp.configured.write_off]]\nmethod = \"debit\"\n\
                 values = { conta = \"12\", planejamento = \"1\", recebimento = \"CD\" }\n\n[[erp.configured.write_off]]\nmethod = \"credit\"\n\
                 values = { conta = \"12\", planejamento = \"1\", recebimento = \"CD\" }\n\n",
            )
        },
        serves: EVERYTHING,
        opens_tickets: true,
        asks_phone: false,
    },
    House {
        name: "SGP",
        open: || {
            Trade::open_with(
                "sgp",
                &[],
                "[erp.configured]\npreset = \"sgp\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\napp = \"totem\"\n\
                 token = { file = \"{dir}/password\" }\n\n[[erp.configured.write_off]]\nmethod = \"debit\"\n\
                 values = { ponto_recebimento = \"1\" }\n\n[[erp.configured.write_off]]\nmethod = \"credit\"\n\
                 values = { ponto_recebimento = \"1\" }\n\n",
            )
        },
        serves: EVERYTHING,
        opens_tickets: true,
        asks_phone: true,
    },
    House {
        name: "RBX",
        open: || {
            Trade::open_with(
                "rbx",
                &[],
                "[erp.configured]\npreset = \"rbx\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n\
                 chave = { file = \"{dir}/password\" }\nhistorico_documento = \"65874\"\n\n\
                 [[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = { }\n\n[[erp.configured.write_off]]\nmethod = \"credit\"\nvalues = { }\n\n",
            )
        },
        serves: &["receipts", "plans", "unlock"],
        opens_tickets: false,
        asks_phone: false,
    },
    House {
        name: "Datacake 002",
        open: || told(Trade::open_with("automation", &[], AUTOMATION), "demonstracao"),
        serves: &["receipts", "plans", "unlock", "tickets", "fiscal_notes", "order"],
        opens_tickets: true,
        asks_phone: false,
    },
    House {
        name: "Smartbill",
        open: || {
            let mut trade = told(Trade::open_with("smartbill", &["--told", SMARTBILL_TOLD], SMARTBILL), "s3gredo");
            trade.configure("[journey]", "[journey]\nmethods = [\"pix\", \"boleto\"]");
            brings_codes(&mut trade);
            trade
        },
        serves: &["receipts", "plans", "unlock", "paid_bills", "order", "contacts"],
        opens_tickets: false,
        asks_phone: false,
    },
    House {
        name: "Voalle",
        open: || {
            let trade = told(Trade::open_with("voalle", &[], VOALLE), "demonstracao");
            secret(&trade, "syndata", "sindicato");
            trade
        },
        serves: &["receipts", "plans", "unlock"],
        opens_tickets: false,
        asks_phone: false,
    },
    House {
        name: "MK-Auth",
        open: || {
            Trade::open_with(
                "mk-auth",
                &[],
                "[erp.configured]\npreset = \"mk_auth\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n\
                 client_id = \"totem\"\nclient_secret = { file = \"{dir}/password\" }\n\n\
                 [[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = { }\n\n[[erp.configured.write_off]]\nmethod = \"credit\"\nvalues = { }\n\n",
            )
        },
        serves: &["receipts", "plans", "unlock"],
        opens_tickets: false,
        asks_phone: false,
    },
];

/// Each of the told ERPs' own words are those of the stories that every driver goes through.
const AUTOMATION: &str = concat!(
    "[erp.configured]\npreset = \"datacake_automacao\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n",
    include_str!("../fixtures/datacake_automacao/values.toml"),
    "\n[[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = { }\n\n\
     [[erp.configured.write_off]]\nmethod = \"credit\"\nvalues = { }\n\n"
);
const SMARTBILL: &str = concat!(
    "[erp.configured]\npreset = \"smartbill\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n",
    include_str!("../fixtures/smartbill/values.toml"),
    "\n"
);
const SMARTBILL_TOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/smartbill/told.json");

const VOALLE: &str = "[erp.configured]\npreset = \"voalle\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n\
     auth_url = \"{url}\"\nclient_id = \"totem\"\nclient_secret = SECRET\nsyndata = { file = \"{dir}/syndata\" }\n\n\
     [[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = { conta = \"TOTEM\", forma = \"CD\" }\n\n\
     [[erp.configured.write_off]]\nmethod = \"credit\"\nvalues = { conta = \"TOTEM\", forma = \"CD\" }\n\n";

fn secret(trade: &Trade, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(trade.path(name), text).unwrap();
    std::fs::set_permissions(trade.path(name), std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// The trade of a told ERP, whose table says `SECRET` where its password belongs.
fn told(mut trade: Trade, password: &str) -> Trade {
    secret(&trade, "password", password);
    let file = format!("{{ file = \"{}\" }}", trade.path("password").display());
    trade.configure("SECRET", &file);
    trade
}

/// Somebody who brings codes, where a contact is changed at once: none is asked for here.
fn brings_codes(trade: &mut Trade) {
    let gateway = "[courier.sms]\nurl = \"http://127.0.0.1:9/\"\nbody = '{\"to\": \"{phone}\", \"text\": \"{text}\"}'\n\
                   success = { path = \"status\", is = [\"queued\"] }\n\n[journey]";
    trade.configure("[journey]", gateway);
}

fn hubsoft(options: &[&str]) -> Trade {
    crate::hubsoft::open(options)
}
