type Value = string | number | boolean | null | object;

/** A row of the Sparkify log in JSON, with the given columns in place of its own; undefined leaves one out. */
export function row(columns: Readonly<Record<string, Value | undefined>> = {}): string {
  return JSON.stringify({ ...plainRow, ...columns });
}

/** The same row with `text` in the place of the value of `column`. */
export function rowWith(column: string, text: string): string {
  return row({ [column]: '§' }).replace('"§"', () => text);
}

export const plainRow = {
  ts: 1538352117000,
  userId: '30',
  sessionId: 29,
  page: 'NextSong',
  auth: 'Logged In',
  method: 'PUT',
  status: 200,
  level: 'paid',
  itemInSession: 50,
  location: 'Bakersfield, CA',
  userAgent: 'Mozilla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0',
  lastName: 'Freeman',
  firstName: 'Colin',
  registration: 1538173362000,
  gender: 'M',
  artist: 'Martha Tilston',
  song: 'Rockpools',
  length: 277.89016,
};

/** `plainRow` as the table `log` holds it. */
export const plainEvent = {
  user: '30',
  time: 1538352117000,
  session: '29',
  action: 'NextSong',
  sequence: 50,
  duration: 27789016,
  registered: 1538173362000,
  plan: 'paid',
  item: 'Rockpools',
  creator: 'Martha Tilston',
  gender: 'M',
  location: 'Bakersfield, CA',
  agent: plainRow.userAgent,
  dimension_0: 'Logged In',
  dimension_1: '200',
  dimension_2: 'PUT',
  anonymous: false,
};
