import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** A terminal, or a pipe, that remembers what was written to it. */
export class RecordedScreen extends Writable {
  readonly isTTY: boolean;
  readonly columns: number;
  text = '';

  constructor(isTTY: boolean, columns = 80) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  /** The line as it shows in the end. */
  line(): string {
    const drawn = this.text.slice(this.text.lastIndexOf('\r') + 1);
    return stripVTControlCharacters(drawn);
  }
}
