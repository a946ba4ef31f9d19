import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where Refrain keeps what it can make again: `REFRAIN_CACHE`, else `XDG_CACHE_HOME/refrain`, else `~/.cache/refrain`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const own = env.REFRAIN_CACHE;
  if (own !== undefined && own !== '') return own;
  const xdg = env.XDG_CACHE_HOME;
  // The XDG specification has relative paths ignored.
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'refrain');
}
