import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('optuna_tpe.py', import.meta.url));

/**
 * The least mean loss that Optuna's TPE finds. It runs in a process of its own and asks here for each fit's loss.
 * @throws {Error} when the Python ends early, such as without the package.
 */
export async function optuna({ space, defaults, weights, lossOf }, { fits, seed, pruner }, python) {
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const tell = (message) => child.stdin.write(`${JSON.stringify(message)}\n`);
  tell({ space, defaults, weights, fits, seed, pruner });
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line);
    if ('best' in message) {
      child.stdin.end();
      return message.best;
    }
    tell(lossOf(message));
  }
  throw new Error(`${python} ${program} ended early: it needs the package optuna.`);
}
