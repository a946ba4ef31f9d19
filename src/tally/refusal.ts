/** A log that cannot be tallied as it streams by, though nothing is wrong with it: it is read row by row instead. */
export class Refusal extends Error {}
