import { createContext } from 'preact';

/** Where the numbers are from, in a line that a saved picture carries. */
export const Provenance = createContext('');
