//! The pinpad by itself, as a technician meets it before a TEF is set up.

use totem::tef::pinpad::{self, Error};

const KEY_WITHIN_S: u8 = 30;

pub fn pinpad(port: &str, key: bool, idle: &[String]) -> Result<(), String> {
    let told = |error: Error| in_portuguese(&error);
    let mut pinpad = pinpad::open(port).map_err(told)?;
    let about = pinpad.about().map_err(told)?;
    println!("fabricante     {}", about.maker);
    println!("modelo         {}", about.model);
    println!("série          {}", about.serial);
    println!("especificação  {}", about.specification);
    if key {
        pinpad.show(["APERTE UMA", "TECLA"]).map_err(told)?;
        match pinpad.key(KEY_WITHIN_S).map_err(told)? {
            Some(key) => println!("tecla          {key}"),
            None => println!("tecla          nenhuma em {KEY_WITHIN_S} s"),
        }
    }
    let line = |at: usize| idle.get(at).map_or("", String::as_str);
    pinpad.close([line(0), line(1)]).map_err(told)
}

fn in_portuguese(error: &Error) -> String {
    match error {
        Error::Port(why) => {
            format!(
                "a porta do pinpad não abre: {why}. Confira o cabo e o nome da porta, e pare o totem e o TEF, que a usam"
            )
        }
        Error::Silent => {
            "a porta existe e nenhum pinpad responde: confira o cabo, a energia e o nome da porta".to_owned()
        }
        Error::Lost(why) => format!("a ligação com o pinpad caiu ({why}): confira o cabo"),
        Error::Garbled(what) => format!("a resposta do pinpad chega estragada ({what}): troque o cabo ou a porta USB"),
        Error::Refused { command, status } => format!("o pinpad recusou {command}: código {status:03}"),
        Error::Secured => "o pinpad está num canal seguro de outro programa: pare o TEF e tente de novo".to_owned(),
        Error::Text(text) => format!("\"{text}\" não cabe no visor: até 16 letras por linha, sem emojis"),
    }
}
