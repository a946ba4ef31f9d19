import type { ReportLearning } from '../../src/report/report-data.ts';
import { countAtRisk } from '../findings/at-risk.ts';
import { baselineSentence, chanceSentence, type Verdict } from '../findings/model-verdict.ts';
import type { Report } from '../report/read-report.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';

export function Certainty({ verdict }: { verdict: Verdict }) {
  return (
    <article>
      <h2>How sure is this?</h2>
      <p>
        {chanceSentence(verdict)} <a href="#models">All models beside it</a>.
      </p>
      <p>{baselineSentence(verdict)}</p>
    </article>
  );
}

/** The features that matter clearly, or the plain word that none does. */
export function Drivers({ learning }: { learning: ReportLearning }) {
  const clear = learning.features.filter(({ importance }) => importance.low > 0).slice(0, 4);
  return (
    <article>
      <h2>What drives it?</h2>
      {clear.length === 0 ? (
        <p>
          No feature stands out: <a href="#importance">none has an importance</a> whose interval lies above
          zero.
        </p>
      ) : (
        <>
          <p>
            What the model <a href="#importance">leans on most</a>, which need not be why people leave:
          </p>
          <ol>
            {clear.map(({ name, meaning }) => (
              <li key={name}>{meaning}</li>
            ))}
          </ol>
        </>
      )}
    </article>
  );
}

export function Actions({ report, learning }: { report: Report; learning: ReportLearning }) {
  const { truePositives, falsePositives, falseNegatives, threshold } = learning.confusion;
  const { flagged, users } = countAtRisk(report.scores.probability, threshold);
  const caught = truePositives + falsePositives;
  const lost = truePositives + falseNegatives;
  return (
    <article>
      <h2>What to do next?</h2>
      <p>
        Read <a href="#at-risk">the score list</a> from the top
        {2 * flagged > users
          ? ', as far as you can attend to: the threshold flags more than half of all users, which is no choice'
          : `: ${flagged === 0 ? 'nobody reaches' : `${counted(flagged, 'user')} ${flagged === 1 ? 'reaches' : 'reach'}`} the threshold of ${formatShare(threshold)}`}
        . Each user is listed with reasons.
      </p>
      {caught > 0 && lost > 0 && (
        <p>
          Expect <a href="#figure-threshold">what the test showed</a>: of {formatCount(caught)} flagged there,{' '}
          {formatShare(truePositives / caught)} left, and {formatShare(truePositives / lost)} of those who
          left were flagged. To learn whether an offer keeps them, leave some of the flagged without one.
        </p>
      )}
    </article>
  );
}
