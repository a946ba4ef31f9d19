import { formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { type Decision, flaggedBy, mostValuable, nearest, type Prices } from './decisions.ts';

interface ThresholdSliderProps {
  readonly decisions: readonly Decision[];
  readonly at: number;
  /** The threshold that was chosen on validation rows. */
  readonly chosen: number;
  readonly prices: Prices;
  readonly onChange: (at: number) => void;
}

/** Moves from flagging nobody, at its left end, to flagging everyone. */
export function ThresholdSlider({ decisions, at, chosen, prices, onChange }: ThresholdSliderProps) {
  const decision = decisions[at];
  return (
    <div class="threshold">
      <label for="threshold-slider">Threshold</label>
      <output for="threshold-slider">{formatShare(decision.threshold)}</output>
      <input
        id="threshold-slider"
        type="range"
        min={0}
        max={decisions.length - 1}
        step={1}
        value={at}
        aria-valuetext={`${formatShare(decision.threshold)}, ${counted(flaggedBy(decision), 'example')} flagged`}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <p class="ends" aria-hidden="true">
        <span>flag few</span>
        <span>{formatCount(flaggedBy(decision))} flagged</span>
        <span>flag many</span>
      </p>
      <div class="jumps">
        <button type="button" onClick={() => onChange(nearest(decisions, chosen))}>
          As chosen, {formatShare(chosen)}
        </button>
        <button type="button" onClick={() => onChange(mostValuable(decisions, prices))}>
          Most value on these rows
        </button>
      </div>
    </div>
  );
}
