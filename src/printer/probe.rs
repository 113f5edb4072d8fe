//! Finding out what stands at a port without printing anything: every harmless question, once, and what came of it.

use std::time::{Duration, Instant};

use super::Status;
use super::dialect::{Question, Replies};
use super::escpos::{JobId, fence};
use super::link::Link;
use super::profile::{Dialect, Profile, Proof};
use super::transport::{PortError, Transport};

/// A fence is answered when everything before it is printed, and here is nothing before it.
const FENCE_WITHIN: Duration = Duration::from_millis(1500);
const LISTEN: Duration = Duration::from_millis(100);
/// `GS I` of maker, model and serial number. Clones lie in them.
const NAMES: [u8; 3] = [66, 67, 68];

/// What a printer answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Each question with its answer, where one came.
    pub answers: Vec<(Question, Option<Vec<u8>>)>,
    /// `GS r 1`
    pub fence: bool,
    /// `GS ( H`
    pub process_id: bool,
    /// What it calls itself.
    pub names: Vec<String>,
    /// Something came that is no answer.
    pub noise: bool,
}

impl Findings {
    fn answered(&self, question: Question) -> bool {
        self.answers.iter().any(|(asked, answer)| *asked == question && answer.is_some())
    }

    /// The words it tells its state in.
    #[must_use]
    pub fn dialect(&self) -> Option<Dialect> {
        let by = [
            (Question::Full, Dialect::Custom),
            (Question::Extended, Dialect::Bematech),
            (Question::RealTime(2), Dialect::Epson),
            (Question::RealTime(4), Dialect::Epson),
            (Question::GsEnq, Dialect::Daruma),
            (Question::Enq, Dialect::Elgin),
        ];
        by.into_iter().find(|(question, _)| self.answered(*question)).map(|(_, dialect)| dialect)
    }

    /// The strongest proof that it gave.
    #[must_use]
    pub fn proof(&self) -> Proof {
        match self.dialect() {
            Some(Dialect::Custom) => Proof::Ticket,
            _ if self.process_id => Proof::ProcessId,
            _ if self.fence => Proof::Fence,
            Some(_) => Proof::Watched,
            None => Proof::None,
        }
    }

    #[must_use]
    pub fn status(&self) -> Status {
        let Some(dialect) = self.dialect() else {
            return if self.noise { Status::Unknown } else { Status::Mute };
        };
        let mut replies = Replies::default();
        for (question, answer) in &self.answers {
            if let Some(answer) = answer {
                replies.set(*question, answer.clone());
            }
        }
        replies.status(dialect)
    }

    /// Profiles that it may be, the likeliest first.
    #[must_use]
    pub fn profiles(&self) -> &'static [&'static str] {
        match (self.dialect(), self.proof()) {
            (Some(Dialect::Custom), _) => &["custom_vkp80iii"],
            (Some(Dialect::Bematech), _) => &["bematech_mp4200", "bematech_mp4200_esc_bema"],
            (Some(Dialect::Daruma), _) => &["daruma_dr800"],
            (Some(Dialect::Elgin), _) => &["elgin_vip"],
            (Some(Dialect::Epson), Proof::ProcessId) => &["epson_tm_t20x", "epson_tm_t88", "generic_80mm"],
            (Some(Dialect::Epson), _) => &["generic_80mm", "elgin_i9", "tanca", "control_id", "gertec", "generic_58mm"],
            (Some(Dialect::None) | None, _) => &[],
        }
    }
}

/// Asks everything that prints nothing. Never `DLE ENQ` or `DLE DC4`: those throw papers away.
pub fn probe<T: Transport>(port: T) -> Result<Findings, PortError> {
    let mut link = Link::new(port);
    link.connect()?;
    let mut found = Findings::default();
    for question in [1, 2, 3, 4].map(Question::RealTime).into_iter().chain([Question::Extended, Question::Full]) {
        let answer = asked(&mut link, question, &mut found)?;
        found.answers.push((question, answer));
    }
    // A byte of any value is their answer, so they are asked only where nothing better came.
    if found.dialect().is_none() && !found.noise {
        for question in [Question::Enq, Question::GsEnq] {
            let answer = asked(&mut link, question, &mut found)?;
            found.answers.push((question, answer));
        }
    }
    if found.dialect().is_some() {
        listen_for_proof(&mut link, &mut found)?;
        for n in NAMES {
            link.send(&[0x1d, b'I', n], Instant::now() + FENCE_WITHIN)?;
            let until = Instant::now() + Duration::from_millis(500);
            while Instant::now() < until {
                link.listen(LISTEN)?;
                if let Some(name) = link.take_name() {
                    found.names.push(name);
                    break;
                }
            }
        }
        // whatever a printer took for text is dropped, not printed
        link.send(&[0x1b, b'@'], Instant::now() + FENCE_WITHIN)?;
    }
    link.close();
    Ok(found)
}

fn asked<T: Transport>(
    link: &mut Link<T>,
    question: Question,
    found: &mut Findings,
) -> Result<Option<Vec<u8>>, PortError> {
    match link.query(question) {
        Ok(answer) => {
            found.noise |= link.take_noise() > 0;
            Ok(answer)
        }
        Err(PortError::TimedOut) => {
            link.discard_output();
            link.connect()?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn listen_for_proof<T: Transport>(link: &mut Link<T>, found: &mut Findings) -> Result<(), PortError> {
    let id = JobId::numbered(std::process::id());
    for proof in [Proof::Fence, Proof::ProcessId] {
        let Some(fence) = fence(&Profile { proof, ..Profile::default() }, id) else { continue };
        link.forget();
        link.send(fence.bytes(), Instant::now() + FENCE_WITHIN)?;
        let until = Instant::now() + FENCE_WITHIN;
        while Instant::now() < until && !found.process_id {
            link.listen(LISTEN)?;
            match proof {
                Proof::Fence if link.take_fence().is_some() => {
                    found.fence = true;
                    break;
                }
                _ => found.process_id |= link.take_printed(id),
            }
        }
    }
    Ok(())
}
