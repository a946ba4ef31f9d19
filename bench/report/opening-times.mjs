import { BenchError } from '../errors.mjs';

/** What a reader does, each in the page, in this order; `until` is what must then be there. */
const steps = [
  { what: 'next page', act: "button('Next').click()", until: "status().startsWith('26–50')" },
  { what: 'last page', act: "button('Last').click()", until: "button('Next').disabled" },
  { what: 'search', act: "type('input[type=search]', 'last')", until: "status().includes('found')" },
  {
    what: 'search nobody',
    act: "type('input[type=search]', 'nobody')",
    until: "status().startsWith('None')",
  },
  { what: 'search ended', act: "type('input[type=search]', '')", until: "!status().includes('found')" },
  { what: 'sort by name', act: "sorting('User').click()", until: "sorted('User')" },
  { what: 'sort by reason', act: "sorting('Reasons').click()", until: "sorted('Reasons')" },
  { what: 'sort by rank', act: "sorting('Rank').click()", until: "sorted('Rank')" },
  { what: 'filter by device', act: "choose('Device')", until: "status().includes('found')" },
  { what: 'open a user', act: "find('.scores tbody a').click()", until: "find('.user figure')" },
  { what: 'the next user', act: "link('The one less at risk').click()", until: "find('.user figure')" },
  { what: 'back to the list', act: "link('All users').click()", until: "!find('.user')" },
];

/**
 * Milliseconds to the first paint, to the report drawn, and of each step to the next frame painted, by what was done.
 * @throws {BenchError} when a step does not do what it should.
 */
export async function openingTimes(browser, address) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const drawn = page.locator('main:not([aria-busy=true]), #page > [role=alert]').first();
  await drawn.waitFor();
  if ((await drawn.getAttribute('role')) === 'alert') throw new BenchError(await drawn.innerText());
  const times = await page.evaluate(
    `(async () => { ${helpers} return { ...(await opening()), ...(await stepTimes([${steps.map(inPage)}])) }; })()`,
  );
  await context.close();
  const failed = Object.keys(times).find((what) => times[what] === null);
  if (failed !== undefined) throw new BenchError(`The page did not do what "${failed}" asks for.`);
  return times;
}

/** A step as source: the page's policy lets it make no functions of texts. */
function inPage({ what, act, until }) {
  return `{ what: ${JSON.stringify(what)}, act: () => { ${act}; }, isDone: () => Boolean(${until}) }`;
}

/** Source of what runs in the page. */
const helpers = `
  const find = (selector) => document.querySelector(selector);
  const named = (selector, name) => [...document.querySelectorAll(selector)].find((one) => one.textContent.trim() === name);
  const button = (name) => named('.pager button', name);
  const link = (name) => named('.user-navigation a', name);
  const sorting = (name) => named('.scores thead button', name);
  const sorted = (name) => sorting(name).closest('th').hasAttribute('aria-sort');
  const status = () => find('.pager [role=status]').textContent;
  const type = (selector, text) => {
    const input = find(selector);
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const choose = (name) => {
    const select = [...document.querySelectorAll('.filters label')].find((label) => label.textContent.startsWith(name)).querySelector('select');
    select.value = select.options[1].value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  }));
  const opening = async () => {
    const paint = () => performance.getEntriesByName('first-contentful-paint')[0];
    while (paint() === undefined) await painted();
    return { 'first paint': paint().startTime };
  };
  const stepTimes = async (steps) => {
    const times = {};
    for (const { what, act, isDone } of steps) {
      const start = performance.now();
      act();
      let frames = 0;
      do await painted(); while (!isDone() && ++frames < 300);
      times[what] = isDone() ? performance.now() - start : null;
      await painted();
    }
    return times;
  };
`;
