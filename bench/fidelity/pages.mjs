import { targetsOf } from './targets.mjs';

const { full } = targetsOf();

/**
 * The share of each page among all rows, beside the real full log's, with the standard error of their difference:
 * both logs are a draw of so many users, each of whom has more or less of a page.
 */
export async function comparePages(events, { users }) {
  const pages = await events.rows(pagesSql);
  const rows = pages.reduce((sum, { count }) => sum + count, 0);
  return Object.entries(full.pages).map(([page, count]) => {
    const found = pages.find((one) => one.page === page) ?? { count: 0, variance: 0 };
    const error = Math.sqrt(found.variance * (1 + users / full.users)) / rows;
    return { page, target: count / full.rows, simulated: found.count / rows, error };
  });
}

/**
 * The variance of a page's count c, given all rows n: that of a ratio estimator, the sum over users of (c - pn)², for
 * the rows that name one; the rows of nobody are taken as independent of each other.
 */
const pagesSql = `
  WITH counts AS (SELECT userId, page, count(*)::DOUBLE AS c FROM events GROUP BY ALL),
  named AS (SELECT *, sum(c) OVER (PARTITION BY userId) AS n FROM counts WHERE userId <> ''),
  users AS (SELECT sum(n) AS n, sum(n * n) AS nn FROM (SELECT sum(c) AS n FROM named GROUP BY userId)),
  products AS (SELECT page, sum(c) / any_value(users.n) AS p, sum(c * c) AS cc, sum(c * named.n) AS cn,
    any_value(users.nn) AS nn FROM named, users GROUP BY page),
  totals AS (SELECT page, sum(c) AS count, coalesce(sum(c) FILTER (userId = ''), 0) AS unnamed FROM counts GROUP BY page)
  SELECT page, count, unnamed + coalesce(cc - 2 * p * cn + p * p * nn, 0) AS variance
    FROM totals LEFT JOIN products USING (page)`;
