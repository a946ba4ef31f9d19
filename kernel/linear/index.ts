/*
 * What a linear model does for every row: its log-odds, the gradient and the Hessian, nearly all of what a fit costs. Rows stand in blocks,
 * column by column. All sums are of the same numbers in the same order as those of plain loops, which the tests compare bit for bit.
 */
import { addGradient } from './gradient.ts';
import { addHessian } from './hessian.ts';
import { freeFrom, place, placeHessian } from './memory.ts';
import { multiply } from './multiply.ts';

export { addGradient, addHessian, freeFrom, multiply, place, placeHessian };
