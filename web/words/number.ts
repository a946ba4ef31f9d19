import type { ReportInterval } from '../../src/report/report-data.ts';

const integer = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const significant = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** Stands where a number is missing or was not finite. */
export const missing = '–';

export function formatCount(value: number): string {
  return Number.isFinite(value) ? integer.format(value) : missing;
}

/** For axis ticks: 12.5k, 0.05. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return missing;
  return Math.abs(value) < 1000 ? formatQuantity(value) : withMinus(compact.format(value));
}

/** A share 0…1 as a percentage with one decimal; never shows 0 % or 100 % for what is not exactly that. */
export function formatShare(value: number): string {
  if (!Number.isFinite(value)) return missing;
  if (value > 0 && value < 0.001) return '<0.1%';
  if (value < 1 && value > 0.999) return '>99.9%';
  return `${oneDecimal.format(value * 100)}%`;
}

/** Shares of whole percents, for axis ticks. */
export function formatPercentTick(value: number): string {
  return `${oneDecimal.format(value * 100)}%`;
}

/** Three decimals, for metrics and probabilities. */
export function formatMetric(value: number): string {
  return Number.isFinite(value) ? withMinus(value.toFixed(3)) : missing;
}

/** Three significant digits, for quantities of any size. */
export function formatQuantity(value: number): string {
  if (!Number.isFinite(value)) return missing;
  return withMinus((Math.abs(value) >= 1000 ? integer : significant).format(value));
}

/** "0.610–0.702", or "no interval" when an end is missing. */
export function formatRange(interval: ReportInterval, format: (value: number) => string): string {
  if (!Number.isFinite(interval.low) || !Number.isFinite(interval.high)) return 'no interval';
  const [low, high] = [format(interval.low), format(interval.high)];
  return low.startsWith('−') || high.startsWith('−') ? `${low} to ${high}` : `${low}–${high}`;
}

export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return missing;
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${significant.format(scaled)} ${units[unit]}`;
}

export function formatSeconds(seconds: number): string {
  return Number.isFinite(seconds) ? `${significant.format(seconds)} s` : missing;
}

/** A hyphen before a number as the minus sign that it means. */
function withMinus(number: string): string {
  return number.replace('-', '−');
}
