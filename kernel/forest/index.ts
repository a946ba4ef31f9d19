/*
 * What a forest does for every node: histograms of the features that are drawn for it, the best split in them, and the parting of rows.
 * The sums are whole numbers, so that all is the same bits as with plain loops.
 */
import { part } from '../trees/part.ts';
import { freeFrom, placeRows } from '../trees/rows.ts';
import { place } from './memory.ts';
import { scan, setLeast, setNode } from './scan.ts';
import { sum, sumTwo } from './sum.ts';

export { freeFrom, part, place, placeRows, scan, setLeast, setNode, sum, sumTwo };
