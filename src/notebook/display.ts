/** By which a notebook of Deno's kernel asks a value how it wants to be shown. */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/** What a notebook shows as the last value of a cell. */
export interface Displayed {
  /** By MIME type. */
  readonly data: Readonly<Record<string, string>>;
  readonly [jupyterDisplay]: () => Readonly<Record<string, string>>;
}

export function displayed(data: Readonly<Record<string, string>>): Displayed {
  return { data, [jupyterDisplay]: () => data };
}
