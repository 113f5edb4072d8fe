use super::*;

const GATEWAY: &str = r#"
url = "https://sms.provedor.example/v1/messages"
headers = { Authorization = "Bearer {token}" }
body = '{"to": ["+55{phone}"], "text": "{text}", "flash": false, "note": "{not a name}"}'
success = { status = [200, 202], path = "messages.0.status", is = ["queued"] }
"#;

fn gateway(text: &str) -> Result<Gateway, Unfit> {
    let mut settings: Settings = toml::from_str(text).unwrap();
    settings.credentials.insert("token".to_owned(), crate::secret::Secret::from("s3nha"));
    Gateway::connect(&settings)
}

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() }
}

#[test]
fn phone_text_and_credential_go_where_the_site_says_and_a_quote_ends_no_text() {
    let request = gateway(GATEWAY).unwrap().request("31900001234", "Olá \"você\"\n123456").unwrap();
    let Some(Body::Json(json)) = request.body else { panic!("no JSON") };
    let json: Value = serde_json::from_str(&json).unwrap();
    let expected = serde_json::json!({
        "to": ["+5531900001234"], "text": "Olá \"você\"\n123456", "flash": false, "note": "{not a name}",
    });
    assert_eq!(json, expected);
    assert_eq!(request.headers.get("authorization").unwrap().to_str().unwrap(), "Bearer s3nha");
    assert!(!format!("{:?}", request.headers).contains("s3nha"));
}

#[test]
fn a_gateway_that_is_asked_by_its_address_has_everything_encoded_there() {
    let text = "method = \"GET\"\nurl = \"https://sms.example/send\"\n\
                query = { key = \"{token}\", number = \"55{phone}\", msg = \"{text}\" }";
    let request = gateway(text).unwrap().request("31900001234", "a&b=c 1").unwrap();
    assert_eq!(request.url.as_str(), "https://sms.example/send?key=s3nha&msg=a%26b%3Dc+1&number=5531900001234");
    assert!(request.body.is_none());
}

#[test]
fn what_the_gateway_answers_is_sent_refused_down_or_unknown() {
    let gateway = gateway(GATEWAY).unwrap();
    let queued = r#"{"messages":[{"status":"queued"}]}"#;
    for (status, body, expected) in [
        (200, queued, "Sent"),
        (202, queued, "Sent"),
        (201, queued, "Unknown"),
        (200, r#"{"messages":[{"status":"invalid"}]}"#, "Refused"),
        (200, r#"{"messages":[]}"#, "Refused"),
        (200, "<html>ok</html>", "Unknown"),
        (200, "", "Unknown"),
        (400, "", "Refused"),
        (429, "", "Refused"),
        (401, "", "Down"),
        (302, "", "Down"),
        (500, queued, "Unknown"),
        (503, "", "Unknown"),
    ] {
        let told = format!("{:?}", gateway.judge(&answer(status, body)));
        assert!(told.starts_with(expected), "{status} {body}: {told}");
    }
}

#[test]
fn a_yes_without_a_word_is_whatever_is_there_but_no_false() {
    let said = |json: &str| {
        let success = Success { path: Some("ok".to_owned()), ..Success::default() };
        success.is_said_in(&serde_json::from_str(json).unwrap())
    };
    for (json, expected) in [
        (r#"{"ok":true}"#, true),
        (r#"{"ok":"12"}"#, true),
        (r#"{"ok":0}"#, true),
        (r#"{"ok":false}"#, false),
        (r#"{"ok":null}"#, false),
        (r#"{"ok":""}"#, false),
        (r#"{"ok":{}}"#, false),
        ("[]", false),
    ] {
        assert_eq!(said(json), expected, "{json}");
    }
}

#[test]
fn a_gateway_that_cannot_be_meant_is_refused_before_anything_is_sent() {
    let wrong = |text: &str| gateway(text).err().unwrap_or_else(|| panic!("{text}"));
    let url = "url = \"https://sms.example/\"\n";
    let body = "body = '{\"a\":\"{phone}\",\"b\":\"{text}\"}'\n";
    assert!(matches!(wrong("url = \"https://sms.example/?a=b\"\nquery = {}"), Unfit::SetUp(_)));
    assert!(matches!(wrong("url = \"http://sms.example/\"\nquery = {}"), Unfit::SetUp(_)));
    assert_eq!(wrong(&format!("{url}body = '{{\"a\":\"{{phone}}\"}}'")), Unfit::Absent("text"));
    assert_eq!(wrong(&format!("{url}query = {{ a = \"{{fone}}{{text}}\" }}")), Unfit::Place("fone".to_owned()));
    assert!(matches!(wrong(&format!("{url}body = '{{phone}}'")), Unfit::Body(_)));
    assert_eq!(wrong(&format!("{url}{body}form = {{ a = \"{{text}}\" }}")), Unfit::TwoBodies);
    assert_eq!(wrong(&format!("{url}{body}method = \"GET\"")), Unfit::BodyOfGet);
    assert_eq!(wrong(&format!("{url}{body}headers = {{ \"a b\" = \"c\" }}")), Unfit::Header("a b".to_owned()));
    assert_eq!(wrong(&format!("{url}{body}success = {{ is = [\"ok\"] }}")), Unfit::NoPath);
}
