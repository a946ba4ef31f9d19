/** SQL for the operating system that a user agent names; null stays null. */
export function systemOf(agent: string): string {
  return firstMatch(agent, [
    ['%iPhone%', 'iOS'],
    ['%iPad%', 'iOS'],
    ['%Android%', 'Android'],
    ['%Windows%', 'Windows'],
    ['%Macintosh%', 'macOS'],
    ['%Linux%', 'Linux'],
  ]);
}

/** SQL for the kind of device that a user agent names. */
export function deviceOf(agent: string): string {
  return firstMatch(agent, [
    ['%iPad%', 'tablet'],
    ['%iPhone%', 'phone'],
    ['%Android%', 'phone'],
    ['%Mobile%', 'phone'],
    ['%Windows%', 'computer'],
    ['%Macintosh%', 'computer'],
    ['%Linux%', 'computer'],
  ]);
}

/** SQL for the browser that a user agent names; Chrome calls itself Safari too, so it is asked first. */
export function browserOf(agent: string): string {
  return firstMatch(agent, [
    ['%Edg%', 'Edge'],
    ['%Chrome%', 'Chrome'],
    ['%Firefox%', 'Firefox'],
    ['%Trident%', 'Internet Explorer'],
    ['%MSIE%', 'Internet Explorer'],
    ['%Safari%', 'Safari'],
  ]);
}

/** SQL for the first state of a location written `City-City, ST-ST`; null for another form. */
export function stateOf(location: string): string {
  return `nullif(split_part(split_part(${location}, ', ', 2), '-', 1), '')`;
}

function firstMatch(text: string, patterns: readonly (readonly [string, string])[]): string {
  const branches = patterns
    .map(([pattern, name]) => `when ${text} like '${pattern}' then '${name}'`)
    .join(' ');
  return `case when ${text} is null then null ${branches} else 'other' end`;
}
