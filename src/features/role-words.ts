/** What a role's actions are called in the plural; `“role” actions` for one that is not known. */
export function roleWords(role: string): string {
  return known[role] ?? `“${role.replaceAll('_', ' ')}” actions`;
}

/** What one of them is called. */
export function roleWord(role: string): string {
  return known[role]?.replace(/s\b/, '') ?? `“${role.replaceAll('_', ' ')}” action`;
}

const known: Readonly<Record<string, string>> = {
  play: 'plays',
  like: 'likes',
  dislike: 'dislikes',
  advert: 'adverts',
  save: 'saves to a playlist',
  friend: 'friends added',
  home: 'visits to the home page',
  help: 'visits to the help page',
  settings: 'visits to the settings page',
  about: 'visits to the about page',
  error: 'error pages',
  logout: 'logouts',
  upgrade_visit: 'visits to the upgrade page',
  downgrade_visit: 'visits to the downgrade page',
  upgrade: 'upgrades',
  downgrade: 'downgrades',
};
