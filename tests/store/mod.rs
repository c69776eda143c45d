//! The file from outside: several processes at once, broken files, files of older versions.
