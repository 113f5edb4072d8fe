//! The file a technician writes: layers, validation, errors that point at the line.
