/** How many rows of each outcome, and of how many users, a table has. */
export interface Outcomes {
  readonly lost: number;
  readonly stayed: number;
}

/** Below so many rows of either outcome a perfect separation may be chance, and says nothing. */
const FEWEST_OF_AN_OUTCOME = 5;

export function countOutcomes(labels: Uint8Array): Outcomes {
  const lost = labels.reduce((sum, label) => sum + label, 0);
  return { lost, stayed: labels.length - lost };
}

/** Whether there are rows enough of both outcomes for a column that separates them to mean something. */
export function isTelling({ lost, stayed }: Outcomes): boolean {
  return Math.min(lost, stayed) >= FEWEST_OF_AN_OUTCOME;
}
