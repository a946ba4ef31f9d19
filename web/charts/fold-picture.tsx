import type { ReportLearning } from '../../src/report/report-data.ts';
import { formatDay, formatDayTick, parseDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';

interface FoldPictureProps {
  readonly cutoffs: ReportLearning['cutoffs'];
  readonly usersByFold: readonly number[];
}

/** Who learns from whom: a row a fold of users, a column a cutoff, as seen by the model that does not see the first fold. */
export function FoldPicture({ cutoffs, usersByFold }: FoldPictureProps) {
  const cells = cellsOf(cutoffs, usersByFold.length);
  const title = `Each of ${counted(usersByFold.length, 'model')} is tested on users that it never saw, at cutoffs after all that it learned`;
  return (
    <Figure
      name="folds"
      wide
      title={title}
      subtitle="The model that leaves out fold 1; the others are alike. Rows are folds of users, columns are cutoffs."
      legend={[
        { label: 'Learned from', tone: 'train', mark: 'box' },
        { label: 'Validation: chooses learner and threshold', tone: 'score', mark: 'box' },
        { label: 'Test', tone: 'test', mark: 'box' },
        { label: 'Not looked at', tone: 'embargo', mark: 'box' },
      ]}
      columns={[
        { title: 'Fold' },
        { title: 'Users', format: formatCount },
        { title: 'Cutoff' },
        { title: 'Use' },
      ]}
      rows={cells.map(({ fold, day, use }) => [`fold ${fold + 1}`, usersByFold[fold], day, uses[use].words])}
    >
      <Plot label={title} draw={(width) => draw(cutoffs, cells, usersByFold, width)} />
    </Figure>
  );
}

type Use = 'learn' | 'validate' | 'test' | 'none';

const uses: Readonly<Record<Use, { readonly tone: string; readonly words: string }>> = {
  learn: { tone: 'train', words: 'learned from' },
  validate: { tone: 'score', words: 'validation' },
  test: { tone: 'test', words: 'test' },
  none: { tone: 'embargo', words: 'not looked at' },
};

interface Cell {
  readonly fold: number;
  readonly column: number;
  readonly day: string;
  readonly use: Use;
}

function cellsOf(cutoffs: ReportLearning['cutoffs'], folds: number): Cell[] {
  const labelled = cutoffs.filter(({ role }) => role !== 'score');
  return Array.from({ length: folds }, (_, fold) =>
    labelled.map(({ day, role }, column) => ({ fold, column, day, use: useOf(role, fold === 0) })),
  ).flat();
}

function useOf(role: 'train' | 'embargo' | 'test' | 'score', isLeftOut: boolean): Use {
  if (role === 'train') return isLeftOut ? 'validate' : 'learn';
  return role === 'test' && isLeftOut ? 'test' : 'none';
}

const left = 62;
const top = 4;
const step = 26;

function draw(
  cutoffs: ReportLearning['cutoffs'],
  cells: readonly Cell[],
  usersByFold: readonly number[],
  width: number,
): Drawing {
  const labelled = cutoffs.filter(({ role }) => role !== 'score');
  const size = (width - left - 2) / labelled.length;
  const bottom = top + usersByFold.length * step;
  const every = Math.ceil(54 / size);
  return {
    height: bottom + 24,
    pick: 'xy',
    marks: cells.map(({ fold, column, day, use }) => ({
      x: left + (column + 0.5) * size,
      y: top + (fold + 0.5) * step,
      title: capitalised(uses[use].words),
      lines: [
        `fold ${fold + 1}: ${counted(usersByFold[fold], 'user')}`,
        `cutoff ${formatDay(parseDay(day))}`,
      ],
    })),
    content: (
      <g class="axis">
        {usersByFold.map((_, fold) => (
          <text key={fold} class="row-label" x={left - 10} y={top + (fold + 0.66) * step} text-anchor="end">
            fold {fold + 1}
          </text>
        ))}
        {cells.map(({ fold, column, use }) => (
          <rect
            key={`${fold} ${column}`}
            class={`fill ${uses[use].tone}`}
            x={left + column * size + 1}
            y={top + fold * step + 2}
            width={Math.max(1, size - 2)}
            height={step - 4}
            rx="2"
          />
        ))}
        {labelled.map(
          ({ day }, column) =>
            column % every === 0 && (
              <text key={day} x={left + (column + 0.5) * size} y={bottom + 17} text-anchor="middle">
                {formatDayTick(parseDay(day))}
              </text>
            ),
        )}
      </g>
    ),
  };
}
