//! Fiscal notes, as the current API lists them: three lists with other names for the same things, at most sixty days a
//! call.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::envelope::{hear, lenient, says_none_found};
use super::{HubSoft, garbled};
use crate::domain::CustomerId;
use crate::domain::service::FiscalNote;
use crate::erp::scalar::Scalar;
use crate::erp::{Capability, Error};

pub(super) const NOTES: &str = "cliente/nota_fiscal";
const NOTE_PDF: &str = "nota_fiscal/link";
const DAYS_A_CALL: i32 = 60;
const CALLS: i32 = 3;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Notes {
    #[serde(deserialize_with = "lenient")]
    notas_fiscais: Vec<NoteRow>,
    #[serde(deserialize_with = "lenient")]
    nfes: Vec<NoteRow>,
    #[serde(deserialize_with = "lenient")]
    nfses: Vec<NoteRow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NoteRow {
    id_nota_fiscal: Scalar,
    id_nfe: Scalar,
    id_nfse: Scalar,
    numero_nota: Scalar,
    numero: Scalar,
    valor: Scalar,
    data_emissao_br: Scalar,
    data_cadastro_br: Scalar,
    cancelado: Scalar,
    link: Scalar,
    link_pdf: Scalar,
}

impl NoteRow {
    fn link(&self) -> Option<&str> {
        [&self.link_pdf, &self.link].into_iter().find_map(Scalar::text)
    }

    /// Numbers of the three lists may be the same: the list is part of the id.
    fn note(&self, list: &str, zone: &TimeZone) -> Option<FiscalNote> {
        let id = [&self.id_nota_fiscal, &self.id_nfe, &self.id_nfse].into_iter().find_map(Scalar::id)?;
        let number = [&self.numero_nota, &self.numero].into_iter().find_map(Scalar::text);
        let issued = [&self.data_emissao_br, &self.data_cadastro_br].into_iter();
        Some(FiscalNote {
            id: format!("{list}-{id}"),
            number: number.map_or_else(|| id.to_string(), str::to_owned),
            issued: issued.filter_map(|day| day.date(zone).ok().flatten()).next(),
            amount: self.valor.money().ok().flatten(),
            has_pdf: self.link().is_some(),
        })
    }
}

impl HubSoft {
    /// The last half year's, newest first. Cancelled ones are left out.
    pub(super) async fn find_notes(&self, customer: &CustomerId) -> Result<Vec<FiscalNote>, Error> {
        Ok(self.notes(customer).await?.into_iter().map(|(note, _)| note).collect())
    }

    pub(super) async fn fetch_note(&self, customer: &CustomerId, id: &str) -> Result<Vec<u8>, Error> {
        let refused = |why: &str| Error::Refused { operation: NOTE_PDF, why: why.to_owned() };
        let notes = self.notes(customer).await?;
        let found = notes.into_iter().find(|(note, _)| note.id == id).ok_or_else(|| refused("no such note"))?;
        let link = found.1.ok_or_else(|| refused("the ERP has no file of this note"))?;
        self.fetch_file(NOTE_PDF, &link).await
    }

    async fn notes(&self, customer: &CustomerId) -> Result<Vec<(FiscalNote, Option<String>)>, Error> {
        let key = self.person(customer).await?.key().ok_or_else(|| garbled("cliente", "no id_cliente"))?.to_string();
        let mut notes: Vec<(FiscalNote, Option<String>)> = Vec::new();
        let mut to = self.today();
        for _ in 0..CALLS {
            let from = to.saturating_sub((DAYS_A_CALL - 1).days());
            let page = self.notes_between(&key, from, to).await?;
            for (list, rows) in [("nf", page.notas_fiscais), ("nfe", page.nfes), ("nfse", page.nfses)] {
                for row in rows.iter().filter(|row| !row.cancelado.is_yes()) {
                    let Some(note) = row.note(list, &self.zone) else { continue };
                    if !notes.iter().any(|(known, _)| known.id == note.id) {
                        notes.push((note, row.link().map(str::to_owned)));
                    }
                }
            }
            to = from.saturating_sub(1.days());
        }
        notes.sort_by_key(|(note, _)| std::cmp::Reverse(note.issued));
        Ok(notes)
    }

    async fn notes_between(&self, key: &str, from: Date, to: Date) -> Result<Notes, Error> {
        let (from, to) = (from.to_string(), to.to_string());
        let query =
            [("busca", "id_cliente"), ("termo_busca", key), ("data_inicio", from.as_str()), ("data_fim", to.as_str())];
        let answer = self.session.read(self.session.get(NOTES, &["cliente", "nota_fiscal"], &query)).await?;
        if answer.status == 404 {
            self.server.note(NOTES, false);
            return Err(Error::Unsupported(Capability::FiscalNotes));
        }
        match hear(NOTES, &answer) {
            Err(error) if says_none_found(&error) => Ok(Notes::default()),
            notes => notes,
        }
    }
}
