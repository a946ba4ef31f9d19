import type { Prices } from './decisions.ts';

interface PriceInputsProps {
  readonly prices: Prices;
  readonly onChange: (prices: Prices) => void;
}

const fields = [
  { key: 'offer', label: 'Cost of an offer', scale: 1, max: 1e9 },
  { key: 'keptUser', label: 'Value of a kept user', scale: 1, max: 1e9 },
  { key: 'success', label: 'Offers that keep a leaver, %', scale: 100, max: 100 },
] as const;

/** What acting costs and brings. A field that holds no number from 0 up changes nothing. */
export function PriceInputs({ prices, onChange }: PriceInputsProps) {
  return (
    <fieldset class="prices">
      <legend class="unseen">Costs and values</legend>
      {fields.map(({ key, label, scale, max }) => (
        <label key={key}>
          {label}
          <input
            type="number"
            min={0}
            max={max}
            step="any"
            value={prices[key] * scale}
            onInput={({ currentTarget: { valueAsNumber, validity } }) => {
              if (validity.valid && Number.isFinite(valueAsNumber))
                onChange({ ...prices, [key]: valueAsNumber / scale });
            }}
          />
        </label>
      ))}
    </fieldset>
  );
}
