import type { z } from 'zod';
import { PAGES } from './pages.ts';
import { type Scenario, scenarioShape } from './scenario.ts';
import { COHORTS } from './transitions.ts';

/** A scenario file: its shape, and that its names and probabilities fit together. */
export const scenarioSchema = scenarioShape
  .superRefine(checkNames)
  .superRefine(checkPages)
  .superRefine(checkCohorts)
  .superRefine(checkSums);

type Issue = (path: PropertyKey[], message: string) => void;

function issuesOf(context: z.RefinementCtx): Issue {
  return (path, message) => context.addIssue({ code: 'custom', path, message });
}

function checkNames({ pages, cohorts, offer: made }: Scenario, context: z.RefinementCtx): void {
  const refuse = issuesOf(context);
  const lists: [PropertyKey[], readonly string[], readonly string[]][] = [
    [['pages'], Object.keys(PAGES), pages.map(({ name }) => name)],
    [['cohorts'], COHORTS, cohorts.map(({ name }) => name)],
    [['offer', 'segments'], [], made?.segments.map(({ name }) => name) ?? []],
  ];
  for (const [path, known, names] of lists) {
    names.forEach((name, i) => {
      if (known.includes(name) || names.indexOf(name) < i) {
        refuse([...path, i, 'name'], `"${name}" is there already; expected another name`);
      }
    });
  }
}

/** Only pages of one who is logged in can be changed, and Cancel is always confirmed as it was. */
function checkPages({ rates, pages, cohorts }: Scenario, context: z.RefinementCtx): void {
  const known = [...Object.keys(PAGES), ...pages.map(({ name }) => name)];
  const refuse = issuesOf(context);
  const check = (path: PropertyKey[], name: string, others: readonly string[]) => {
    if (!known.includes(name)) refuse(path, `"${name}" is no page: expected one of ${known.join(', ')}`);
    else if (others.includes(name)) refuse(path, `the page "${name}" cannot be changed here`);
  };
  const from = ['Cancel', 'Cancellation Confirmation', 'Register', 'Submit Registration', 'Login'];
  const to = [...from.filter((name) => name !== 'Cancel'), 'Logout'];
  rates.forEach(({ page: name, to: target }, i) => {
    if (name !== undefined) check(['rates', i, 'page'], name, from);
    check(
      ['rates', i, 'to'],
      target,
      to.filter((one) => one !== 'Logout'),
    );
  });
  pages.forEach(({ reached, leads }, i) => {
    for (const name of Object.keys(reached)) check(['pages', i, 'reached', name], name, from);
    for (const name of Object.keys(leads)) check(['pages', i, 'leads', name], name, to);
  });
  cohorts.forEach(({ changes }, i) => {
    for (const [name, targetsOf] of Object.entries(changes)) {
      check(['cohorts', i, 'changes', name], name, from);
      for (const target of Object.keys(targetsOf)) check(['cohorts', i, 'changes', name, target], target, to);
    }
  });
}

function checkCohorts({ rates, gaps, cohorts, offer: made }: Scenario, context: z.RefinementCtx): void {
  const known: readonly string[] = [...COHORTS, ...cohorts.map(({ name }) => name)];
  const refuse = issuesOf(context);
  const check = (path: PropertyKey[], names: readonly string[] = []) =>
    names.forEach((name, i) => {
      if (known.includes(name)) return;
      refuse([...path, 'cohorts', i], `"${name}" is no cohort: expected one of ${known.join(', ')}`);
    });
  for (const [i, one] of rates.entries()) check(['rates', i], one.cohorts);
  for (const [i, one] of gaps.entries()) check(['gaps', i], one.cohorts);
  for (const [i, one] of made?.segments.entries() ?? []) check(['offer', 'segments', i], one.cohorts);
}

function checkSums({ pages, cohorts }: Scenario, context: z.RefinementCtx): void {
  const refuse = issuesOf(context);
  const check = (path: PropertyKey[], targets: Readonly<Record<string, number>>) => {
    const sum = Object.values(targets).reduce((total, share) => total + share, 0);
    if (sum > 1 + 1e-9) refuse(path, `the probabilities add up to ${sum}; expected 1 at most`);
  };
  pages.forEach(({ leads, reached }, i) => {
    check(['pages', i, 'leads'], leads);
    if (Object.keys(reached).length === 0)
      refuse(['pages', i, 'reached'], 'no page leads there; expected one');
  });
  cohorts.forEach(({ changes }, i) => {
    for (const [page, targets] of Object.entries(changes)) check(['cohorts', i, 'changes', page], targets);
  });
}
