import { table, whole } from '../numbers.mjs';
import { targetsOf } from './targets.mjs';

const { full } = targetsOf();

/** What a comparison found, as Markdown. */
export function inMarkdown({ log, quantiles, pages, totals, times, losses, cohorts, minis }) {
  const heading = `A log of ${whole(log.users)} users and ${log.days} days, seed ${log.seed}; all of it, the real one too, is simulated data.`;
  return [
    `${heading} ${summary(quantiles, pages)}`,
    '### Totals',
    valuesTable('figure', totals),
    '### Pages',
    pagesTable(pages),
    '### Features of those who stayed and those who left',
    quantilesTable(quantiles),
    '### Hours and weekdays of songs',
    valuesTable('share of songs', times),
    '### Losses over time',
    lossesTables(losses),
    '### Kinds of listeners',
    cohortsTable(cohorts),
    '### The real mini log among simulated ones',
    minisTable(minis),
  ].join('\n\n');
}

/** The goals: 5 % of a page's share or its chance, .05 in rank. */
function summary(quantiles, pages) {
  const far = quantiles.filter(({ distance }) => distance > 0.05);
  const off = pages.filter((page) => !isNear(page));
  const worst = quantiles.reduce((a, b) => (b.distance > a.distance ? b : a));
  const mean = quantiles.reduce((sum, { distance }) => sum + distance, 0) / quantiles.length;
  return (
    `Of ${pages.length} pages ${pages.length - off.length} are within 5 % or two standard errors of their share; ` +
    `of ${quantiles.length} distributions ${quantiles.length - far.length} differ by no more than .05 in rank, ` +
    `on average by ${rank(mean)}, at most by ${rank(worst.distance)} (${worst.feature}).`
  );
}

function isNear({ target, simulated, error }) {
  const difference = Math.abs(simulated - target);
  return difference <= 0.05 * target || difference <= 2 * error;
}

function valuesTable(title, values) {
  const rows = values.map(({ name, target, simulated }) => [
    ...[name, number(target), number(simulated), percent(simulated / target - 1)],
  ]);
  return table([title, ':target', ':simulated', ':difference'], rows);
}

function pagesTable(pages) {
  const rows = pages.map(({ page, target, simulated, error }) => [
    ...[page, number(target), number(simulated), percent(simulated / target - 1)],
    (100 * (error / target)).toFixed(1),
  ]);
  return table(['page', ':target', ':simulated', ':difference', ':standard error, %'], rows);
}

/** A row a feature: median and rank distance of those who stayed, and the same of those who left. */
function quantilesTable(quantiles) {
  const features = [...new Set(quantiles.map(({ feature }) => feature))];
  const rows = features.map((feature) => {
    const [stayed, left] = [0, 1].map((lost) =>
      quantiles.find((one) => one.feature === feature && one.lost === lost),
    );
    return [feature, ...cellsOf(stayed), ...cellsOf(left)];
  });
  const columns = [':target', ':simulated', ':rank difference', 'at'];
  const header = [
    'feature',
    ...columns.map((name) => name.replace('target', 'median, stayed: target')),
    ...columns.map((name) => name.replace('target', 'median, left: target')),
  ];
  return table(header, rows);
}

function cellsOf({ median, simulatedMedian, distance, at }) {
  return [number(median), number(simulatedMedian), rank(distance), at];
}

function lossesTables({ weeks, tenDays }) {
  const { first, last } = full.lossesADay;
  const [least, most] = full.lossShareOfTenDays.map((share) => (100 * share).toFixed(1));
  return [
    `The real full log: about ${first} a day at first, ${last} at the end; ${least} to ${most} % of those active in any ten days.`,
    table(
      ['week', ...weeks.map(({ week }) => `:${week}`)],
      [['losses a day, for 22,277 users', ...weeks.map(({ lossesADay }) => lossesADay.toFixed(0))]],
    ),
    table(
      ['days', ...tenDays.map(({ day }) => `:${day + 1} to ${day + 10}`)],
      [['lost, of those active, %', ...tenDays.map(({ share }) => (100 * share).toFixed(1))]],
    ),
  ].join('\n\n');
}

const COHORT_FIGURES = {
  users: 'users',
  lossShare: 'share lost',
  sessionsAUser: 'sessions a user',
  thumbsUpASong: 'thumbs up a song',
  thumbsDownASong: 'thumbs down a song',
  advertsASong: 'adverts a song',
  lossesPer1000Sessions: 'losses per 1,000 sessions',
  lossesPer1000Hours: 'losses per 1,000 hours',
};

/** A row a figure, since there are more of them than kinds. */
function cohortsTable(cohorts) {
  const header = ['', ...cohorts.flatMap(({ cohort }) => [`:${cohort}: target`, ':simulated'])];
  const rows = Object.entries(COHORT_FIGURES).map(([key, name]) => [
    name,
    ...cohorts.flatMap(({ target, simulated }) => [number(target[key]), number(simulated[key])]),
  ]);
  return table(header, rows);
}

function minisTable(minis) {
  const rows = minis.map(({ name, target, mean, deviation }) => [
    ...[name, number(target), number(mean), number(deviation)],
    ((target - mean) / deviation).toFixed(1).replace('-', '−'),
  ]);
  return table(['figure', ':real', ':mean', ':deviation', ':real, in deviations'], rows);
}

/** Four digits, or all of a whole number; a dash where a small log has nothing to count. */
function number(value) {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return whole(value);
  return Math.abs(value) >= 1000 ? whole(value) : String(Number(value.toPrecision(4)));
}

function percent(share) {
  if (Number.isNaN(share)) return '–';
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)} %`;
}

function rank(distance) {
  return distance.toFixed(3).replace(/^0/, '');
}
