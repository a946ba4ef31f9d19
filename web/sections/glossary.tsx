import type { ReportMeta } from '../../src/report/report-data.ts';
import { counted, plural } from '../words/plural.ts';

/** What the words of the report mean in this run. */
export function Glossary({ meta }: { meta: ReportMeta }) {
  return (
    <dl class="glossary">
      {terms(meta).map(([term, meaning]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

function terms(meta: ReportMeta): [string, string][] {
  const { loss } = meta.words;
  return [
    ['User', `One account of the log. Lost means that a ${loss} was logged.`],
    ['Cutoff', 'The start of a UTC day. A feature sees only events before it.'],
    [
      'Example',
      'One user at one cutoff: seen before it and not lost before it. A user has as many examples as cutoffs, and all of them stand on one side of a split.',
    ],
    ['Label', labelMeaning(meta)],
    ['Protocol', protocolMeaning(meta.protocol)],
    ['Embargo', 'Cutoffs between training and test whose label windows would overlap the test are left out.'],
    ['Baseline', 'A rule that needs no learning. A model that does not beat it is not worth its upkeep.'],
    [
      'Interval',
      'The range that would hold the true value in 95 of 100 such logs. Shares use Wilson’s, survival Greenwood’s, test metrics resample users.',
    ],
    [
      'Threshold',
      'The probability from which a user is flagged; chosen on validation rows, never on the test.',
    ],
    [
      'Probability',
      `How sure the model is that a user leaves in the label window. Read it with the calibration chart: ${plural(loss)} should come true as often as it says.`,
    ],
    [
      'Reason',
      'What moved one user’s score most, compared with an average user. It explains the model, and does not prove a cause.',
    ],
    [
      'Importance',
      'The fall in average precision when the values of one feature are shuffled among test rows.',
    ],
  ];
}

function labelMeaning({ protocol, leadDays, horizonDays }: ReportMeta): string {
  if (protocol === 'retrospective') return 'Lost at any time in the log.';
  const opens = leadDays === 0 ? 'at the cutoff' : `${counted(leadDays, 'day')} after the cutoff`;
  return `Lost in the window that opens ${opens} and lasts ${counted(horizonDays, 'day')}. Examples whose window the log does not cover are left out.`;
}

function protocolMeaning(protocol: ReportMeta['protocol']): string {
  if (protocol === 'retrospective')
    return 'Retrospective: one row a user from the whole history. Leaky, and kept only to compare with older work.';
  return 'Forecast: features from before each cutoff, outcomes from after it, split in time and by user.';
}
