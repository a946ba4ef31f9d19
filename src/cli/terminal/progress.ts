import { styleText } from 'node:util';
import type { ProgressEvent } from '../../effects.ts';

const plainEverySeconds = 5;

/** Where progress is shown: stderr, or a stream in its place. */
export type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Shows progress on stderr: a bar that is drawn anew on a terminal, else a line at the start of a stage and now and then. Stages may run at the same time. */
export class ProgressView {
  readonly #stream: Screen;
  readonly #now: () => number;
  /** When each began, and when it was last shown. */
  readonly #stages = new Map<string, { start: number; shown: number }>();
  #lineLength = 0;

  constructor(stream: Screen, now: () => number) {
    this.#stream = stream;
    this.#now = now;
  }

  readonly show = (event: ProgressEvent): void => {
    const now = this.#now();
    const stage = this.#stages.get(event.stage) ?? { start: now, shown: Number.NEGATIVE_INFINITY };
    this.#stages.set(event.stage, stage);
    if (event.done === 0) stage.start = now;
    const interval = this.#stream.isTTY ? 0.1 : plainEverySeconds;
    if ((now - stage.shown) / 1000 < interval) return;
    stage.shown = now;
    const seconds = (now - stage.start) / 1000;
    if (this.#stream.isTTY) this.#draw(barLine(event, seconds, this.#stream.columns ?? 80, this.#stream));
    else this.#stream.write(`${plainLine(event, seconds)}\n`);
  };

  /** Removes the bar. */
  readonly clear = (): void => {
    if (this.#lineLength > 0) this.#stream.write('\r\x1b[2K');
    this.#lineLength = 0;
  };

  #draw(line: string): void {
    this.#stream.write(`\r\x1b[2K${line}`);
    this.#lineLength = line.length;
  }
}

/** One line without colours: stage, share done, rate. */
export function plainLine(event: ProgressEvent, seconds: number): string {
  if (event.done === 0) return `${event.stage} …`;
  return [event.stage, share(event), rate(event, seconds)].filter((part) => part !== '').join(' · ');
}

function barLine(event: ProgressEvent, seconds: number, columns: number, stream: Screen): string {
  const rest = ` ${[share(event), rate(event, seconds)].filter((part) => part !== '').join(' · ')}`;
  const stage = event.stage.padEnd(12).slice(0, 24);
  const width = Math.min(30, columns - stage.length - rest.length - 3);
  if (event.total === undefined || width < 5) return `${stage}${rest}`.slice(0, columns - 1);
  const full = Math.round((width * Math.min(event.done, event.total)) / Math.max(event.total, 1));
  const bar =
    styleText('cyan', '━'.repeat(full), { stream }) + styleText('dim', '━'.repeat(width - full), { stream });
  return `${stage} ${bar}${rest}`;
}

function share({ done, total, unit }: ProgressEvent): string {
  if (total === undefined || total === 0) return amount(done, unit);
  if (unit === 'fits') return `${done} of ${total} fits`;
  return `${Math.floor((100 * done) / total)} %`;
}

function rate({ done, unit }: ProgressEvent, seconds: number): string {
  if (seconds < 0.5 || unit === 'steps' || unit === 'fits') return '';
  return `${amount(done / seconds, unit)}/s`;
}

function amount(value: number, unit: ProgressEvent['unit']): string {
  if (unit === 'bytes')
    return value >= 1e9 ? `${(value / 1e9).toFixed(2)} GB` : `${(value / 1e6).toFixed(1)} MB`;
  return `${Math.round(value).toLocaleString('en-US')} ${unit}`;
}
