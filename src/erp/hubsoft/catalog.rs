//! The lists that forms choose from, and registering somebody who wants to become a customer.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::envelope::{changed, hear, lenient};
use super::server::{DUE_DAYS, TICKET_KINDS, named};
use super::{HubSoft, garbled, json};
use crate::domain::Money;
use crate::domain::joining::Offer;
use crate::domain::service::{Catalog, Change, Named, Prospect};
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::normalized;
use crate::erp::{Capability, Error};

const PLANS: &str = "prospecto/create";
const PROSPECT: &str = "prospecto";
const CITIES: &str = "endereco/cidade";

#[derive(Deserialize)]
struct Plans {
    servicos: List<Plan>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Plan {
    id_servico: Scalar,
    descricao: Scalar,
    valor: Scalar,
    /// In kbit/s.
    velocidade_download: Scalar,
    velocidade_upload: Scalar,
}

impl Plan {
    /// The document prints both 20480 and 150000 for a plan's speed, so both kinds of thousand are in use.
    fn speeds(&self) -> String {
        let mega = |scalar: &Scalar| {
            let kilo: u64 = scalar.text()?.parse().ok().filter(|kilo| *kilo > 0)?;
            Some(if kilo.is_multiple_of(1024) { kilo / 1024 } else { kilo / 1000 })
        };
        match (mega(&self.velocidade_download), mega(&self.velocidade_upload)) {
            (Some(down), Some(up)) => format!("{down}/{up} Mbit/s"),
            (Some(down), None) => format!("{down} Mbit/s"),
            _ => String::new(),
        }
    }
}

#[derive(Deserialize)]
struct Cities {
    cidades: List<City>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct City {
    id_cidade: Scalar,
    nome: Scalar,
}

#[derive(Deserialize)]
struct TicketKinds {
    tipos_atendimento: List<TicketKind>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TicketKind {
    id_tipo_atendimento: Scalar,
    descricao: Scalar,
}

#[derive(Deserialize)]
struct DueDays {
    vencimentos: List<DueDay>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DueDay {
    id_vencimento: Scalar,
    /// A number, or `ultimo_dia`.
    dia_vencimento: Scalar,
}

#[derive(Serialize)]
struct NewProspect<'a> {
    cep: String,
    servico: Wanted<'a>,
    cpf_cnpj: &'a str,
    telefone: String,
    nome_razaosocial: &'a str,
    tipo_pessoa: &'static str,
    bairro: &'a str,
    endereco: &'a str,
    numero: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observacao: Option<&'a str>,
}

#[derive(Serialize)]
struct Wanted<'a> {
    id_servico: &'a RawValue,
    valor: &'a RawValue,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Registered {
    #[serde(deserialize_with = "lenient")]
    prospecto: RegisteredRow,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RegisteredRow {
    id_prospecto: Scalar,
}

impl HubSoft {
    pub(super) async fn read_catalog(&self, catalog: Catalog, cep: Option<&str>) -> Result<Vec<Named>, Error> {
        let id = |id: &Scalar| id.id().map(|id| id.to_string());
        Ok(match catalog {
            Catalog::Products => {
                let plans = self.plans(cep.unwrap_or_default()).await?;
                plans.iter().filter_map(|plan| named(id(&plan.id_servico), &plan.descricao)).collect()
            }
            Catalog::Cities => {
                let request = self.session.get(CITIES, &["endereco", "cidade"], &[]);
                let cities: Cities = hear(CITIES, &self.session.read(request).await?)?;
                cities.cidades.0.iter().filter_map(|city| named(id(&city.id_cidade), &city.nome)).collect()
            }
            Catalog::TicketKinds => {
                let kinds: TicketKinds = hear(TICKET_KINDS, &self.configuration(TICKET_KINDS).await?)?;
                let kinds = kinds.tipos_atendimento.0;
                kinds.iter().filter_map(|kind| named(id(&kind.id_tipo_atendimento), &kind.descricao)).collect()
            }
            Catalog::DueDays => {
                let days: DueDays = hear(DUE_DAYS, &self.configuration(DUE_DAYS).await?)?;
                days.vencimentos.0.iter().filter_map(due_day).collect()
            }
            Catalog::Resellers => return Err(Error::Unsupported(Capability::Resellers)),
            Catalog::Origins => return Err(Error::Unsupported(Capability::Origins)),
            Catalog::Departments => return Err(Error::Unsupported(Capability::Departments)),
        })
    }

    /// The plans that are sold at a CEP. Their `display` text carries marks of the ERP's own office and is not shown.
    async fn plans(&self, cep: &str) -> Result<Vec<Plan>, Error> {
        let cep: String = cep.chars().filter(char::is_ascii_digit).collect();
        if cep.len() != 8 {
            return Err(Error::Refused { operation: PLANS, why: "a CEP of eight digits is needed".to_owned() });
        }
        let request = self.session.get(PLANS, &["prospecto", "create"], &[("cep", &cep)]);
        Ok(hear::<Plans>(PLANS, &self.session.read(request).await?)?.servicos.0)
    }

    pub(super) async fn read_offers(&self, cep: Option<&str>) -> Result<Vec<Offer>, Error> {
        let plans = self.plans(cep.unwrap_or_default()).await?;
        let offers = plans.iter().filter_map(|plan| {
            let id = plan.id_servico.id().map(|id| id.to_string());
            let price = plan.valor.money().ok().flatten();
            Some(Offer { price, about: plan.speeds(), ..Offer::from(named(id, &plan.descricao)?) })
        });
        Ok(offers.collect())
    }

    /// The plan's price goes back to the ERP; one that is not known is looked up first.
    pub(super) async fn send_prospect(&self, prospect: &Prospect) -> Result<Change<Option<String>>, Error> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let missing = [
            ("o plano", prospect.product.as_deref().unwrap_or_default()),
            ("o nome", &prospect.name),
            ("o CPF ou CNPJ", &prospect.tax_id),
            ("o telefone", &prospect.phone),
            ("o CEP", &prospect.cep),
            ("o bairro", &prospect.district),
            ("o endereço", &prospect.street),
            ("o número", &prospect.number),
        ];
        if let Some((what, _)) = missing.iter().find(|(_, value)| value.trim().is_empty()) {
            return Ok(Change::Refused { why: format!("falta {what}") });
        }
        let product = prospect.product.as_deref().unwrap_or_default();
        let price = match prospect.price {
            Some(price) => Some(price),
            None => self.price_of(product, &prospect.cep).await?,
        };
        let Some(price) = price else {
            return Ok(Change::Refused { why: "este plano não é vendido neste CEP".to_owned() });
        };
        let raw = |text: String| RawValue::from_string(text).map_err(|error| garbled(PROSPECT, &error.to_string()));
        let id = super::number(PROSPECT, "plan", product)?;
        let house = prospect.number.trim();
        // there is no field for the complement
        let complement = Some(prospect.complement.trim()).filter(|text| !text.is_empty());
        let complement = complement.map(|text| format!("Complemento: {text}"));
        let note = [complement.as_deref().unwrap_or_default(), prospect.note.trim()].join("\n").trim().to_owned();
        let body = NewProspect {
            cep: digits(&prospect.cep),
            servico: Wanted { id_servico: &raw(id.to_string())?, valor: &raw(price.to_decimal())? },
            cpf_cnpj: &prospect.tax_id,
            telefone: digits(&prospect.phone),
            nome_razaosocial: &prospect.name,
            tipo_pessoa: if prospect.tax_id.len() == 14 { "pj" } else { "pf" },
            bairro: &prospect.district,
            endereco: &prospect.street,
            // the document wants a number; "12 A" is none
            numero: raw(match house.parse::<u32>() {
                Ok(number) => number.to_string(),
                Err(_) => json(PROSPECT, &house)?,
            })?,
            email: Some(prospect.email.as_str()).filter(|email| !email.is_empty()),
            observacao: Some(note.as_str()).filter(|note| !note.is_empty()),
        };
        let request = self.session.post(PROSPECT, &["prospecto"], json(PROSPECT, &body)?);
        Ok(match changed(&self.session.send_once(request).await?) {
            Change::Done(json) => {
                let registered: Registered = serde_json::from_str(&json).unwrap_or_default();
                Change::Done(registered.prospecto.id_prospecto.id().map(|id| id.to_string()))
            }
            // the ERP's sentence goes on with the name that the document is registered under
            Change::Refused { why } if normalized(&why).contains("ja foi cadastrado") => {
                Change::Refused { why: "este CPF ou CNPJ já foi cadastrado".to_owned() }
            }
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }

    async fn price_of(&self, product: &str, cep: &str) -> Result<Option<Money>, Error> {
        let plans = self.plans(cep).await?;
        let plan = plans.iter().find(|plan| plan.id_servico.text() == Some(product));
        Ok(plan.and_then(|plan| plan.valor.money().ok().flatten()))
    }
}

fn due_day(day: &DueDay) -> Option<Named> {
    let id = day.id_vencimento.id()?.to_string();
    let name = match day.dia_vencimento.text()? {
        "ultimo_dia" => "último dia do mês".to_owned(),
        day => format!("dia {day}"),
    };
    Some(Named { id, name })
}
