/*
 * What boosting does millions of times: derivatives of the loss, the layout of what a tree draws, histograms (of every bin the gradients
 * and second derivatives of a node's rows), the best split of every feature in them, and the parting of rows. The sums are exact in any
 * order (see `src/models/tree/gradients.ts`), so that all is the same bits as with plain loops.
 */
import { part } from '../trees/part.ts';
import { freeFrom, placeRows } from '../trees/rows.ts';
import { layOut } from './lay-out.ts';
import {
  addToLogOdds,
  differentiate,
  setExponential,
  setScales,
  sumG,
  sumHessians,
  sumV,
} from './log-loss.ts';
import { place, placeDerivatives } from './memory.ts';
import { open } from './open.ts';
import { setRule } from './scan.ts';
import { sum } from './sum.ts';

export {
  addToLogOdds,
  differentiate,
  freeFrom,
  layOut,
  open,
  part,
  place,
  placeDerivatives,
  placeRows,
  setExponential,
  setRule,
  setScales,
  sum,
  sumG,
  sumHessians,
  sumV,
};
