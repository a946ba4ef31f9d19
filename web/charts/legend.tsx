export interface LegendEntry {
  readonly label: string;
  /** A class of the palette: lost, stayed, baseline … */
  readonly tone: string;
  readonly mark: 'line' | 'dashed' | 'dotted' | 'box' | 'dot' | 'band' | 'tick' | 'cross';
}

export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {entries.map(({ label, tone, mark }) => (
        <li key={label}>
          <svg class={`swatch ${tone}`} width="22" height="12" aria-hidden="true">
            <Swatch mark={mark} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ mark }: { mark: LegendEntry['mark'] }) {
  if (mark === 'box') return <rect class="fill" x="5" width="12" height="12" rx="2" />;
  if (mark === 'band') return <rect class="band" width="22" height="12" rx="2" />;
  if (mark === 'dot') return <circle class="fill" cx="11" cy="6" r="4" />;
  if (mark === 'tick') return <path class="stroke" d="M11,0V12" />;
  if (mark === 'cross') return <path class="stroke" d="M7,2L15,10M7,10L15,2" />;
  return <path class={`stroke ${mark}`} d="M0,6H22" />;
}
