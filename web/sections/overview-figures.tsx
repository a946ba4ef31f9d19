import type { ReportLearning } from '../../src/report/report-data.ts';
import { countAtRisk } from '../findings/at-risk.ts';
import { judgeModel, shortVerdict } from '../findings/model-verdict.ts';
import type { Report } from '../report/read-report.ts';
import { daysCovered, formatDay, parseDay } from '../words/date.ts';
import { formatCount, formatRange, formatShare } from '../words/number.ts';
import { plural } from '../words/plural.ts';

interface KeyFigure {
  readonly href: string;
  readonly name: string;
  readonly value: string;
  readonly detail: string;
}

/** The numbers of the run, each a link to where it is shown in full. */
export function KeyFigures({ report }: { report: Report }) {
  const { learning } = report.data;
  const figures = [...logFigures(report), ...(learning ? learningFigures(report, learning) : [])];
  return (
    <ul class="key-figures">
      {figures.map(({ href, name, value, detail }) => (
        <li key={name}>
          <a href={href}>
            <span class="name">{name}</span>
            <strong>{value}</strong>
            <span class="detail">{detail}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function logFigures({ data: { log, input, meta } }: Report): KeyFigure[] {
  const days = daysCovered(log.firstEvent, log.lastEvent);
  const share = log.users === 0 ? 0 : log.lost / log.users;
  return [
    { href: '#log', name: 'Users', value: formatCount(log.users), detail: `over ${formatCount(days)} days` },
    {
      href: '#log',
      name: 'Events',
      value: formatCount(input.accepted),
      detail: `of ${formatCount(input.lines)} lines read`,
    },
    {
      href: '#leavers',
      name: plural(meta.words.loss),
      value: formatCount(log.lost),
      detail: `${formatShare(share)} of users`,
    },
  ];
}

function learningFigures({ scores }: Report, learning: ReportLearning): KeyFigure[] {
  const { threshold } = learning.confusion;
  const { flagged, users, expectedLosses } = countAtRisk(scores.probability, threshold);
  const verdict = judgeModel(learning);
  const auc = verdict.chosen.test.rocAuc;
  return [
    {
      href: '#at-risk',
      name: 'Expected to leave',
      value: formatCount(Math.round(expectedLosses)),
      detail: `of ${formatCount(users)} at risk on ${formatDay(parseDay(learning.scores.day))}: the sum of their probabilities; ${formatCount(flagged)} reach the threshold`,
    },
    {
      href: '#models',
      name: 'Ranked rightly',
      value: formatShare(auc?.value ?? Number.NaN),
      detail:
        auc && Number.isFinite(auc.value)
          ? `of pairs (${formatRange(auc, formatShare)}): ${shortVerdict(verdict)}`
          : shortVerdict(verdict),
    },
  ];
}
