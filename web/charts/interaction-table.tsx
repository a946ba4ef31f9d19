import type { ReportExplanation } from '../../src/report/report-explanation.ts';
import type { Meanings } from '../report/meanings.ts';
import { BarTable } from '../tables/bar-table.tsx';
import { formatShare, missing } from '../words/number.ts';
import { shortMeaning } from '../words/short-meaning.ts';

interface InteractionTableProps {
  readonly interactions: ReportExplanation['interactions'];
  readonly meanings: Meanings;
}

/** What two features do together beyond what each does alone. */
export function InteractionTable({ interactions, meanings }: InteractionTableProps) {
  const [first] = interactions;
  const strongest = Math.max(Number.MIN_VALUE, ...interactions.map(({ strength }) => strength));
  const named = (feature: string) => shortMeaning(meanings.of(feature));
  return (
    <BarTable
      name="interactions"
      title={
        first && first.strength >= 0.0005
          ? `Together, “${named(first.first)}” and “${named(first.second)}” move a prediction by ${points(first.strength)} points beyond what each does`
          : 'No two important features do much together that neither does alone'
      }
      subtitle="Friedman’s H²: the share of what two features do that comes of both together; and how much that is, in percentage points of probability."
      columns={[
        { title: 'Features' },
        { title: 'Strength, points', format: points },
        { title: 'H²', format: formatShare },
      ]}
      rows={interactions.map(({ first, second, share, strength }) => ({
        name: `${named(first)} × ${named(second)}`,
        share: strength / strongest,
        cells: [strength, share],
      }))}
    />
  );
}

/** Percentage points to two decimals, which is more than a sample can tell. */
function points(strength: number): string {
  if (!Number.isFinite(strength)) return missing;
  return strength > 0 && strength < 0.00005 ? '<0.01' : (strength * 100).toFixed(2);
}
