import { setTimeout as sleep } from 'node:timers/promises';

/** All stages of the application whose UI this is, once none runs. Spark tells its UI of a stage's end a little after the query's. */
export async function fetchStages(ui) {
  const [{ id }] = await get(`${ui}/api/v1/applications`);
  for (;;) {
    const stages = await get(`${ui}/api/v1/applications/${id}/stages`);
    if (!stages.some(({ status }) => status === 'ACTIVE')) return stages.map(brief);
    await sleep(50);
  }
}

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Without the texts of plans and stacks. */
function brief(stage) {
  return Object.fromEntries(
    Object.entries(stage).filter(
      ([name, value]) => typeof value === 'number' || /status|submissionTime/.test(name),
    ),
  );
}
