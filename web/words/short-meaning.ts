/** The end of a meaning tells features apart, and must not be what a narrow axis cuts off. */
export function shortMeaning(meaning: string): string {
  return meaning
    .replace(' for each hour in sessions', ' an hour')
    .replace(/ in the last (\d+) days/, ', $1 days')
    .replace(' in the last day', ', 1 day')
    .replace(' since the first event', ', ever');
}
