/** Numbers one after the other, in a typed array that grows. */
export class NumberList<A extends Int32Array | Float64Array> {
  length = 0;
  #values: A;
  readonly #Type: new (
    length: number,
  ) => A;

  constructor(Type: new (length: number) => A) {
    this.#Type = Type;
    this.#values = new Type(1 << 10);
  }

  push2(a: number, b: number): void {
    if (this.length + 2 > this.#values.length) this.#grow();
    this.#values[this.length++] = a;
    this.#values[this.length++] = b;
  }

  push3(a: number, b: number, c: number): void {
    if (this.length + 3 > this.#values.length) this.#grow();
    this.#values[this.length++] = a;
    this.#values[this.length++] = b;
    this.#values[this.length++] = c;
  }

  /** The numbers; valid until the list changes. */
  values(): A {
    return this.#values.subarray(0, this.length) as A;
  }

  clear(): void {
    this.length = 0;
  }

  #grow(): void {
    const larger = new this.#Type(2 * this.#values.length);
    larger.set(this.#values);
    this.#values = larger;
  }
}
