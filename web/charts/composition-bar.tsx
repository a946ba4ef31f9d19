import { formatCount, formatShare } from '../words/number.ts';

export interface Part {
  readonly name: string;
  readonly count: number;
  readonly meaning: string;
}

interface CompositionBarProps {
  readonly caption: string;
  readonly unit: string;
  readonly parts: readonly Part[];
}

/** A whole as one stacked bar, with its parts as a table; a part that is there is drawn at least three pixels wide. */
export function CompositionBar({ caption, unit, parts }: CompositionBarProps) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="composition">
      <div class="stack" aria-hidden="true">
        {parts
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => (
            <span key={name} class={`part ${name}`} style={{ flexGrow: count / total }} />
          ))}
      </div>
      <table class="data parts">
        <caption class="unseen">{caption}</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">{unit}</th>
            <th scope="col">Share</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ name, count, meaning }) => (
            <tr key={name}>
              <th scope="row" class="part-name">
                <span class={`key part ${name}`} aria-hidden="true" />
                {name}
              </th>
              <td class="number">{formatCount(count)}</td>
              <td class="number">{formatShare(total === 0 ? 0 : count / total)}</td>
              <td class="meaning">{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
