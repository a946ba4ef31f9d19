/** Units of the ledger that are too fine to read, in how many there are to the hour. */
const perHour: ReadonlyMap<string, number> = new Map([
  ['ms', 3_600_000],
  ['10 µs', 360_000_000],
]);

/** A feature's value in its unit, for a reader: "12.5 days", "40 %", "yes". */
export function valueInWords(value: number, unit: string): string {
  if (Number.isNaN(value)) return 'not known';
  if (unit === '0/1') return value === 1 ? 'yes' : 'no';
  if (unit === 'share') return `${rounded(value * 100)} %`;
  if (unit === '−1…1') return `${rounded(value)} (−1 far less, 0 alike, 1 far more)`;
  const fine = perHour.get(unit);
  if (fine !== undefined) return `${rounded(value / fine)} h`;
  return /^(h|days|sessions|plays|events|adverts|creators|items)$/.test(unit)
    ? `${rounded(value)} ${unit}`
    : rounded(value);
}

function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}
