/** SQL for the operating system that a user agent names; null stays null. */
export function systemOf(agent: string): string {
  return firstMatch(agent, [
    ['%iPhone%', 'iOS'],
    ['%iPad%', 'iOS'],
    ['%iPod%', 'iOS'],
    ['%Android%', 'Android'],
    ['%Windows%', 'Windows'],
    ['%Macintosh%', 'macOS'],
    ['%CrOS%', 'ChromeOS'],
    ['%Linux%', 'Linux'],
  ]);
}

/** SQL for the kind of device that a user agent names. Browsers of Android phones say Mobile, those of tablets do not; apps never do. */
export function deviceOf(agent: string): string {
  return firstMatch(agent, [
    ['%iPad%', 'tablet'],
    ['%iPhone%', 'phone'],
    ['%Android%Mobile%', 'phone'],
    ['%Mozilla%Android%', 'tablet'],
    ['%Android%', 'phone'],
    ['%Mobile%', 'phone'],
    ['%Windows%', 'computer'],
    ['%Macintosh%', 'computer'],
    ['%CrOS%', 'computer'],
    ['%Linux%', 'computer'],
  ]);
}

/** SQL for the browser that a user agent names. Chrome calls itself Safari, and its kin call themselves Chrome: they are asked first. */
export function browserOf(agent: string): string {
  return firstMatch(agent, [
    ['%Edg%', 'Edge'],
    ['%OPR/%', 'Opera'],
    ['%SamsungBrowser%', 'Samsung Internet'],
    ['%Chrome%', 'Chrome'],
    ['%CriOS%', 'Chrome'],
    ['%Firefox%', 'Firefox'],
    ['%FxiOS%', 'Firefox'],
    ['%Trident%', 'Internet Explorer'],
    ['%MSIE%', 'Internet Explorer'],
    ['%Android%Safari%', 'Android Browser'],
    ['%Safari%', 'Safari'],
  ]);
}

/** Columns of the ledger that say 0 or 1 of a user's day, and their SQL over `device` and `system`: on one day, a user may be on several systems. */
export const agentFlags: readonly (readonly [name: string, sql: string])[] = [
  ['on_phone_or_tablet', flag("device in ('phone', 'tablet')")],
  ['on_windows', flag("system = 'Windows'")],
  ['on_mac', flag("system = 'macOS'")],
  ['on_linux', flag("system = 'Linux'")],
];

/** SQL for the first state of a location written `City-City, ST-ST`; null for another form. */
export function stateOf(location: string): string {
  return `nullif(split_part(split_part(${location}, ', ', 2), '-', 1), '')`;
}

/** Null where no agent is known. */
function flag(condition: string): string {
  return `max(cast(case when ${condition} then 1 when device is not null then 0 end as bigint))`;
}

function firstMatch(text: string, patterns: readonly (readonly [string, string])[]): string {
  const branches = patterns
    .map(([pattern, name]) => `when ${text} like '${pattern}' then '${name}'`)
    .join(' ');
  return `case when ${text} is null then null ${branches} else 'other' end`;
}
