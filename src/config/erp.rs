//! Which ERP the totem asks.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::erp::site_table::{self, Coverage, Method};
use crate::erp::{configured, hubsoft, webservice_cliente};

/// Exactly one driver.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ErpChoice {
    pub webservice_cliente: Option<webservice_cliente::Settings>,
    pub hubsoft: Option<hubsoft::Settings>,
    pub configured: Option<configured::Settings>,
}

impl ErpChoice {
    /// The tables of the drivers that are there, as the file writes them.
    pub(super) fn chosen(&self) -> Vec<&'static str> {
        let drivers = [
            ("erp.webservice_cliente", self.webservice_cliente.is_some()),
            ("erp.hubsoft", self.hubsoft.is_some()),
            ("erp.configured", self.configured.is_some()),
        ];
        drivers.into_iter().filter(|(_, is_there)| *is_there).map(|(table, _)| table).collect()
    }

    /// The places of write-off rows that say again what one before them says.
    pub(super) fn rows_alike(&self) -> Vec<usize> {
        let by_service = self.webservice_cliente.iter().flat_map(|settings| site_table::alike(&settings.write_off));
        let by_hubsoft = self.hubsoft.iter().flat_map(|settings| site_table::alike(&settings.write_off));
        let by_definition = self.configured.iter().flat_map(configured::Settings::alike);
        by_service.chain(by_hubsoft).chain(by_definition).collect()
    }

    /// The methods that can be written off, and the table whose rows say so.
    pub(super) fn covered(&self) -> (&'static str, BTreeMap<Method, Coverage>) {
        if let Some(settings) = &self.webservice_cliente {
            return ("erp.webservice_cliente.write_off", site_table::covered(&settings.write_off));
        }
        if let Some(settings) = &self.hubsoft {
            return ("erp.hubsoft.write_off", site_table::covered(&settings.write_off));
        }
        if let Some(settings) = &self.configured {
            return ("erp.configured.write_off", settings.covered());
        }
        ("erp", BTreeMap::new())
    }
}
