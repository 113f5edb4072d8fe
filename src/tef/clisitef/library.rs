//! The one place where the vendor's library is called. It lives in a process of its own, on one thread, and is never
//! unloaded: it leaves threads and exit handlers behind.
#![allow(unsafe_code, reason = "a C library is called here, and nowhere else")]

use std::ffi::{CString, c_char, c_int, c_long, c_short, c_void};
use std::path::Path;

use libloading::os::unix::{self as dl, RTLD_GLOBAL, RTLD_LAZY, RTLD_LOCAL};

use super::about;
use super::key::Key;
use super::line::Turn;

type Text = *const c_char;
// The reserved number is a `short` in the headers and a text in the manual: a whole register of zero is both.
type ConfigureEx = unsafe extern "C" fn(Text, Text, Text, isize, Text) -> c_int;
type ConfigurePlain = unsafe extern "C" fn(Text, Text, Text, isize) -> c_int;
type Start = unsafe extern "C" fn(c_int, Text, Text, Text, Text, Text, Text) -> c_int;
type Continue =
    unsafe extern "C" fn(*mut c_int, *mut c_long, *mut c_short, *mut c_short, *mut c_char, c_int, c_int) -> c_int;
type FinishFunction = unsafe extern "C" fn(c_short, Text, Text, Text, Text);
type FinishTransaction = unsafe extern "C" fn(c_short, Text, Text, Text);
type Plain = unsafe extern "C" fn() -> c_int;
type Message = unsafe extern "C" fn(Text) -> c_int;
type Version = unsafe extern "C" fn(*mut c_char, *mut c_char) -> c_int;
type Told = unsafe extern "C" fn(*mut c_char) -> c_int;

/// What the library is told its buffer holds; it wants 20,000 at the least.
const TOLD: usize = 32_768;
/// What the buffer holds indeed.
const HELD: usize = 2 * TOLD;

/// For texts of at most 256 bytes, and some that are longer than promised.
const ROOM: usize = 1_024;

pub(super) struct Library {
    configure: Configure,
    start: Start,
    proceed: Continue,
    finish: Finish,
    flush: Option<Plain>,
    presence: Option<Plain>,
    idle_text: Option<Message>,
    version: Option<Version>,
    pinpad: Option<Told>,
    cells: Box<Cells>,
    buffer: Vec<u8>,
}

enum Configure {
    Ex(ConfigureEx),
    Plain(ConfigurePlain),
}

enum Finish {
    Function(FinishFunction),
    Transaction(FinishTransaction),
}

/// The library's four out parameters. Libraries write 2, 4 or 8 bytes of them; each has eight, and is left between two
/// calls as the library left it.
#[derive(Default)]
struct Cells {
    command: i64,
    field: i64,
    min: i64,
    max: i64,
}

impl Library {
    /// Loads the library; gives the optional functions that it does not have.
    pub fn open(path: &Path, global_symbols: bool) -> Result<(Library, Vec<String>), String> {
        let flags = RTLD_LAZY | if global_symbols { RTLD_GLOBAL } else { RTLD_LOCAL };
        // SAFETY: loading runs the library's initialisers. That is what the technician who names this file asks for, and
        // it happens in a process that holds nothing else.
        let library = unsafe { dl::Library::open(Some(path), flags) }.map_err(|why| told(path, &why))?;
        let library = std::mem::ManuallyDrop::new(library);
        let mut absent = Vec::new();
        let mut optional = Vec::new();
        // SAFETY (all the symbols below): each type is the prototype in the vendor's headers; `library` is never
        // unloaded, so a function stays where it is.
        let configure = unsafe {
            match (
                symbol::<ConfigureEx>(&library, "ConfiguraIntSiTefInterativoEx"),
                symbol::<ConfigurePlain>(&library, "ConfiguraIntSiTefInterativo"),
            ) {
                (Some(ex), _) => Some(Configure::Ex(ex)),
                (None, plain) => plain.map(Configure::Plain),
            }
        };
        // SAFETY: as above.
        let (start, proceed) = unsafe {
            (
                symbol::<Start>(&library, "IniciaFuncaoSiTefInterativo"),
                symbol::<Continue>(&library, "ContinuaFuncaoSiTefInterativo"),
            )
        };
        // SAFETY: as above.
        let finish = unsafe {
            match (
                symbol::<FinishFunction>(&library, "FinalizaFuncaoSiTefInterativo"),
                symbol::<FinishTransaction>(&library, "FinalizaTransacaoSiTefInterativo"),
            ) {
                (Some(function), _) => Some(Finish::Function(function)),
                (None, transaction) => transaction.map(Finish::Transaction),
            }
        };
        for (name, is_there) in [
            ("ConfiguraIntSiTefInterativo", configure.is_some()),
            ("IniciaFuncaoSiTefInterativo", start.is_some()),
            ("ContinuaFuncaoSiTefInterativo", proceed.is_some()),
            ("FinalizaFuncaoSiTefInterativo", finish.is_some()),
        ] {
            if !is_there {
                absent.push(name);
            }
        }
        // SAFETY: as above.
        let (flush, keep_alive, presence, idle_text) = unsafe {
            (
                symbol::<Plain>(&library, "DescarregaMensagens"),
                symbol::<Plain>(&library, "KeepAlivePinPad"),
                symbol::<Plain>(&library, "VerificaPresencaPinPad"),
                symbol::<Message>(&library, "EscreveMensagemPermanentePinPad"),
            )
        };
        for (name, is_there) in [
            ("ConfiguraIntSiTefInterativoEx", matches!(configure, Some(Configure::Ex(_)))),
            ("FinalizaFuncaoSiTefInterativo", matches!(finish, Some(Finish::Function(_)))),
            ("DescarregaMensagens", flush.is_some()),
            ("KeepAlivePinPad", keep_alive.is_some()),
            ("EscreveMensagemPermanentePinPad", idle_text.is_some()),
        ] {
            if !is_there {
                optional.push(name.to_owned());
            }
        }
        let (Some(configure), Some(start), Some(proceed), Some(finish)) = (configure, start, proceed, finish) else {
            return Err(format!("{} has no {}", path.display(), absent.join(", ")));
        };
        let presence = keep_alive.or(presence);
        // SAFETY: as above.
        let (version, pinpad) =
            unsafe { (symbol::<Version>(&library, "ObtemVersao"), symbol::<Told>(&library, "ObtemInformacoesPinPad")) };
        let cells = Box::default();
        let buffer = vec![0; HELD];
        Ok((
            Library { configure, start, proceed, finish, flush, presence, idle_text, version, pinpad, cells, buffer },
            optional,
        ))
    }

    pub fn configure(&self, address: &str, store: &str, terminal: &str, parameters: &str) -> Result<i32, String> {
        let (address, store, terminal) = (text(address)?, text(store)?, text(terminal)?);
        let parameters = text(parameters)?;
        // SAFETY: every text lives until the call has returned; the library copies what it keeps.
        Ok(unsafe {
            match self.configure {
                Configure::Ex(call) => {
                    call(address.as_ptr(), store.as_ptr(), terminal.as_ptr(), 0, parameters.as_ptr())
                }
                Configure::Plain(call) => call(address.as_ptr(), store.as_ptr(), terminal.as_ptr(), 0),
            }
        })
    }

    pub fn start(
        &mut self,
        function: i32,
        amount: &str,
        key: &Key,
        operator: &str,
        parameters: &str,
    ) -> Result<i32, String> {
        let (amount, operator, parameters) = (text(amount)?, text(operator)?, text(parameters)?);
        let (document, date, time) = (text(&key.document)?, text(&key.date)?, text(&key.time)?);
        // The loop begins with everything at zero.
        *self.cells = Cells::default();
        self.buffer.fill(0);
        // SAFETY: every text lives until the call has returned.
        Ok(unsafe {
            (self.start)(
                function,
                amount.as_ptr(),
                document.as_ptr(),
                date.as_ptr(),
                time.as_ptr(),
                operator.as_ptr(),
                parameters.as_ptr(),
            )
        })
    }

    /// One step. Without an answer the buffer goes back as it came.
    pub fn proceed(&mut self, with: i32, answer: Option<&str>) -> Result<(Turn, &[u8]), String> {
        if let Some(answer) = answer {
            let answer = text(answer)?;
            let bytes = answer.as_bytes_with_nul();
            let place = self.buffer.get_mut(..bytes.len()).filter(|_| bytes.len() <= TOLD);
            place.ok_or("the answer is longer than the library's buffer")?.copy_from_slice(bytes);
        }
        let told = c_int::try_from(TOLD).unwrap_or(c_int::MAX);
        let Cells { command, field, min, max } = self.cells.as_mut();
        // SAFETY: the cells and the buffer live as long as `self`, nobody else reads or writes them during the call, and
        // each is at least as large as what the library may write there.
        let result = unsafe {
            (self.proceed)(
                std::ptr::from_mut(command).cast(),
                std::ptr::from_mut(field).cast(),
                std::ptr::from_mut(min).cast(),
                std::ptr::from_mut(max).cast(),
                self.buffer.as_mut_ptr().cast(),
                told,
                with,
            )
        };
        // whatever was written, a text ends inside the buffer
        if let Some(last) = self.buffer.last_mut() {
            *last = 0;
        }
        let length = self.buffer.iter().position(|byte| *byte == 0).unwrap_or_default();
        let cells = self.cells.as_ref();
        let turn = Turn {
            result,
            command: low32(cells.command),
            field: low32(cells.field),
            min: low16(cells.min),
            max: low16(cells.max),
            length,
            text: None,
        };
        Ok((turn, self.buffer.get(..length).unwrap_or_default()))
    }

    /// The loop is over: nothing of it stays in memory.
    pub fn forget(&mut self) {
        self.buffer.fill(0);
    }

    pub fn finish(&self, confirm: bool, key: &Key) -> Result<(), String> {
        let (document, date, time) = (text(&key.document)?, text(&key.date)?, text(&key.time)?);
        let confirm = c_short::from(confirm);
        // SAFETY: every text lives until the call has returned.
        unsafe {
            match self.finish {
                Finish::Function(call) => {
                    call(confirm, document.as_ptr(), date.as_ptr(), time.as_ptr(), c"".as_ptr());
                }
                Finish::Transaction(call) => call(confirm, document.as_ptr(), date.as_ptr(), time.as_ptr()),
            }
        }
        Ok(())
    }

    /// Nothing where the library does not have it.
    pub fn flush(&self) -> Option<i32> {
        // SAFETY: takes nothing.
        self.flush.map(|call| unsafe { call() })
    }

    pub fn presence(&self) -> Option<i32> {
        // SAFETY: takes nothing.
        self.presence.map(|call| unsafe { call() })
    }

    /// Versions, and who the pinpad is, where the library tells.
    pub fn about(&self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        if let Some(call) = self.version {
            let (mut library, mut entry) = ([0_u8; ROOM], [0_u8; ROOM]);
            // SAFETY: the interface writes at most 64 bytes into each.
            let code = unsafe { call(library.as_mut_ptr().cast(), entry.as_mut_ptr().cast()) };
            if code == 0 {
                let pair = |name: &str, bytes: &[u8]| (name.to_owned(), about::latin(bytes));
                told.extend([pair("CliSiTef", &library), pair("CliSiTefI", &entry)]);
            }
        }
        if let Some(call) = self.pinpad {
            let mut bytes = [0_u8; ROOM];
            // SAFETY: the interface writes at most 256 bytes.
            let code = unsafe { call(bytes.as_mut_ptr().cast()) };
            if code == 0 {
                told.extend(about::device(&about::latin(&bytes)));
            }
        }
        told.retain(|(_, value)| !value.is_empty());
        told
    }

    pub fn idle_text(&self, words: &str) -> Result<Option<i32>, String> {
        let words = text(words)?;
        // SAFETY: the text lives until the call has returned.
        Ok(self.idle_text.map(|call| unsafe { call(words.as_ptr()) }))
    }
}

/// # Safety
/// `T` must be the function's own type.
unsafe fn symbol<T: Copy>(library: &dl::Library, name: &str) -> Option<T> {
    const { assert!(size_of::<T>() == size_of::<*mut c_void>()) };
    // SAFETY: promised by whoever calls this.
    unsafe { library.get::<T>(name) }.ok().map(|found| *found)
}

/// The loader's own words, which name what is missing.
fn told(path: &Path, why: &libloading::Error) -> String {
    let cause = std::error::Error::source(why).map_or_else(|| why.to_string(), ToString::to_string);
    if path.exists() { format!("{}: {cause}", path.display()) } else { format!("{} is not there", path.display()) }
}

/// Latin-1 with its end; what has no place in it becomes `?`.
fn text(text: &str) -> Result<CString, String> {
    let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    CString::new(bytes).map_err(|_| "a text with a NUL in it was not given to the library".to_owned())
}

/// The low bytes of a cell; above them there may be dirt.
#[allow(clippy::cast_possible_truncation, reason = "the upper half may be what an older call left")]
fn low32(cell: i64) -> i32 {
    cell as i32
}

#[allow(clippy::cast_possible_truncation, reason = "the upper part may be what an older call left")]
fn low16(cell: i64) -> i16 {
    cell as i16
}
