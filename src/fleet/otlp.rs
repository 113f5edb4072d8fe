//! The same numbers as OTLP over HTTP, in its JSON encoding (opentelemetry-proto, `ExportMetricsServiceRequest`), pushed:
//! most totems stand behind somebody's router. What does not get through waits on disk, and goes later with its own time.

use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::metrics::{Distribution, Family, Kind, Sample};
use super::spool::Spool;
use super::{About, Error, Otlp, metrics};
use crate::http::{Body, Client, Lost, Partner, Patience, Request};
use crate::runtime::Meter;

const WITHIN: Duration = Duration::from_secs(10);
/// Sent again at once, when the collector is back.
const CATCH_UP: usize = 100;
/// `AGGREGATION_TEMPORALITY_CUMULATIVE`
const CUMULATIVE: u8 = 2;

/// One request with all metrics. `started` is when the counting began.
#[must_use]
pub fn as_otlp(about: &About, families: &[Family], started: Timestamp, now: Timestamp) -> String {
    let nanos = |at: Timestamp| at.as_nanosecond().to_string();
    let times = json!({"startTimeUnixNano": nanos(started), "timeUnixNano": nanos(now)});
    let metrics: Vec<Value> = families.iter().filter_map(|family| metric(family, &times)).collect();
    json!({"resourceMetrics": [{
        "resource": {"attributes": [
            attribute("service.name", "totem"),
            attribute("service.version", about.version),
            attribute("service.instance.id", &about.totem),
        ]},
        "scopeMetrics": [{"scope": {"name": "totem"}, "metrics": metrics}],
    }]})
    .to_string()
}

fn attribute(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}

/// A metric without a point is none.
fn metric(family: &Family, times: &Value) -> Option<Value> {
    let point = |more: Value| {
        let mut point = times.clone();
        if let (Some(point), Value::Object(more)) = (point.as_object_mut(), more) {
            point.extend(more);
        }
        point
    };
    let number = |Sample { labels, value }: &Sample| {
        let attributes: Vec<Value> = labels.iter().map(|(name, value)| attribute(name, value)).collect();
        point(json!({"attributes": attributes, "asDouble": value}))
    };
    let points: Vec<Value> = match &family.histogram {
        Some(distribution) => vec![point(histogram(distribution))],
        None => family.samples.iter().map(number).collect(),
    };
    if points.is_empty() {
        return None;
    }
    let data = match family.kind {
        Kind::Gauge => json!({"gauge": {"dataPoints": points}}),
        Kind::Counter => {
            json!({"sum": {"dataPoints": points, "aggregationTemporality": CUMULATIVE, "isMonotonic": true}})
        }
        Kind::Histogram => json!({"histogram": {"dataPoints": points, "aggregationTemporality": CUMULATIVE}}),
    };
    let mut metric = json!({"name": family.name, "description": family.help});
    if let (Some(metric), Value::Object(data)) = (metric.as_object_mut(), data) {
        metric.extend(data);
    }
    Some(metric)
}

/// OTLP counts each bucket by itself, where Prometheus counts all below a bound.
fn histogram(Distribution { buckets, count, sum_s }: &Distribution) -> Value {
    let mut below = 0;
    let mut counts: Vec<String> = Vec::with_capacity(buckets.len() + 1);
    for (_, less) in buckets {
        counts.push(less.saturating_sub(below).to_string());
        below = *less;
    }
    counts.push(count.saturating_sub(below).to_string());
    let bounds: Vec<f64> = buckets.iter().map(|(bound, _)| *bound).collect();
    json!({"count": count.to_string(), "sum": sum_s, "bucketCounts": counts, "explicitBounds": bounds})
}

/// The way to the collector.
pub struct Way {
    client: Client,
    headers: HeaderMap,
}

struct Push {
    way: Way,
    spool: Spool,
}

impl Way {
    pub fn to(collector: &Otlp) -> Result<Way, Error> {
        let client = Client::to(&Partner {
            name: "coletor",
            base: &collector.url,
            allow_plain_http: collector.allow_plain_http,
            patience: Patience::default(),
            identity: None,
            authorities: None,
        })?;
        let mut headers = HeaderMap::new();
        if let Some(authorization) = &collector.authorization {
            let mut value = HeaderValue::from_str(authorization.expose()).map_err(|_| Error::Authorization)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(Way { client, headers })
    }

    fn request(&self, body: String) -> Request {
        Request {
            operation: "metrics",
            method: Method::POST,
            url: self.client.url(&["v1", "metrics"]),
            headers: self.headers.clone(),
            body: Some(Body::Json(body)),
            within: WITHIN,
            at_most: 64 * 1024,
        }
    }

    /// Sends an export of nothing.
    pub async fn is_there(&self) -> Result<String, String> {
        let nothing = json!({"resourceMetrics": []}).to_string();
        match self.client.send_once(&self.request(nothing)).await {
            Ok(answer) if answer.is_success() => Ok("responde e aceita o que se envia".to_owned()),
            Ok(answer) if matches!(answer.status, 401 | 403) => {
                Err(format!("não aceita fleet.otlp.authorization (HTTP {})", answer.status))
            }
            Ok(answer) => Err(format!("responde HTTP {}: confira o endereço e o coletor", answer.status)),
            Err(Lost::NotSent(_)) => Err("não conecta".to_owned()),
            Err(Lost::Untrusted(_)) => Err("o certificado do coletor não é aceito".to_owned()),
            Err(_) => Err("não responde como um coletor".to_owned()),
        }
    }
}

/// Pushes now and then on a thread of its own.
pub fn start(collector: &Otlp, about: About, meter: Arc<Meter>) -> Result<(), Error> {
    let way = Way::to(collector)?;
    let spool = Spool::open(about.state.join("otlp"), u64::from(collector.spool_mb) * 1024 * 1024)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let every = Duration::from_secs(u64::from(collector.every_s.max(1)));
    let started = Timestamp::now();
    thread::Builder::new().name("otlp".into()).spawn(move || {
        let push = Push { way, spool };
        loop {
            let now = Timestamp::now();
            let body = as_otlp(&about, &metrics(&about, &meter, now), started, now);
            if let Err(error) = runtime.block_on(push.pushes(now, body)) {
                tracing::warn!(%error, "what the collector did not take could not be kept");
            }
            thread::sleep(every);
        }
    })?;
    Ok(())
}

impl Push {
    /// The newest first: it says how the totem is. Then what waits, as long as it is taken.
    async fn pushes(&self, now: Timestamp, body: String) -> std::io::Result<()> {
        if !self.is_taken(body.clone()).await {
            return self.spool.keep(now.as_millisecond(), &body);
        }
        for path in self.spool.waiting()?.into_iter().take(CATCH_UP) {
            if !self.is_taken(fs::read_to_string(&path)?).await {
                break;
            }
            fs::remove_file(path)?;
        }
        Ok(())
    }

    /// Also what the collector will never take is done with.
    async fn is_taken(&self, body: String) -> bool {
        match self.way.client.send_once(&self.way.request(body)).await {
            Ok(answer) if answer.status == 400 => {
                tracing::error!("the collector refuses the metrics as malformed");
                true
            }
            Ok(answer) => answer.is_success(),
            Err(Lost::TooLarge { .. }) => true,
            Err(_) => false,
        }
    }
}
