//! The same numbers over MQTT 3.1.1, for who watches that way: retained messages, and a last will, so that a totem whose
//! plug was pulled is seen as offline within a minute. It is only told, never asked: the totem subscribes to nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use rumqttc::{AsyncClient, Event, EventLoop, Incoming, LastWill, MqttOptions, QoS, Transport};
use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use super::metrics::{Family, Sample};
use super::mqtt_settings::{Broker, Mqtt};
use super::{About, Error, metrics};
use crate::runtime::Meter;

/// From the first byte to the broker's yes, and until what was written is gone.
const WITHIN_S: u64 = 10;
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Messages that wait to be sent, and those whose receipt was not acknowledged. What does not fit is not told.
const WAITING_AT_MOST: usize = 8;
const UNACKNOWLEDGED_AT_MOST: u16 = 8;
/// A broker has nothing to tell that is longer.
const INCOMING_AT_MOST: usize = 1024;
const OUTGOING_AT_MOST: usize = 64 * 1024;
/// So often the screen is looked at, for the state.
const LOOK: Duration = Duration::from_secs(2);
/// Between two tries to reach the broker: the first, and the longest.
const AGAIN: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(60));
/// A broker that never stops talking is listened to no faster than this.
const BREATH: Duration = Duration::from_millis(10);

/// Publishes on a thread of its own.
pub fn start(settings: &Mqtt, about: About, meter: Arc<Meter>) -> Result<(), Error> {
    let broker = settings.broker()?;
    let topic = settings.topic_of(&about.totem);
    let (client, events) = AsyncClient::new(options(settings, &broker, &topic)?, WAITING_AT_MOST);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let every = Duration::from_secs(u64::from(settings.every_s.max(1)));
    let teller = Teller { client, topic, about, meter, every, connected: Arc::default() };
    thread::Builder::new().name("mqtt".into()).spawn(move || {
        let connected = Arc::clone(&teller.connected);
        runtime.spawn(teller.tells());
        runtime.block_on(keeps_up(events, &connected));
    })?;
    Ok(())
}

fn options(settings: &Mqtt, broker: &Broker, topic: &str) -> Result<MqttOptions, Error> {
    let mut options = MqttOptions::new(topic.replace('/', "-"), &broker.host, broker.port);
    options.set_keep_alive(KEEP_ALIVE);
    options.set_inflight(UNACKNOWLEDGED_AT_MOST);
    options.set_max_packet_size(INCOMING_AT_MOST, OUTGOING_AT_MOST);
    options.set_last_will(LastWill::new(format!("{topic}/online"), "offline", QoS::AtLeastOnce, true));
    if let Some(user) = &settings.user {
        options.set_credentials(user, settings.password.as_ref().map_or("", |password| password.expose()));
    }
    if broker.is_secure {
        // The first installed provider wins; that another part was first is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        options.set_transport(Transport::tls(settings.authorities()?, None, None));
    }
    Ok(options)
}

/// Keeps the connection, and makes it anew for as long as the program lives.
async fn keeps_up(mut events: EventLoop, connected: &AtomicBool) {
    events.network_options.set_connection_timeout(WITHIN_S);
    let (first, longest) = AGAIN;
    let mut wait = first;
    let mut is_told = false;
    loop {
        let lost = match events.poll().await {
            Ok(Event::Incoming(Incoming::ConnAck(_))) => {
                tracing::info!("the MQTT broker takes the metrics");
                (wait, is_told) = (first, false);
                connected.store(true, Ordering::Release);
                continue;
            }
            // nothing was subscribed to: whoever sends is no broker of ours
            Ok(Event::Incoming(Incoming::Publish(_))) => {
                events.clean();
                "a message that nobody asked for".to_owned()
            }
            Ok(Event::Incoming(_)) => {
                sleep(BREATH).await;
                continue;
            }
            Ok(Event::Outgoing(_)) => continue,
            Err(error) => error.to_string(),
        };
        connected.store(false, Ordering::Release);
        if !is_told {
            tracing::warn!(error = lost, "the MQTT broker is not there; it is tried again and again");
            is_told = true;
        }
        sleep(wait).await;
        wait = (wait * 2).min(longest);
    }
}

struct Teller {
    client: AsyncClient,
    topic: String,
    about: About,
    meter: Arc<Meter>,
    every: Duration,
    connected: Arc<AtomicBool>,
}

impl Teller {
    /// What is shown when it changes, the numbers now and then; everything anew after a connection.
    async fn tells(self) {
        let mut told = None;
        let mut next = Instant::now();
        loop {
            if !self.connected.load(Ordering::Acquire) {
                told = None;
            } else if told.is_none() {
                self.tell("online", "online".to_owned());
                next = Instant::now();
            }
            if self.connected.load(Ordering::Acquire) {
                let state = state(&self.meter);
                if told.as_ref() != Some(&state) {
                    self.tell("state", state.clone());
                    told = Some(state);
                }
                if Instant::now() >= next {
                    let now = Timestamp::now();
                    self.tell("metrics", as_json(&metrics(&self.about, &self.meter, now)).to_string());
                    next = Instant::now() + self.every;
                }
            }
            sleep(LOOK).await;
        }
    }

    /// Never waits. What a broker that is full does not take is told again later, with newer numbers.
    fn tell(&self, what: &str, payload: String) {
        let topic = format!("{}/{what}", self.topic);
        if self.client.try_publish(topic, QoS::AtLeastOnce, true, payload).is_err() {
            tracing::debug!(what, "the MQTT broker is behind: not told");
        }
    }
}

fn state(meter: &Meter) -> String {
    let shown = meter.shown();
    let serves = shown.closed.is_none() && !shown.step.is_empty();
    json!({"in_service": serves, "step": shown.step, "code": shown.closed}).to_string()
}

/// One object, whose names are those of the text that Prometheus reads, labels and all. Of what is timed, how often and
/// how long.
#[must_use]
pub fn as_json(families: &[Family]) -> Value {
    let mut all = Map::new();
    for family in families {
        for sample in &family.samples {
            all.insert(named(family.name, sample), json!(sample.value));
        }
        if let Some(distribution) = &family.histogram {
            all.insert(format!("{}_count", family.name), json!(distribution.count));
            all.insert(format!("{}_sum", family.name), json!(distribution.sum_s));
        }
    }
    Value::Object(all)
}

fn named(name: &str, Sample { labels, .. }: &Sample) -> String {
    let labels: Vec<String> = labels.iter().map(|(label, value)| format!("{label}={value:?}")).collect();
    if labels.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", labels.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_other_transports() {
        let meter = Arc::new(Meter::default());
        meter.erp.took(Duration::from_millis(1_500));
        let about = About { totem: "LOJA 1".into(), version: "0.1.0", state: std::env::temp_dir(), parts: Vec::new() };
        let told = as_json(&metrics(&about, &meter, Timestamp::UNIX_EPOCH));
        for (name, value) in [
            ("totem_in_service", 0.0),
            ("totem_build_info{version=\"0.1.0\",totem=\"LOJA 1\"}", 1.0),
            ("totem_erp_request_seconds_count", 1.0),
            ("totem_erp_request_seconds_sum", 1.5),
        ] {
            assert_eq!(told[name].as_f64(), Some(value), "{name} in {told}");
        }
        assert_eq!(state(&meter), r#"{"code":null,"in_service":false,"step":""}"#);
    }
}
