import { readFileSync } from 'node:fs';

const targets = parse(readFileSync(new URL('targets/full-user-quantiles.csv', import.meta.url), 'utf8'));

/**
 * How the features of those who stayed (lost 0) and who left (1) are distributed, beside the real ones.
 * @returns an entry a feature and group: its means and medians, and the largest difference in rank with the point where.
 */
export async function compareQuantiles(events) {
  const users = await events.rows('SELECT * FROM users');
  return targets.map(({ feature, lost, mean, median, zeroShare, points }) => {
    const values = Float64Array.from(users.filter((user) => user.lost === lost).map((user) => user[feature]));
    values.sort();
    return {
      ...{ feature, lost, users: values.length },
      ...{ mean, simulatedMean: values.reduce((a, b) => a + b, 0) / values.length },
      ...{ median, simulatedMedian: values[values.length >> 1] },
      ...largestDifference(values, zeroShare, points),
    };
  });
}

/**
 * The largest difference in rank between sorted values and a printed distribution, over its share of zeros and its
 * quantiles. Where values tie with a quantile, its share may lie anywhere among theirs.
 */
export function largestDifference(values, zeroShare, points) {
  const rank = (bound) => ranked(values, bound) / values.length;
  let distance = Math.abs(rank(0) - rank(-Number.MIN_VALUE) - zeroShare);
  let at = 'zeros';
  for (const { name, share, value } of points) {
    const rounding = Math.abs(value) * 1e-9;
    const below = rank(value - rounding - Number.MIN_VALUE);
    const difference = Math.max(below - share, share - rank(value + rounding));
    if (difference > distance) [distance, at] = [difference, name];
  }
  return { distance, at };
}

/** How many of the sorted values are at most `bound`. */
function ranked(values, bound) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function parse(csv) {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const shares = header.filter((name) => /^q\d\d$/.test(name));
  return lines.map((line) => {
    const cell = (name) => Number(line[header.indexOf(name)]);
    return {
      ...{ feature: line[0], lost: cell('churn'), mean: cell('mean'), median: cell('q50') },
      zeroShare: cell('zero_share'),
      points: shares.map((name) => ({ name, share: Number(name.slice(1)) / 100, value: cell(name) })),
    };
  });
}
