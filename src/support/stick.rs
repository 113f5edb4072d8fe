//! Pen drives that somebody has put in, and that the machine has mounted.

use std::path::{Path, PathBuf};

/// A mounted file system on a medium that can be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stick {
    pub path: PathBuf,
    pub read_only: bool,
}

/// In the order in which they were mounted, those that can be written first. `root` is `/`, but for a test.
#[must_use]
pub fn sticks(root: &Path) -> Vec<Stick> {
    let table = std::fs::read_to_string(root.join("proc/self/mountinfo")).unwrap_or_default();
    let mut found: Vec<Stick> = table.lines().filter_map(|line| stick(root, line)).collect();
    found.sort_by_key(|stick| stick.read_only);
    found
}

/// A line of `proc_pid_mountinfo(5)`: `36 35 8:17 / /media/usb rw,nosuid shared:1 - vfat /dev/sdb1 rw`.
fn stick(root: &Path, line: &str) -> Option<Stick> {
    let (first, last) = line.split_once(" - ")?;
    let fields: Vec<&str> = first.split(' ').collect();
    let [_, _, device, "/", place, options, ..] = fields.as_slice() else { return None };
    is_removable(root, device).then_some(())?;
    let read_only = [Some(*options), last.split(' ').nth(2)];
    let read_only = read_only.into_iter().flatten().any(|options| options.split(',').any(|option| option == "ro"));
    Some(Stick { path: PathBuf::from(plain(place)), read_only })
}

/// Of the disk, where the device is a part of one. USB disks that call themselves fixed are known by their way.
fn is_removable(root: &Path, device: &str) -> bool {
    let Ok(place) = root.join("sys/dev/block").join(device).canonicalize() else { return false };
    let says_so =
        |folder: &Path| std::fs::read_to_string(folder.join("removable")).is_ok_and(|text| text.trim() == "1");
    let by_usb = place.components().any(|part| part.as_os_str().to_string_lossy().starts_with("usb"));
    by_usb || says_so(&place) || place.parent().is_some_and(says_so)
}

/// Blanks and the like are written in octal.
fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let octal = after.get(..3).filter(|_| *first == b'\\');
        let byte = octal.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
