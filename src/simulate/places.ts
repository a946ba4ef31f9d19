import { scatter, scatterPick, spread } from './scatter.ts';

/** Metropolitan areas, made up, the largest first. */
export const PLACES = 900;

/** @returns a location such as "Ashford-Millton-Elkview, OH-KY". */
export function placeName(place: number): string {
  const cities = count(place, MORE_CITIES, place < 60 ? 0.75 : 0.3);
  const states = count(place, MORE_STATES, 0.15);
  const names = [cityName(place), ...others(cities, (i) => cityName(Math.floor(scatter(place, i) * CITIES)))];
  const codes = others(states + 1, (i) => scatterPick(STATE_CODES, place, 100 + i));
  return `${[...new Set(names)].join('-')}, ${[...new Set(codes)].join('-')}`;
}

const MORE_CITIES = 50;
const MORE_STATES = 60;

const FIRST_PARTS =
  'Ash Bell Cedar Clear Crest Dun East Elk Fair Fern Glen Gold Green Haver High Iron Kings Lake Lin Maple Mill North Oak Pine Rich River Rock Salt Spring Stone West Wood'.split(
    ' ',
  );
const LAST_PARTS =
  'ford ton ville field port dale wood brook view burg haven mont mouth stead worth ridge gate land bury ham ley side water well shire combe City Falls Grove Hills'
    .split(' ')
    .map((part) => (/^[A-Z]/.test(part) ? ` ${part}` : part));
const STATE_CODES =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  );

function cityName(place: number): string {
  const city = spread(place, 607, CITIES);
  return `${FIRST_PARTS[city % FIRST_PARTS.length]}${LAST_PARTS[Math.floor(city / FIRST_PARTS.length)]}`;
}

const CITIES = FIRST_PARTS.length * LAST_PARTS.length;

/** 0, 1 or 2 more: one with the given chance, another with the same. */
function count(place: number, purpose: number, chance: number): number {
  return [0, 1].filter((i) => scatter(place, purpose) < chance ** (i + 1)).length;
}

function others(n: number, name: (i: number) => string): readonly string[] {
  return Array.from({ length: n }, (_, i) => name(i));
}
