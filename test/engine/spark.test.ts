import { silentEffects } from '../../src/effects.ts';
import { openSpark } from '../../src/engine/spark/engine.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { sparkServer } from '../spark/spark-server.ts';
import { engineSuite } from './engine-suite.ts';

for (const version of ['newest', 'oldest'] as const) {
  engineSuite(`Spark ${sparkVersions[version]}`, async (workFolder, effects = silentEffects) => {
    const { remote, token } = await sparkServer({ version });
    return openSpark({ remote, token, workFolder }, effects);
  });
}
