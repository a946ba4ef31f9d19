import { useEffect } from 'preact/hooks';
import type { ComparisonData } from '../../src/report/comparison-data.ts';
import { Header } from '../header.tsx';
import { Provenance } from '../save/provenance.ts';
import { Notice } from '../sections/notice.tsx';
import { formatDay, parseDay } from '../words/date.ts';
import { ChangedData } from './changed-data.tsx';
import { ChangedFeatures } from './changed-features.tsx';
import { ChangedMetrics } from './changed-metrics.tsx';
import { ChangedScores } from './changed-scores.tsx';
import { comparisonFinding } from './comparison-finding.ts';

/** Two runs side by side: what changed in data, settings, features, metrics and scores. */
export function ComparisonApp({ comparison }: { comparison: ComparisonData }) {
  const [first, second] = comparison.runs;
  const subject = `${first.name} and ${second.name} compared`;
  useEffect(() => {
    document.title = `Churn: ${subject}`;
  }, [subject]);
  const notes = [...new Set([first.note, second.note].filter((note) => note !== undefined))];
  return (
    <Provenance.Provider value={[`${subject}.`, ...notes, `Refrain ${second.version}.`].join(' ')}>
      <a class="skip" href="#data">
        Skip to what changed
      </a>
      <Header subject={subject} createdAt={Math.max(first.createdAt, second.createdAt)} />
      <main class="alone">
        <h1>{comparisonFinding(comparison)}</h1>
        <p class="lead">
          “First” is {describe(first)}; “second” is {describe(second)}.
          {comparison.sameInput && ' Both read the same bytes.'}
        </p>
        {notes.map((note) => (
          <p key={note} class="aside">
            {note}
          </p>
        ))}
        {first.definition !== second.definition && (
          <Notice title="Two kinds of log.">
            The first run is of “{first.definition}”, the second of “{second.definition}”: where a word means
            something else in each, so does its number.
          </Notice>
        )}
        <ChangedData comparison={comparison} />
        <ChangedFeatures comparison={comparison} />
        <ChangedMetrics comparison={comparison} />
        <ChangedScores comparison={comparison} />
      </main>
    </Provenance.Provider>
  );
}

function describe({ name, firstEvent, lastEvent, scoreDay }: ComparisonData['runs'][number]): string {
  const scored = scoreDay === undefined ? 'nobody scored' : `scored on ${formatDay(parseDay(scoreDay))}`;
  return `${name} (log from ${formatDay(firstEvent)} to ${formatDay(lastEvent)}, ${scored})`;
}
