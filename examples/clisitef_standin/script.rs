//! What the stand-in was told to do.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

pub struct Script(Value);

/// A test that forgot to let go must not keep the process for ever.
const LONGEST_HOLD: Duration = Duration::from_secs(60);

impl Script {
    /// No file is no order.
    pub fn now() -> Script {
        let path = std::env::var_os("CLISITEF_STANDIN").map_or_else(|| "clisitef_standin.json".into(), PathBuf::from);
        match std::fs::read(&path) {
            Ok(text) => Script(serde_json::from_slice(&text).expect("the stand-in's script is no JSON")),
            Err(_) => Script(Value::Null),
        }
    }

    pub fn get(&self, key: &str) -> &Value {
        &self.0[key]
    }

    pub fn is_down(&self) -> bool {
        self.0["server"] == "down"
    }

    pub fn book(&self) -> PathBuf {
        self.0["book"].as_str().map_or_else(|| "clisitef_book.json".into(), PathBuf::from)
    }

    /// Stops at a place of that name, where one is ordered: says that it is there, and waits to be let go.
    pub fn hold(&self, place: &str) {
        if self.0["hold"] != place {
            return;
        }
        std::fs::write(format!("at-{place}"), "").unwrap();
        let begun = Instant::now();
        while !Path::new(&format!("go-{place}")).exists() && begun.elapsed() < LONGEST_HOLD {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
