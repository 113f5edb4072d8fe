//! A stand-in for the CliSiTef library: the same C functions, a script instead of a pinpad, a book instead of a bank.
//!
//! The script is the JSON file that `CLISITEF_STANDIN` names, else `clisitef_standin.json` in the working folder; it is
//! read at every call, so that a test can change its mind. The book tells every transaction, every call that broke a rule
//! of the interface, and what was answered. It shares nothing with the driver that it stands against.
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_safety_doc,
    non_snake_case,
    reason = "C functions under their own names; a library that breaks may take its process along"
)]

mod book;
mod dialogue;
mod script;
mod turns;

use std::ffi::{CStr, c_char, c_int, c_long, c_short};

use book::{breach, flush, with_book};
use dialogue::{Dialogue, Sale, the_loop};
use script::Script;

/// Latin-1, as the library's users write.
unsafe fn text(pointer: *const c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: the interface gives texts with their NUL.
    unsafe { CStr::from_ptr(pointer) }.to_bytes().iter().copied().map(char::from).collect()
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ConfiguraIntSiTefInterativo(
    address: *const c_char,
    store: *const c_char,
    terminal: *const c_char,
    reserved: c_short,
) -> c_int {
    // SAFETY: as given by the caller.
    unsafe { configure([address, store, terminal, std::ptr::null()], reserved) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ConfiguraIntSiTefInterativoEx(
    address: *const c_char,
    store: *const c_char,
    terminal: *const c_char,
    reserved: c_short,
    parameters: *const c_char,
) -> c_int {
    // SAFETY: as given by the caller.
    unsafe { configure([address, store, terminal, parameters], reserved) }
}

unsafe fn configure(given: [*const c_char; 4], reserved: c_short) -> c_int {
    // SAFETY: the interface gives texts with their NUL.
    let [address, store, terminal, parameters] = given.map(|given| unsafe { text(given) });
    let mut state = the_loop();
    state.on_one_thread();
    let code = match Script::now().get("configure").as_i64() {
        Some(code) => code,
        None if address.is_empty() => 1,
        None if !digits(&store, 8) => 2,
        None if terminal.len() != 8 || !digits(&terminal[2..], 6) => 3,
        None => 0,
    };
    if state.configured {
        breach("configured twice in one process");
    }
    if reserved != 0 {
        breach("the reserved parameter is not 0");
    }
    state.configured = code == 0;
    with_book(|book| book["configured"] = serde_json::json!([address, store, terminal, parameters]));
    c_int::try_from(code).unwrap()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn IniciaFuncaoSiTefInterativo(
    function: c_int,
    value: *const c_char,
    document: *const c_char,
    date: *const c_char,
    time: *const c_char,
    operator: *const c_char,
    parameters: *const c_char,
) -> c_int {
    let given = [value, document, date, time, operator, parameters];
    // SAFETY: the interface gives texts with their NUL.
    let [value, document, date, time, operator, parameters] = given.map(|given| unsafe { text(given) });
    let mut state = the_loop();
    state.on_one_thread();
    if !state.configured {
        return -1;
    }
    if state.running.is_some() {
        return -12;
    }
    let sale = Sale { function, value, document, date, time };
    with_book(|book| {
        let calls = book["starts"].as_array_mut().unwrap();
        calls.push(serde_json::json!({
            "function": function, "value": sale.value, "document": sale.document, "date": sale.date,
            "time": sale.time, "operator": operator, "parameters": parameters,
        }));
    });
    let script = Script::now();
    if let Some(code) = script.get("start")[function.to_string()].as_i64() {
        return c_int::try_from(code).unwrap();
    }
    if script.is_down() {
        return -5;
    }
    flush(&script);
    sale.check();
    state.running = Some(Dialogue::begin(sale, &script));
    10_000
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ContinuaFuncaoSiTefInterativo(
    command: *mut c_int,
    field: *mut c_long,
    min: *mut c_short,
    max: *mut c_short,
    buffer: *mut c_char,
    size: c_int,
    with: c_int,
) -> c_int {
    let mut state = the_loop();
    state.on_one_thread();
    let Some(mut running) = state.running.take() else { return -9 };
    // SAFETY: the interface gives cells of their size, and a buffer of `size` bytes. The caller of this driver gives eight
    // bytes for each cell, which is looked at here to see that they come back as they were left.
    let cells = unsafe { [command.cast::<i64>(), field.cast(), min.cast(), max.cast()].map(|cell| &mut *cell) };
    // SAFETY: as above.
    let buffer = unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), usize::try_from(size).unwrap()) };
    let result = running.go_on(cells, buffer, with);
    if result == 10_000 {
        state.running = Some(running);
    }
    result
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn FinalizaFuncaoSiTefInterativo(
    confirm: c_short,
    document: *const c_char,
    date: *const c_char,
    time: *const c_char,
    _parameters: *const c_char,
) {
    // SAFETY: as given by the caller.
    unsafe { finish(confirm, [document, date, time]) }
}

unsafe fn finish(confirm: c_short, given: [*const c_char; 3]) {
    // SAFETY: the interface gives texts with their NUL.
    let [document, date, time] = given.map(|given| unsafe { text(given) });
    let mut state = the_loop();
    state.on_one_thread();
    if state.running.is_some() {
        breach("finished before the final result");
    }
    drop(state);
    let script = Script::now();
    script.hold("finish");
    book::finish(&script, confirm, &document, &date, &time);
    script.hold("finished");
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn FinalizaTransacaoSiTefInterativo(
    confirm: c_short,
    document: *const c_char,
    date: *const c_char,
    time: *const c_char,
) {
    // SAFETY: as given by the caller.
    unsafe { finish(confirm, [document, date, time]) }
}

#[unsafe(no_mangle)]
pub extern "C" fn DescarregaMensagens() -> c_int {
    the_loop().on_one_thread();
    c_int::from(!flush(&Script::now()))
}

#[unsafe(no_mangle)]
pub extern "C" fn KeepAlivePinPad() -> c_int {
    presence("keep_alive")
}

#[unsafe(no_mangle)]
pub extern "C" fn VerificaPresencaPinPad() -> c_int {
    presence("presence")
}

fn presence(name: &str) -> c_int {
    the_loop().on_one_thread();
    with_book(|book| book[name] = serde_json::json!(book[name].as_i64().unwrap_or_default() + 1));
    c_int::try_from(Script::now().get("pinpad").as_i64().unwrap_or(1)).unwrap()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn EscreveMensagemPermanentePinPad(message: *const c_char) -> c_int {
    // SAFETY: the interface gives texts with their NUL.
    let message = unsafe { text(message) };
    with_book(|book| book["idle_text"] = serde_json::json!(message));
    0
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ObtemVersao(library: *mut c_char, entry: *mut c_char) -> c_int {
    the_loop().on_one_thread();
    // SAFETY: the interface gives room for 64 bytes in each.
    unsafe {
        write(library, b"6.2.114.2");
        write(entry, b"7.0.117.0");
    }
    0
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn ObtemInformacoesPinPad(told: *mut c_char) -> c_int {
    the_loop().on_one_thread();
    // SAFETY: the interface gives room for 256 bytes.
    unsafe { write(told, b"01006CYGNUS02005PPX-104004 2.106012991274366155") };
    0
}

unsafe fn write(room: *mut c_char, text: &[u8]) {
    // SAFETY: there is room, as the callers say.
    unsafe {
        std::ptr::copy_nonoverlapping(text.as_ptr().cast(), room, text.len());
        room.add(text.len()).write(0);
    }
}
