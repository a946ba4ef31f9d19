interface ChoiceProps<Value extends string> {
  readonly legend: string;
  /** Unique on the page. */
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly selected: Value;
  readonly onSelect: (value: Value) => void;
}

/** One of a few, by radio buttons. */
export function Choice<Value extends string>({
  legend,
  name,
  options,
  selected,
  onSelect,
}: ChoiceProps<Value>) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === selected}
            onChange={() => onSelect(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
