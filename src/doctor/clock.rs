//! Whether this machine's clock can be right. Certificates, due dates and the date of a write-off rest on it.

use jiff::Timestamp;

use super::{Finding, Patient, Reply};

/// No totem ran before this second: 2026-01-01.
const EARLIEST_S: i64 = 1_767_225_600;
/// From here on a certificate or a due date may be misjudged.
const SKEW_S: i64 = 60;
/// From here on payments bear a wrong date sooner or later.
const FAR_OFF_S: i64 = 3_600;
const TO_DO: &str = "acerte data e hora (timedatectl) e ligue a sincronização pela rede (NTP)";

pub fn check(_: &Patient) -> Reply<'_> {
    Box::pin(async { vec![by_itself(Timestamp::now())] })
}

fn by_itself(now: Timestamp) -> Finding {
    let shown = now.strftime("%d/%m/%Y %H:%M UTC");
    if now.as_second() < EARLIEST_S {
        return Finding::error("relógio", format!("a máquina acha que é {shown}: nada de TLS funciona assim"), TO_DO);
    }
    Finding::ok("relógio", shown.to_string())
}

/// Against the clock of a partner that has just answered; nothing where it told no time.
pub fn against(partner: &str, ahead_s: Option<i64>) -> Option<Finding> {
    let ahead_s = ahead_s?;
    let part = format!("{partner}: relógio");
    let direction = if ahead_s > 0 { "adiantado" } else { "atrasado" };
    let off = ahead_s.unsigned_abs();
    let says = format!("o relógio daqui está {off} s {direction} em relação ao de lá");
    Some(if ahead_s.abs() <= SKEW_S {
        Finding::ok(part, "os dois relógios concordam")
    } else if ahead_s.abs() < FAR_OFF_S {
        Finding::warning(part, says, TO_DO)
    } else {
        Finding::error(part, says, TO_DO)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn a_clock_that_is_off_is_told_with_its_direction() {
        for (ahead_s, state, word) in [
            (0, State::Ok, "concordam"),
            (-60, State::Ok, "concordam"),
            (61, State::Warning, "61 s adiantado"),
            (-3_599, State::Warning, "3599 s atrasado"),
            (3_600, State::Error, "3600 s adiantado"),
            (-86_400, State::Error, "86400 s atrasado"),
        ] {
            let found = against("banco", Some(ahead_s)).unwrap();
            assert!(found.state == state && found.says.contains(word), "{found:?}");
        }
        assert_eq!(against("banco", None), None);
    }

    #[test]
    fn a_machine_that_has_forgotten_the_date_is_told() {
        assert_eq!(by_itself(Timestamp::UNIX_EPOCH).state, State::Error);
        assert_eq!(by_itself(Timestamp::from_second(EARLIEST_S).unwrap()).state, State::Ok);
    }
}
