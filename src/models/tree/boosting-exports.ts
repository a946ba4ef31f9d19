import { readModule } from '../../webassembly-module.ts';
import type { RowExports } from './kernel-rows.ts';

/** What `kernel/boosting/` exports; addresses are into its memory. */
export interface BoostingExports extends RowExports {
  readonly sumG: { readonly value: number };
  readonly sumV: { readonly value: number };
  place(
    side: number,
    features: number,
    picks: number,
    spans: number,
    ids: number,
    isWide: number,
    histograms: number,
    slotBytes: number,
    found: number,
  ): void;
  placeDerivatives(
    gradients: number,
    hessians: number,
    logOdds: number,
    weights: number,
    labels: number,
  ): void;
  setExponential(fractions: number, stepsPerUnit: number, stepHigh: number, stepLow: number): void;
  setScales(gradientScale: number, hessianScale: number, countUnit: number): void;
  setRule(minSamplesLeaf: number, minHessian: number, l2: number, countUnit: number): void;
  differentiate(rows: number): void;
  layOut(rows: number, features: number): void;
  sum(slot: number, start: number, end: number, size: number): number;
  open(
    features: number,
    slot: number,
    g: number,
    v: number,
    bar: number,
    siblingSlot: number,
    siblingG: number,
    siblingV: number,
    siblingBar: number,
  ): void;
  sumHessians(start: number, end: number): number;
  addToLogOdds(start: number, end: number, value: number): void;
}

/** A module of its own memory. @throws EngineError when it has not been built. */
export function instantiateBoosting(): BoostingExports {
  // The module is built with this one, and the compiler of each knows its own half alone.
  return new WebAssembly.Instance(readModule('models/tree/boosting.wasm'), {})
    .exports as unknown as BoostingExports;
}
