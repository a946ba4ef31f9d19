import type { ReportLearning } from '../../src/report/report-data.ts';
import { countAtRisk } from '../findings/at-risk.ts';
import { baselineSentence, chanceSentence, type Verdict } from '../findings/model-verdict.ts';
import { meaningsOf } from '../report/meanings.ts';
import type { Report } from '../report/read-report.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';

interface CertaintyProps {
  readonly verdict: Verdict;
  readonly learning: ReportLearning;
}

export function Certainty({ verdict, learning: { sufficiency } }: CertaintyProps) {
  return (
    <article>
      <h2>How sure is this?</h2>
      <p>
        {chanceSentence(verdict)} <a href="#figure-roc">See the ranking</a>.
      </p>
      <p>
        {baselineSentence(verdict)} <a href="#figure-comparison">All models</a>.
      </p>
      {sufficiency && (
        <p>
          {sufficiency.words} <a href="#sufficiency">Why</a>.
        </p>
      )}
    </article>
  );
}

const shown = 4;

/** The features that matter clearly; where none does, those that move the scores most, with the plain word that this is not shown to help. */
export function Drivers({ learning }: { learning: ReportLearning }) {
  const { features, explanation } = learning;
  const clear = features.filter(({ importance }) => importance.low > 0).slice(0, shown);
  const meanings = meaningsOf(learning);
  const moving = explanation.attributions.features.slice(0, shown);
  return (
    <article>
      <h2>What drives it?</h2>
      {clear.length > 0 ? (
        <>
          <p>
            What the model <a href="#figure-importance">leans on most</a>, which need not be why people leave:
          </p>
          <Meanings all={clear.map(({ meaning }) => meaning)} />
        </>
      ) : (
        <>
          <p>
            No feature stands out: <a href="#figure-importance">none has an importance</a> whose interval lies
            above zero.
          </p>
          {moving.length > 0 && (
            <>
              <p>
                What <a href="#figure-attributions">moves the scores most</a>, rightly or not:
              </p>
              <Meanings all={moving.map(({ feature }) => meanings.of(feature))} />
            </>
          )}
        </>
      )}
    </article>
  );
}

function Meanings({ all }: { all: readonly string[] }) {
  return (
    <ol>
      {all.map((meaning) => (
        <li key={meaning}>{meaning}</li>
      ))}
    </ol>
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
          left were flagged. <a href="#figure-threshold">Weigh the cost of an offer</a> against that, and
          leave some of the flagged without one, to learn whether offers keep anyone.
        </p>
      )}
    </article>
  );
}
