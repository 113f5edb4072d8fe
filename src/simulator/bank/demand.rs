//! What a bank wants of every call beyond the specification: a header, a query parameter.

use super::book::Book;
use super::problem::Problem;
use super::route::Operation;
use crate::simulator::http::Request;

#[derive(Debug, Clone, Default)]
pub struct Demands {
    pub headers: Vec<Demand>,
    pub queries: Vec<Demand>,
}

/// `NAME`, or `NAME=VALUE` where only that value will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    pub name: String,
    pub value: Option<String>,
}

impl std::str::FromStr for Demand {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Demand, Self::Err> {
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value.to_owned())));
        Ok(Demand { name: name.to_owned(), value })
    }
}

impl Demand {
    fn is_met(&self, sent: Option<&str>) -> bool {
        sent.is_some_and(|sent| self.value.as_deref().is_none_or(|value| value == sent))
    }
}

/// Refuses a call that lacks what is demanded, and notes query parameters that nobody knows.
pub fn check(demands: &Demands, book: &mut Book, request: &Request, operation: &Operation) -> Result<(), Problem> {
    let (method, path) = (&request.method, &request.path);
    let header = demands.headers.iter().find(|demand| !demand.is_met(request.header(&demand.name)));
    let query = demands.queries.iter().find(|demand| !demand.is_met(request.asked(&demand.name)));
    for (what, missing) in [("header", header), ("parâmetro", query)] {
        if let Some(demand) = missing {
            book.complain(format!("{method} {path}: lacks {}", demand.name));
            return Err(Problem::new(400, "RequisicaoInvalida", format!("Falta o {what} {}.", demand.name)));
        }
    }
    for (name, _) in &request.query {
        let known = operation.queries().contains(&name.as_str());
        if !known && !demands.queries.iter().any(|demand| demand.name == *name) {
            book.complain(format!("{method} {path}: the query {name} is unknown"));
        }
    }
    Ok(())
}
