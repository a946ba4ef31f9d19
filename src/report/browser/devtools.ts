import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { EngineError } from '../../errors.ts';

const answer = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A browser's DevTools protocol over a pair of pipes: messages are JSON, ended by a zero byte. */
export class Devtools {
  readonly #to: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(method: string, params: unknown) => void>();
  #rest = '';
  #sent = 0;
  #failure: Error | undefined;

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    from.setEncoding('utf8');
    from.on('data', (text: string) => this.#receive(text));
    // What cannot be sent is told by the end of the browser.
    to.on('error', () => {});
    from.on('error', () => {});
  }

  /** @throws EngineError when the browser refuses, or has ended. */
  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const id = ++this.#sent;
    this.#to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  listen(listener: (method: string, params: unknown) => void): void {
    this.#listeners.add(listener);
  }

  /** Lets everything that is still waited for fail. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #receive(text: string): void {
    this.#rest += text;
    if (!text.includes('\0')) return;
    const messages = this.#rest.split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) this.#settle(answer.parse(JSON.parse(message)));
  }

  #settle({ id, method, params, result, error }: z.infer<typeof answer>): void {
    if (id === undefined) {
      if (method !== undefined) for (const listener of this.#listeners) listener(method, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new EngineError(`The browser refused: ${error.message}`));
  }
}
