//! The stories, in the order of the table.

mod counter;
mod papers;
mod reads;
mod transport;
mod write_off;

use crate::scene::Told;
use crate::subjects::Subject;

pub struct Story {
    /// The row in README.
    pub name: &'static str,
    pub tell: fn(&'static Subject) -> Told,
}

const fn story(name: &'static str, tell: fn(&'static Subject) -> Told) -> Story {
    Story { name, tell }
}

pub const ALL: [Story; 40] = [
    story("a wrong password is a matter of sign-in", transport::wrong_password),
    story("many calls at once sign in once", transport::single_flight),
    story("a refused token is replaced once and the read replayed", transport::expiry),
    story("a token refused again is a matter of sign-in, not of the network", transport::refused_for_good),
    story("a customer is found with name and contracts", reads::found),
    story("several contracts are all told", reads::several_contracts),
    story("two customers of one CPF: nobody's bills are shown", reads::ambiguous),
    story("an unknown CPF is nobody", reads::not_found),
    story("a customer who owes nothing has no bills", reads::nothing_owed),
    story("bills have the provider's amounts and due dates", reads::bills),
    story("in every way that servers write dates, amounts and ids", reads::forms),
    story("two hundred bills are two hundred", reads::two_hundred),
    story("the second factor is known", reads::factors),
    story("a bill settled elsewhere after the look is not open any more, nor written off", reads::settled_elsewhere),
    story("the boleto has right check digits", papers::boleto),
    story("the PIX code is a BR Code", papers::pix),
    story("the bill is a PDF", papers::pdf),
    story("what is not a PDF is refused", papers::not_a_pdf),
    story("a PDF without end is refused", papers::huge_pdf),
    story("half a PDF, and a page behind its link, are refused", papers::half_a_pdf),
    story("the lists of ids for the configuration can be read", papers::lookups),
    story("written off: applied, and read as paid", write_off::applied),
    story("written off again: never twice", write_off::repeated),
    story("written off to a wrong account: rejected, and still open", write_off::rejected),
    story("the request is lost: unknown, read as open, sent again", write_off::request_lost),
    story("the answer is lost: unknown, read as paid", write_off::answer_lost),
    story("HTTP 500, done or not: unknown until read", write_off::internal_error),
    story("an HTML page, done or not: unknown until read", write_off::html),
    story("an empty 200, done or not: unknown until read", write_off::empty),
    story("a write-off is sent once, also where a read would be repeated", write_off::sent_once),
    story("contacts are told", counter::contacts),
    story("paid bills come newest first", counter::paid_bills),
    story("a suspended contract comes back on trust", counter::unlock),
    story("a ticket gives its protocol and stands in the list", counter::open_ticket),
    story("a bill is sent to the customer", counter::sent),
    story("a change whose answer is lost is unknown, and never repeated", counter::answer_lost),
    story("a redirect to another machine is not followed", transport::redirect),
    story("a body over the cap is refused", transport::huge_body),
    story("HTML, garbage and half an answer are no customer and no bills", transport::garbage),
    story("plain http to another machine is refused", transport::plain_http),
];
