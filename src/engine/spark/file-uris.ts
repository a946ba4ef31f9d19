import { symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { LineInput } from '../engine.ts';
import { withKnownScheme } from './list-files.ts';

/** What Spark calls files, and by what path each was asked for. */
export class FileUris {
  readonly #workFolder: string;
  readonly #paths = new Map<string, string>();
  #links = 0;

  /** @param workFolder for links to files that Spark would not read under their own names. */
  constructor(workFolder: string) {
    this.#workFolder = resolve(workFolder);
  }

  /** What Spark is to read for an input: a glob of it alone. */
  async of({ path, format, remote }: LineInput): Promise<string> {
    if (format === 'table') {
      this.#paths.set(path, path);
      return path;
    }
    const target = remote ? withKnownScheme(path) : await this.#visible(resolve(path));
    this.#paths.set(keyOf(target), path);
    return `${remote ? '' : 'file://'}${target.replaceAll(/[\\{}[\]*?]/g, '\\$&')}`;
  }

  /** The path of the input that Spark means by the URI of a file. */
  pathOf(uri: string): string {
    return this.#paths.get(uri) ?? this.#paths.get(keyOf(decodeURIComponent(uri))) ?? uri;
  }

  /** Spark passes over files whose names begin with a dot or an underscore, even when asked for them, and cannot read ones with a colon. */
  async #visible(path: string): Promise<string> {
    if (!/^[._]|:/.test(basename(path))) return path;
    const name = basename(path).replaceAll(':', '-');
    const link = join(this.#workFolder, `visible-${++this.#links}-${name}`);
    await symlink(path, link);
    return link;
  }
}

/** A file's name, however many slashes Spark gives it after its scheme. */
function keyOf(path: string): string {
  return path.replace(/^file:\/*(?=\/)/, '');
}
