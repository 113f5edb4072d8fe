//! The operations of the API Pix that this bank answers, told apart by method and path.

use super::book::Kind;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    Token,
    Create(Kind, String),
    /// Creation with a txid of the bank's choice.
    CreateUnnamed,
    Read(Kind, String),
    Change(Kind, String),
    ReadPix(String),
    ListPix,
    Refund {
        end_to_end_id: String,
        id: String,
    },
    ReadRefund {
        end_to_end_id: String,
        id: String,
    },
}

pub enum Route {
    To(Operation),
    /// The path exists for these methods only.
    Only(&'static str),
    Nowhere,
}

pub const TOKEN: &str = "/oauth/token";
/// What every path of the API begins with.
pub const API: &str = "/v2";

impl Operation {
    /// The names by which the book counts calls and the control file means them.
    pub const NAMES: [&'static str; 12] = [
        "token",
        "put_cob",
        "post_cob",
        "get_cob",
        "patch_cob",
        "put_cobv",
        "get_cobv",
        "patch_cobv",
        "get_pix",
        "list_pix",
        "put_refund",
        "get_refund",
    ];

    pub fn name(&self) -> &'static str {
        match self {
            Operation::Token => "token",
            Operation::Create(Kind::Cob, _) => "put_cob",
            Operation::CreateUnnamed => "post_cob",
            Operation::Read(Kind::Cob, _) => "get_cob",
            Operation::Change(Kind::Cob, _) => "patch_cob",
            Operation::Create(Kind::Cobv, _) => "put_cobv",
            Operation::Read(Kind::Cobv, _) => "get_cobv",
            Operation::Change(Kind::Cobv, _) => "patch_cobv",
            Operation::ReadPix(_) => "get_pix",
            Operation::ListPix => "list_pix",
            Operation::Refund { .. } => "put_refund",
            Operation::ReadRefund { .. } => "get_refund",
        }
    }

    /// What a token must be good for; nothing for the token itself.
    pub fn scope(&self) -> Option<&'static str> {
        match self {
            Operation::Token => None,
            Operation::Create(Kind::Cob, _) | Operation::CreateUnnamed | Operation::Change(Kind::Cob, _) => {
                Some("cob.write")
            }
            Operation::Read(Kind::Cob, _) => Some("cob.read"),
            Operation::Create(Kind::Cobv, _) | Operation::Change(Kind::Cobv, _) => Some("cobv.write"),
            Operation::Read(Kind::Cobv, _) => Some("cobv.read"),
            Operation::ReadPix(_) | Operation::ListPix | Operation::ReadRefund { .. } => Some("pix.read"),
            Operation::Refund { .. } => Some("pix.write"),
        }
    }

    /// The query names that the API has for it.
    pub fn queries(&self) -> &'static [&'static str] {
        match self {
            Operation::Read(..) => &["revisao"],
            Operation::ListPix => &["inicio", "fim", "txid", "paginacao.paginaAtual", "paginacao.itensPorPagina"],
            _ => &[],
        }
    }

    pub fn route(method: &str, path: &str) -> Route {
        if path == TOKEN {
            return if method == "POST" { Route::To(Operation::Token) } else { Route::Only("POST") };
        }
        let Some(rest) = path.strip_prefix(API).and_then(|rest| rest.strip_prefix('/')) else { return Route::Nowhere };
        let parts: Vec<&str> = rest.split('/').collect();
        match parts.as_slice() {
            ["cob"] if method == "POST" => Route::To(Operation::CreateUnnamed),
            ["cob"] => Route::Only("POST"),
            ["cob", txid] => charge(method, Kind::Cob, txid),
            ["cobv", txid] => charge(method, Kind::Cobv, txid),
            ["pix"] if method == "GET" => Route::To(Operation::ListPix),
            ["pix", end_to_end_id] if method == "GET" => Route::To(Operation::ReadPix((*end_to_end_id).to_owned())),
            ["pix"] | ["pix", _] => Route::Only("GET"),
            ["pix", end_to_end_id, "devolucao", id] => {
                let (end_to_end_id, id) = ((*end_to_end_id).to_owned(), (*id).to_owned());
                match method {
                    "PUT" => Route::To(Operation::Refund { end_to_end_id, id }),
                    "GET" => Route::To(Operation::ReadRefund { end_to_end_id, id }),
                    _ => Route::Only("GET, PUT"),
                }
            }
            _ => Route::Nowhere,
        }
    }
}

fn charge(method: &str, kind: Kind, txid: &str) -> Route {
    let txid = txid.to_owned();
    match method {
        "PUT" => Route::To(Operation::Create(kind, txid)),
        "GET" => Route::To(Operation::Read(kind, txid)),
        "PATCH" => Route::To(Operation::Change(kind, txid)),
        _ => Route::Only("GET, PATCH, PUT"),
    }
}
