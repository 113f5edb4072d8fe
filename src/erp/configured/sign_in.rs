//! How a definition signs in: with what every call carries, and by which call a token is had, where one is needed.

use std::time::Duration;

use super::call::{Call, Fields, Judged, Sites, sent_name};
use super::jq::Expression;
use super::mistake::Reader;
use super::template::{Mode, Template, Templates};
use super::tree::{Node, Value};

pub(super) struct SignIn {
    pub proof: Proof,
    /// What every call carries beside it.
    pub headers: Fields,
    pub query: Fields,
    /// With every form.
    pub form: Fields,
    pub login: Option<Login>,
    /// Whether an answer that is no 401 says that the token is refused.
    pub expired: Option<Expression>,
}

/// What stands in the header `Authorization`.
pub(super) enum Proof {
    None,
    Basic {
        user: Template,
        password: Template,
    },
    /// The token of the site, or the one of the login.
    Bearer(Option<Template>),
}

/// The call that gives a token.
pub(super) struct Login {
    pub call: Call,
    /// HTTP Basic of that one call.
    pub basic: Option<(Template, Template)>,
    pub token: Expression,
    /// Seconds, as the answer tells them.
    pub life: Option<Expression>,
    /// Where the answer does not.
    pub usual_life: Duration,
}

const KINDS: &str = "none, header, basic, bearer, oauth2_password, oauth2_client ou login";

impl SignIn {
    pub(super) fn nothing() -> SignIn {
        let (headers, query, form) = (Vec::new(), Vec::new(), Vec::new());
        SignIn { proof: Proof::None, headers, query, form, login: None, expired: None }
    }

    pub(super) fn read(reader: &Reader<'_>, sites: &Sites, templates: &mut Templates) -> Option<SignIn> {
        let kind = reader.needed("kind", KINDS);
        let mut fields = |key: &'static str| fields(reader, key, sites, templates);
        let (headers, query, form) = (fields("headers"), fields("query"), fields("form"));
        let mut sign_in = SignIn { proof: Proof::None, headers, query, form, login: None, expired: None };
        sign_in.expired =
            reader.text("expired").and_then(|(node, text)| Expression::read("expired", node, text, reader.mistakes));
        let carries = [&sign_in.headers, &sign_in.query, &sign_in.form].iter().any(|fields| !fields.is_empty());
        let (node, kind) = kind?;
        match kind {
            "none" => {}
            "header" if !carries => {
                reader.mistakes.add(reader.at, "falta dizer o que cada chamada leva: `headers`, `query` ou `form`");
            }
            "header" => {}
            "basic" => {
                let user = template(reader, "user", "o usuário", templates);
                let password = template(reader, "password", "a senha", templates);
                sign_in.proof = Proof::Basic { user: user?, password: password? };
            }
            "bearer" => sign_in.proof = Proof::Bearer(Some(template(reader, "token", "o token", templates)?)),
            "oauth2_password" | "oauth2_client" => {
                sign_in.login = oauth2(reader, kind, sites, templates);
                sign_in.proof = Proof::Bearer(None);
            }
            "login" => {
                sign_in.login = login(reader, sites, templates);
                if !carries {
                    sign_in.proof = Proof::Bearer(None);
                }
            }
            other => reader.mistakes.add(&node.at, format!("`kind` é {KINDS}, e não `{other}`")),
        }
        reader.finish();
        Some(sign_in)
    }
}

fn fields(reader: &Reader<'_>, key: &'static str, sites: &Sites, templates: &mut Templates) -> Fields {
    let entries = reader.entries(key).into_iter();
    let read = entries.filter_map(|(name, node)| match &node.value {
        Value::Text(text) => {
            let sent = sent_name(name, node, sites, reader.mistakes)?;
            Some((sent, templates.read(key, Mode::Text, node, text, reader.mistakes)?))
        }
        other => {
            reader.mistakes.add(&node.at, format!("`{key}.{name}` deve ser um texto, e é {}", other.kind()));
            None
        }
    });
    read.collect()
}

fn template(reader: &Reader<'_>, key: &'static str, what: &str, templates: &mut Templates) -> Option<Template> {
    let (node, text) = reader.needed(key, what)?;
    templates.read(key, Mode::Text, node, text, reader.mistakes)
}

/// The token call of RFC 6749, sections 4.3 and 4.4.
fn oauth2(reader: &Reader<'_>, kind: &str, sites: &Sites, templates: &mut Templates) -> Option<Login> {
    let id = template(reader, "client_id", "o client_id", templates);
    let secret = template(reader, "client_secret", "o client_secret", templates);
    let mut form: Fields = Vec::new();
    let fixed = |text: &str, templates: &mut Templates| {
        let node = Node { value: Value::Text(text.to_owned()), key_at: reader.at.clone(), at: reader.at.clone() };
        templates.read("grant_type", Mode::Text, &node, text, reader.mistakes)
    };
    if kind == "oauth2_password" {
        form.push(("grant_type".to_owned(), fixed("password", templates)?));
        form.push(("username".to_owned(), template(reader, "user", "o usuário", templates)?));
        form.push(("password".to_owned(), template(reader, "password", "a senha", templates)?));
    } else {
        form.push(("grant_type".to_owned(), fixed("client_credentials", templates)?));
    }
    if reader.node("scope").is_some() {
        form.push(("scope".to_owned(), template(reader, "scope", "o escopo", templates)?));
    }
    form.extend(fields(reader, "token_form", sites, templates));
    let basic = match reader.text("credentials") {
        None | Some((_, "form")) => {
            form.push(("client_id".to_owned(), id?));
            form.push(("client_secret".to_owned(), secret?));
            None
        }
        Some((_, "basic")) => id.zip(secret),
        Some((node, other)) => {
            reader.mistakes.add(&node.at, format!("`credentials` é form ou basic, e não `{other}`"));
            None
        }
    };
    let (node, path) = reader.needed("path", "o caminho que dá o token, como \"/oauth/token\"")?;
    let path = templates.read("path", Mode::Path, node, path, reader.mistakes)?;
    let base = reader.text("base").map(|(_, name)| name.to_owned());
    let own = |key: &'static str, usual: &str| {
        let (node, text) = reader.text(key).map_or((None, usual), |(node, text)| (Some(node), text));
        let fallback = Node { value: Value::Text(text.to_owned()), key_at: reader.at.clone(), at: reader.at.clone() };
        Expression::read(key, node.unwrap_or(&fallback), text, reader.mistakes)
    };
    let call = Call {
        name: "token".to_owned(),
        method: reqwest::Method::POST,
        base,
        path,
        query: Vec::new(),
        headers: Vec::new(),
        form: Some(form),
        json: None,
        fields: Vec::new(),
        place: super::call::Placement::Query,
        when: None,
        each: None,
        each_at_most: 1,
        pages: None,
        none: None,
        keep: None,
        accepts_text: false,
        accepts_empty: false,
        asked_at_most: 1,
        judge: super::call::Judge::default(),
    };
    let life = own("life", ".expires_in");
    Some(Login { call, basic, token: own("token", ".access_token")?, life, usual_life: usual_life(reader) })
}

/// Any other call whose answer holds a token.
fn login(reader: &Reader<'_>, sites: &Sites, templates: &mut Templates) -> Option<Login> {
    let mistakes = reader.mistakes;
    if reader.node("call").is_none() {
        mistakes.add(reader.at, "falta a tabela [sign_in.call]: a chamada que dá o token");
    }
    let table = reader.table("call");
    let call = table.as_ref().and_then(|table| Call::read("token", table, Judged::Not, false, sites, templates));
    let mut basic = None;
    if let Some(table) = &table {
        if table.node("user").is_some() || table.node("password").is_some() {
            let user = template(table, "user", "o usuário", templates);
            basic = user.zip(template(table, "password", "a senha", templates));
        }
        table.finish();
    }
    let (node, text) = reader.needed("token", "a expressão jq que tira o token da resposta")?;
    let token = Expression::read("token", node, text, mistakes);
    let life = reader.text("life").and_then(|(node, text)| Expression::read("life", node, text, mistakes));
    Some(Login { call: call?, basic, token: token?, life, usual_life: usual_life(reader) })
}

fn usual_life(reader: &Reader<'_>) -> Duration {
    Duration::from_secs(reader.number("life_s", 300, 61..=2_592_000))
}
