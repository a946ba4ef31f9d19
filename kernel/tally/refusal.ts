/** Reasons of `refuse`; the host words them. */
export const tooManyBytes = 0;
export const tooLongDurations = 1;
export const tooMuchMemory = 2;
