/*
 * What binning does for every value of a column: sorting, and the search for its bin. The host copies a stretch of a column to `column`.
 */
import { countDistinct } from './count-distinct.ts';
import { fillBins } from './fill-bins.ts';
import { freeFrom, place } from './memory.ts';

export { countDistinct, fillBins, freeFrom, place };
