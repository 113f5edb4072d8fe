//! The shop's own look: its text file, its colours, its pictures. What is not fit is left out, and only told here.

use jiff::Timestamp;

use super::{Finding, Patient, Reply};
use crate::brand::look;
use crate::config::{BrandChoice, Found};

const PART: &str = "marca";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async { examine(&patient.config.brand, Timestamp::now()) })
}

fn examine(choice: &BrandChoice, now: Timestamp) -> Vec<Finding> {
    let Found { folder, brand, mistakes, trouble } = choice.find();
    let mut found = Vec::new();
    if let Some(trouble) = trouble {
        found.push(Finding::warning(PART, trouble, "corrija a pasta: até lá o totem usa a cara dele"));
    }
    for mistake in mistakes {
        found.push(Finding::warning(
            PART,
            mistake.to_string(),
            "corrija o arquivo: até lá o totem fica sem esta parte",
        ));
    }
    let Some(folder) = folder else {
        if found.is_empty() {
            found.push(Finding::ok(PART, format!("a do totem (não há {})", choice.folder.display())));
        }
        return found;
    };
    let today = choice.zone().to_datetime(now).date();
    let seen = look(&folder, &brand.media, today);
    for report in &seen.reports {
        found.push(Finding::warning(format!("{PART}: {}", report.file), &report.says, "troque ou tire o arquivo"));
    }
    let logo = if seen.logo { "logotipo" } else { "sem logotipo" };
    let hours = if brand.hours.is_some() { "com horário" } else { "sempre aberta" };
    let says = format!("{}: {logo}, {} imagens ({} hoje), {hours}", folder.path().display(), seen.pictures, seen.today);
    found.insert(0, Finding::ok(PART, says));
    found
}
