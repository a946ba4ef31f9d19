import { useEffect, useState } from 'preact/hooks';

const prefix = '#user/';

/** The address of a user's page within the report. */
export function addressOf(name: string): string {
  return prefix + encodeURIComponent(name);
}

/** The user whose page an address asks for. */
export function nameAt(hash: string): string | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  try {
    return decodeURIComponent(hash.slice(prefix.length));
  } catch {
    // A reader may have typed it.
    return undefined;
  }
}

/** The part of the page's address after its file, followed as it changes. */
export function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash;
}
