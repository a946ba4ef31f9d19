/*
 * What this module asks of its host: all that is rare. A call may have the memory grow; what the kernel keeps in globals
 * and fields is right after it.
 */

/**
 * Takes up a text that stands in a slot for the first time, as it is written between its quotes; the host calls `keepText`
 * for it.
 * @returns its code, from 1; 0 where it is no JSON string of well-formed UTF-8.
 */
export declare function addText(slot: i32, at: usize, length: i32): i32;

/** Whether these bytes, between quotes, are a JSON string of well-formed UTF-8. */
export declare function isText(at: usize, length: i32): bool;

/** Milliseconds since 1970 of a time in ISO 8601; NaN where it is none. */
export declare function isoMillis(at: usize, length: i32): f64;

/**
 * Takes up a combination of the codes that make a kind, which stands in `codes`; the host calls `keepKind` for it, or ends the
 * tally where they are too many.
 */
export declare function addKind(kind: i32): void;

/** Ends the tally by an exception. */
export declare function refuse(reason: i32): void;
