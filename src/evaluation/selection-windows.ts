/** When a label is settled after its cutoff. */
export interface LabelWindow {
  readonly leadDays: number;
  readonly horizonDays: number;
}

/** Days: fitted on cutoffs up to `learnedTo`, judged at those from `from` to `to`. */
export interface SelectionWindow {
  readonly learnedTo: number;
  readonly from: number;
  readonly to: number;
}

/** More would cost fits and tell little more. */
const MOST_WINDOWS = 4;

/**
 * Expanding windows over cutoffs (time series cross-validation with an embargo): the cutoffs at which another one's label window has ended
 * are divided into four stretches, or as many as there are, and each is judged after fitting on all cutoffs whose label windows
 * [cutoff + lead, cutoff + lead + horizon) end by its first day.
 * @param days of cutoffs, rising.
 * @returns none where no cutoff lies so long after another.
 */
export function selectionWindows(
  days: readonly number[],
  { leadDays, horizonDays }: LabelWindow,
): SelectionWindow[] {
  const embargo = leadDays + horizonDays;
  const judged = days.filter((day) => day - embargo >= days[0]);
  const windows = Math.min(MOST_WINDOWS, judged.length);
  const start = (k: number) => Math.floor((k * judged.length) / windows);
  return Array.from({ length: windows }, (_, k) => {
    const from = judged[start(k)];
    const learned = days.filter((day) => day <= from - embargo);
    return { learnedTo: learned[learned.length - 1], from, to: judged[start(k + 1) - 1] };
  });
}
