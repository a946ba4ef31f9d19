import type { ReportGroup } from '../../src/report/report-data.ts';
import { manyGroupsFinding } from '../findings/group-finding.ts';
import { formatRange, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { groupColumns, groupRows } from './group-columns.ts';
import { evenScale, type HeatCell, HeatGrid } from './heat-grid.tsx';
import { statePlaces } from './us-states.ts';

interface StateMapProps {
  readonly group: ReportGroup;
  readonly overall: number;
}

/** Fewer than these say little of their state. */
const few = 10;

/** The share lost by US state, a tile each. */
export function StateMap({ group, overall }: StateMapProps) {
  const title = manyGroupsFinding(group, overall);
  const shares = group.rows.filter(({ users }) => users >= few).map(({ share }) => share.value);
  const most = Math.max(0.01, overall, ...shares);
  const elsewhere = group.rows.filter(({ value }) => statePlaces[value] === undefined).length;
  return (
    <Figure
      wide
      name="states"
      title={title}
      subtitle={
        `Share lost by state, a tile each; of all users ${formatShare(overall)} are lost. Hatched tiles have fewer than ${few} users, empty ones none.` +
        (elsewhere === 0 ? '' : ` ${counted(elsewhere, 'further value')} in the table alone.`)
      }
      columns={groupColumns(group)}
      rows={groupRows(group)}
    >
      <div class="map">
        <HeatGrid
          label={title}
          rows={new Array<string>(8).fill('')}
          columns={[]}
          width={11}
          rowHeight={38}
          cells={tiles(group, most)}
          scale={evenScale('lost', '0%', `${formatShare(most)} lost`)}
        />
      </div>
    </Figure>
  );
}

export function isOfStates({ attribute, rows }: ReportGroup): boolean {
  return attribute === 'state' && rows.some(({ value }) => statePlaces[value] !== undefined);
}

function tiles({ rows }: ReportGroup, most: number): HeatCell[] {
  const byState = new Map(rows.map((row) => [row.value, row]));
  return Object.entries(statePlaces).map(([state, [row, column]]) => {
    const known = byState.get(state);
    if (known === undefined) {
      return { row, column, tint: 0, tone: 'lost', text: state, title: state, lines: ['No users'] };
    }
    const { users, lost, share } = known;
    return {
      row,
      column,
      tint: share.value / most,
      tone: 'lost',
      text: state,
      hatched: users < few,
      title: `${state}: ${formatShare(share.value)} lost`,
      lines: [`95% interval ${formatRange(share, formatShare)}`, `${lost} of ${counted(users, 'user')}`],
    };
  });
}
