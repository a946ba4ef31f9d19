/*
 * What growing a boosted tree does millions of times: lays out what a tree draws, sums its histograms (of every bin the gradients and
 * second derivatives of a node's rows), and finds in them the best split of every feature. The sums are exact in any order (see
 * `src/models/tree/gradients.ts`), so that all is the same bits as with plain loops.
 */
import { layOut } from './lay-out.ts';
import { freeFrom, place } from './memory.ts';
import { open } from './open.ts';
import { setRule } from './scan.ts';
import { sum } from './sum.ts';

export { freeFrom, layOut, open, place, setRule, sum };
