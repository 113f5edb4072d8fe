//! Printers in a technician's words.

use totem::domain::receipt::Beneficiary;
use totem::printer::dialect::Question;
use totem::printer::probe::Findings;
use totem::printer::profile::{Clear, Font, Picture, Proof};
use totem::printer::{Outcome, Profile, Status};

/// How a fact that nobody saw on the device is marked in a profile.
const UNVERIFIED: &str = "não verificado";

/// One line of the list.
pub fn line(name: &str, profile: &Profile) -> String {
    let doubts = profile.sources.values().filter(|source| source.contains(UNVERIFIED)).count();
    let doubts = if doubts == 0 { String::new() } else { format!(" · {doubts} dado(s) não verificado(s)") };
    format!(
        "{name:<26}{:<32}{:>4} pontos, {} colunas · {}{doubts}",
        profile.name,
        profile.dots,
        profile.width().columns,
        proof(profile.proof)
    )
}

/// A profile with the source of each fact.
pub fn whole(name: &str, profile: &Profile) -> String {
    let width = profile.width();
    let mut lines = vec![
        format!("{name}: {}", profile.name),
        format!(
            "  papel        {} pontos a {} dpi, {} colunas (fonte {})",
            profile.dots,
            profile.dpi,
            width.columns,
            font(profile.font)
        ),
        format!("  comprovação  {}", proof(profile.proof)),
        format!("  limpeza      {}", clear(profile.clear)),
    ];
    if profile.picture == Picture::None {
        lines.push("  imagens      nenhuma: o boleto sai sem as barras".to_owned());
    }
    lines.extend(profile.quirks.iter().map(|quirk| format!("  atenção      {quirk}")));
    lines.push("  de onde vem cada dado:".to_owned());
    lines.extend(profile.sources.iter().map(|(key, source)| format!("    {key:<14}{source}")));
    lines.join("\n")
}

fn font(font: Font) -> &'static str {
    if font == Font::B { "B" } else { "A" }
}

fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::ProcessId => "prova por identificação (GS ( H)",
        Proof::Fence => "prova por cerca (GS r 1)",
        Proof::Ticket => "prova pelo bilhete na saída",
        Proof::Watched => "sem prova: avisa quando para",
        Proof::None => "sem prova",
    }
}

fn clear(clear: Clear) -> &'static str {
    match clear {
        Clear::DleDc4 => "esquece um papel que parou no meio (DLE DC4)",
        Clear::None => "não esquece: um papel parado espera o técnico",
    }
}

/// What was found out, and what to write into the configuration.
pub fn findings(found: &Findings, baud: Option<u32>) -> String {
    let mut lines = Vec::new();
    for (question, answer) in &found.answers {
        let said = answer.as_ref().map_or_else(|| "—".to_owned(), |answer| hex(answer));
        lines.push(format!("  {:<16}{said}", asked(*question)));
    }
    lines.push(format!("  {:<16}{}", "GS r 1", if found.fence { "respondido" } else { "—" }));
    lines.push(format!("  {:<16}{}", "GS ( H", if found.process_id { "respondido" } else { "—" }));
    if !found.names.is_empty() {
        lines.push(format!("  diz chamar-se   {} (clones mentem)", found.names.join(" / ")));
    }
    lines.push(format!("agora: {}", sentence(found.status())));
    match found.profiles() {
        [] => lines
            .push("nada que se entenda: confira energia, cabo, velocidade e paridade na folha de autoteste".to_owned()),
        [first, others @ ..] => {
            lines.push("para a configuração:".to_owned());
            lines.push(format!("  profile = \"{first}\"{}", also(others)));
            lines.extend(baud.map(|baud| format!("  baud = {baud}")));
            lines.push(format!("  proof = \"{}\"          # {}", word(found.proof()), proof(found.proof())));
            if !found.status().can_print() {
                lines.push(
                    "a cerca só é respondida com papel e tampa fechada: repita com a impressora pronta".to_owned(),
                );
            }
            lines.push("depois: totem printer test".to_owned());
        }
    }
    lines.join("\n")
}

fn also(others: &[&str]) -> String {
    if others.is_empty() { String::new() } else { format!("   # ou {}", others.join(", ")) }
}

fn word(proof: Proof) -> &'static str {
    match proof {
        Proof::ProcessId => "process_id",
        Proof::Fence => "fence",
        Proof::Ticket => "ticket",
        Proof::Watched => "watched",
        Proof::None => "none",
    }
}

fn asked(question: Question) -> String {
    match question {
        Question::RealTime(number) => format!("DLE EOT {number}"),
        Question::Extended => "GS 248 '1'".to_owned(),
        Question::Enq => "ENQ".to_owned(),
        Question::GsEnq => "GS ENQ".to_owned(),
        Question::Full => "DLE EOT 20".to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

pub fn sentence(status: Status) -> &'static str {
    match status {
        Status::Ready => "pronta",
        Status::PaperLow => "o papel está acabando",
        Status::PaperOut => "sem papel: ponha um rolo novo",
        Status::CoverOpen => "a tampa está aberta: feche-a",
        Status::Cutter => "a guilhotina está presa: desligue, solte o papel e ligue de novo",
        Status::Overheated => "a cabeça está quente demais: espere esfriar",
        Status::Fault => "tem um defeito: desligue e ligue; se voltar, veja o manual dela",
        Status::Offline => "fora de linha: aperte FEED, ou desligue e ligue",
        Status::Held => "o papel de outro cliente parou nela: tire todo papel e confirme no painel do totem",
        Status::Awaited => {
            "ainda pode sair um papel de antes: espere, ou tire todo papel e confirme no painel do totem"
        }
        Status::NoFence => {
            "não responde à cerca (GS r 1): rode `totem printer probe` e ponha proof = \"watched\" no [printer]"
        }
        Status::Mute => "a porta existe e ninguém responde: confira energia, cabo, velocidade e fluxo",
        Status::Unknown => "responde coisas sem sentido: confira velocidade, paridade e perfil",
        Status::Absent => "a porta não existe, ou ninguém atende nela: confira o nome, o cabo e a energia",
        Status::InUse => "outro programa usa a porta: feche-o (fila do CUPS?)",
        Status::Denied => "sem licença para abrir a porta: ponha este usuário no grupo dela (dialout, lp)",
    }
}

pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done => "saiu: a impressora confirmou. Confira régua, acentos, QR, barras e corte".to_owned(),
        Outcome::Unconfirmed => "enviado; esta impressora não confirma. Confira se saiu inteiro".to_owned(),
        Outcome::Blocked(status) => format!("parou no meio: {}", sentence(*status)),
        Outcome::Unknown => {
            "enviado, e a confirmação não veio: veja se saiu. Com um perfil sem cerca, mude proof".to_owned()
        }
        Outcome::Lost => "a porta sumiu no meio: confira o cabo".to_owned(),
        Outcome::NotSent(status) => format!("nada foi enviado: {}", sentence(*status)),
        Outcome::DoesNotFit(what) => format!("não cabe no papel deste perfil: {what}"),
    }
}

/// A page needs a head, also where no configuration names one.
pub fn nobody() -> Beneficiary {
    Beneficiary { name: "Teste da impressora".to_owned(), ..Beneficiary::default() }
}
