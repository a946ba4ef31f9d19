import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';

/** What `kernel/hessian/` exports; addresses are into its memory. */
interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly diagonal: { readonly value: number };
  readonly columns: { readonly value: number };
  readonly hessian: { readonly value: number };
  begin(terms: number): number;
  add(): void;
}

/**
 * The lower triangle of Σ Zᵀ D Z over blocks, n × n row by row; what is above it is 0. The same bits on every machine.
 * @param eachBlock gives `add` every block: the diagonal of D and the n columns of Z, one after the other, of `BLOCK` numbers each.
 * @throws EngineError where n × n numbers do not fit into 4 GB.
 */
export function sumHessian(
  n: number,
  eachBlock: (add: (z: Float64Array, diagonal: Float64Array) => void) => void,
): Float64Array {
  const { memory, diagonal, columns, hessian, begin, add } = kernelOf();
  if (begin(n) === 0)
    throw new EngineError(`The Hessian of ${n} terms does not fit into memory.`, { terms: n });
  const { buffer } = memory;
  eachBlock((z, factors) => {
    new Float64Array(buffer, diagonal.value, factors.length).set(factors);
    new Float64Array(buffer, columns.value, z.length).set(z);
    add();
  });
  return new Float64Array(buffer, hessian.value, n * n).slice();
}

/** One a thread: its memory is used again. */
let kernel: Kernel | undefined;

function kernelOf(): Kernel {
  // The module is built with this one, and the compiler of each knows its own half alone.
  kernel ??= new WebAssembly.Instance(readModule('models/logistic-regression/hessian.wasm'), {})
    .exports as unknown as Kernel;
  return kernel;
}
