import { EngineError } from './errors.ts';

/** An error of the file system as one that says what to do; any other value comes back as it is. */
export function storageError(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return error;
  const advice = ADVICE[error.code] ?? `the system says ${error.code}: ${error.message}.`;
  return new EngineError(`Cannot write ${path}: ${advice}`, { path, code: error.code }, { cause: error });
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space or write to another disk; nothing was kept.',
  EDQUOT: 'the disk quota is used up. Free some space or write elsewhere; nothing was kept.',
  EACCES: 'permission denied. Write where you may, or change the rights of the folder.',
  EPERM: 'the system does not permit it. Write elsewhere, or change the rights of the folder.',
  EROFS: 'the file system is read-only. Write to another place.',
  ENOENT: 'its folder does not exist. Create it first.',
  ENOTDIR: 'a part of its path is a file, not a folder. Correct the path.',
  EISDIR: 'there is a folder of that name. Name a file, or end the name with a slash to fill the folder.',
  EFBIG: 'the file would be larger than allowed.',
};
