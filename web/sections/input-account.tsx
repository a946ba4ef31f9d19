import type { ReportInput } from '../../src/report/report-data.ts';
import { Figure } from '../charts/figure.tsx';
import { InputFlow, type Outcome } from '../charts/input-flow.tsx';
import { inputFinding, unaccounted } from '../findings/log-findings.ts';
import { formatBytes, formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { Notice } from './notice.tsx';

/** Where every line of the input went. */
export function InputAccount({ input }: { input: ReportInput }) {
  const gap = unaccounted(input);
  const outcomes = outcomesOf(input);
  const title = inputFinding(input);
  return (
    <Figure
      name="input"
      wide
      title={title}
      subtitle={`${counted(input.lines, 'line')}, ${formatBytes(input.bytes)} in ${counted(input.files, 'file')}.`}
      columns={[
        { title: 'Outcome' },
        { title: 'Lines', format: formatCount },
        { title: 'Share', format: formatShare },
        { title: 'Meaning' },
      ]}
      rows={outcomes.map(({ name, count, meaning }) => [name, count, count / input.lines, meaning])}
    >
      {gap !== 0 && (
        <Notice title="The books do not balance.">
          {formatCount(Math.abs(gap))} lines {gap > 0 ? 'are missing from' : 'are counted twice in'} the
          account below.
        </Notice>
      )}
      <InputFlow label={title} lines={input.lines} outcomes={outcomes} />
      {input.reasons.length > 0 && <Quarantine reasons={input.reasons} />}
    </Figure>
  );
}

function outcomesOf({ accepted, anonymous, duplicate, quarantined, blank }: ReportInput): Outcome[] {
  return [
    { name: 'accepted', count: accepted, meaning: 'events of a known user: all that follows rests on these' },
    { name: 'anonymous', count: anonymous, meaning: 'logged out or a guest: nobody to count them for' },
    { name: 'duplicate', count: duplicate, meaning: 'said a second time, counted once' },
    {
      name: 'quarantined',
      count: quarantined,
      meaning: 'not readable as an event: kept aside with a reason',
    },
    { name: 'blank', count: blank, meaning: 'empty lines' },
  ];
}

function Quarantine({ reasons }: { reasons: ReportInput['reasons'] }) {
  return (
    <div class="quarantine">
      <h4>Why lines were quarantined</h4>
      <dl>
        {reasons.map(({ reason, lines, example }) => (
          <div key={reason}>
            <dt>
              {reason} <span class="number">{counted(lines, 'line')}</span>
            </dt>
            <dd>
              for example {example.file}, line {formatCount(example.line)}: {example.text}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
