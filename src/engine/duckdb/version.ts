import { version } from '@duckdb/node-api';

/** Of the embedded engine's library, such as `1.4.1`. */
export function duckdbVersion(): string {
  return version().replace(/^v/, '');
}
