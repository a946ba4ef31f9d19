import { formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { type Drawing, Plot } from './plot.tsx';

export interface Outcome {
  readonly name: string;
  readonly count: number;
  readonly meaning: string;
}

interface InputFlowProps {
  readonly label: string;
  readonly lines: number;
  readonly outcomes: readonly Outcome[];
}

/** All lines at the left, and a band from there to each thing that became of them, as wide as its share. */
export function InputFlow({ label, lines, outcomes }: InputFlowProps) {
  return <Plot label={label} draw={(width) => draw(lines, outcomes, width)} />;
}

const height = 170;
const node = 12;
const top = 24;
const gap = 10;
const labelHeight = 20;
/** What is there is drawn, however small its share. */
const thinnest = 2;

function draw(lines: number, outcomes: readonly Outcome[], width: number): Drawing {
  const right = Math.max(width * 0.42, width - 320);
  const placed = place(outcomes, lines);
  const bottom = Math.max(...placed.map(({ y, thickness }) => y + Math.max(thickness, labelHeight)));
  return {
    height: bottom + 8,
    pick: 'y',
    marks: placed.map(({ name, count, meaning, y, thickness }) => ({
      x: right + node / 2,
      y: y + thickness / 2,
      title: `${name}: ${counted(count, 'line')}`,
      lines: [formatShare(lines === 0 ? 0 : count / lines), meaning],
    })),
    content: (
      <>
        <text class="axis-title" x={0} y={12}>
          {counted(lines, 'line')} read
        </text>
        <rect class="source" x={0} y={top} width={node} height={height} rx="2" />
        {placed.map(({ name, count, y, from, thickness }) => (
          <g key={name} class={`flow-${name}`}>
            {count > 0 && <path class="flow" d={band(node, from, right, y, thickness)} />}
            {count > 0 && <rect class="fill" x={right} y={y} width={node} height={thickness} rx="2" />}
            <text class="row-label" x={right + node + 8} y={y + Math.max(thickness, labelHeight) / 2 + 4}>
              {`${name} ${formatCount(count)} (${formatShare(lines === 0 ? 0 : count / lines)})`}
            </text>
          </g>
        ))}
      </>
    ),
  };
}

interface Placed extends Outcome {
  /** Top of the band at the left. */
  readonly from: number;
  /** At the right. */
  readonly y: number;
  readonly thickness: number;
}

function place(outcomes: readonly Outcome[], lines: number): Placed[] {
  let from = top;
  let y = top;
  return outcomes.map((outcome) => {
    const share = lines === 0 ? 0 : (outcome.count / lines) * height;
    const thickness = outcome.count > 0 ? Math.max(thinnest, share) : 0;
    const placed = { ...outcome, from: Math.min(from, top + height - thickness), y, thickness };
    from += share;
    y += Math.max(thickness, labelHeight) + gap;
    return placed;
  });
}

/** A band of one thickness that leaves and arrives level. */
function band(x1: number, y1: number, x2: number, y2: number, thickness: number): string {
  const middle = (x1 + x2) / 2;
  return (
    `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}V${y2 + thickness}` +
    `C${middle},${y2 + thickness} ${middle},${y1 + thickness} ${x1},${y1 + thickness}Z`
  );
}
