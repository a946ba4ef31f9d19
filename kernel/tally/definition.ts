/* What the host tells of the log's definition before the first line. */

/** The slot of each part; one behind the last where it has none. */
export let userSlot: i32 = 0;
export let sessionSlot: i32 = 0;
export let actionSlot: i32 = 0;
export let timeSlot: i32 = 0;
export let sequenceSlot: i32 = 0;
export let durationSlot: i32 = 0;
export let registeredSlot: i32 = 0;
export let creatorSlot: i32 = 0;
export let itemSlot: i32 = 0;
export let genderSlot: i32 = 0;
export let locationSlot: i32 = 0;
export let agentSlot: i32 = 0;

/** How numbers become milliseconds; see `units.ts`. */
export let timeUnit: i32 = 0;
export let registeredUnit: i32 = 0;

/** Times must be within these, in ms since 1970; the second is excluded. */
export let earliest: f64 = 0;
export let latest: f64 = 0;

/** Durations are counted in 10 µs. */
export let durationScale: f64 = 0;
export let longestDuration: f64 = 0;

/** Codes of the empty text, where it was met. */
export let emptyUser: i32 = -1;
export let emptyAction: i32 = -1;

/** Whether kinds of rows are made of what a line says of its user. */
export let areKindsOfUser: bool = false;
