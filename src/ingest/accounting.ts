import { InputError } from '../errors.ts';
import type { QuarantineReason } from './quarantine.ts';

/** Where every line of the input went: `lines` is the sum of the five kinds, `bytes` what was read, decompressed. */
export interface Accounting {
  readonly bytes: number;
  readonly lines: number;
  readonly accepted: number;
  readonly anonymous: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly blank: number;
}

/** Bad lines that a run bears: a count, or a share (0…1) of all lines. */
export type BadRowLimit = { readonly count: number } | { readonly share: number };

/** Bad lines that a log of so many lines may have. */
export function allowedBadRows(limit: BadRowLimit, lines: number): number {
  return 'count' in limit ? limit.count : limit.share * lines;
}

/**
 * @param isWhole whether all bad lines are known; else there are at least so many.
 * @throws InputError above the limit, with the commonest reasons and where to look.
 */
export function checkBadRows(
  limit: BadRowLimit,
  lines: number,
  bad: number,
  reasons: readonly QuarantineReason[],
  isWhole = true,
): void {
  if (bad <= allowedBadRows(limit, lines)) return;
  const worst = reasons.map(({ reason, lines: count, example }) => ({
    reason,
    count,
    example: { ...example, text: excerpt(example.text) },
  }));
  const bound = 'count' in limit ? String(limit.count) : `${Number((limit.share * 100).toPrecision(12))} %`;
  throw new InputError(
    [
      `${isWhole ? '' : 'At least '}${bad} of ${lines} lines are bad; --max-bad-rows allows ${bound}. Nothing was written.`,
      ...worst
        .slice(0, 5)
        .map(
          ({ reason, count, example: { file, line, text } }) =>
            `  ${count} × ${reason}, first in ${file} line ${line}: ${text}`,
        ),
      ...hints(reasons),
    ].join('\n'),
    { lines, bad, reasons: worst },
  );
}

/** The beginning of a line, safe to show on a terminal. */
function excerpt(text: string): string {
  const start = text.length > 120 ? `${text.slice(0, 120).toWellFormed()}…` : text;
  return start.replaceAll(/\p{Cc}/gu, '\ufffd');
}

function hints(reasons: readonly QuarantineReason[]): string[] {
  const first = reasons[0];
  if (/^not_(json|an_object)$/.test(first?.reason ?? '') && /^\s*\[/.test(first.example.text)) {
    return ['Is the file one JSON array? Make it a line an event: jq -c ".[]" FILE > FILE.ndjson'];
  }
  if (first?.reason.startsWith('out_of_range:')) {
    return ['Is the unit of that column in the definition right (s, ms, us or iso for times)?'];
  }
  if (first?.reason.startsWith('missing:') || first?.reason.startsWith('wrong_type:')) {
    return [
      'Does the definition name the columns of this log, and the units of its times? See --definition.',
    ];
  }
  return ['Mend the lines, or allow more with --max-bad-rows N or N%.'];
}

/** @throws RangeError when lines were lost or counted twice: a fault of this program. */
export function checkBalance(accounting: Accounting): void {
  const { lines, accepted, anonymous, duplicate, quarantined, blank } = accounting;
  const sum = accepted + anonymous + duplicate + quarantined + blank;
  if (sum !== lines) {
    throw new RangeError(`The accounting does not add up: ${lines} lines read, ${sum} accounted for.`);
  }
}
