import type { ReportModel } from '../../src/report/report-data.ts';

interface ModelSelectorProps {
  readonly models: readonly ReportModel[];
  readonly chosen: string;
  readonly selected: ReportModel;
  readonly onSelect: (model: ReportModel) => void;
}

export function ModelSelector({ models, chosen, selected, onSelect }: ModelSelectorProps) {
  return (
    <fieldset class="choices models">
      <legend>Model</legend>
      {models.map((model) => (
        <label key={model.name}>
          <input
            type="radio"
            name="model"
            value={model.name}
            checked={model === selected}
            onChange={() => onSelect(model)}
          />
          <span>
            {model.title}
            {model.name === chosen ? ' (chosen)' : ''}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
