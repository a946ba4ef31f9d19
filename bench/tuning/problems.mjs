// Seeded tables on which settings matter: sparse signal, much noise, missing values, rows of one user alike.
import { createRandom } from '../../dist/random.js';

/** Small, so that a race takes minutes. `matter` of the columns bear on the label. */
export const tables = {
  linear: { users: 200, perUser: 3, columns: 16, matter: 6, kind: 'linear' },
  steps: { users: 250, perUser: 3, columns: 12, matter: 5, kind: 'steps' },
  products: { users: 300, perUser: 3, columns: 10, matter: 4, kind: 'products' },
};

export function makeTable({ users, perUser, columns, matter, kind }, seed) {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  const rows = users * perUser;
  const data = Array.from({ length: columns }, () => new Float64Array(rows));
  const labels = new Uint8Array(rows);
  const groups = new Int32Array(rows);
  const weights = Array.from({ length: matter }, normal);
  for (let user = 0; user < users; user++) {
    const own = Array.from({ length: columns }, normal);
    const mood = 0.7 * normal();
    for (let k = 0; k < perUser; k++) {
      const row = user * perUser + k;
      groups[row] = user;
      for (let j = 0; j < columns; j++) {
        data[j][row] = 0.8 * own[j] + 0.6 * normal();
      }
      const x = (j) => data[j][row];
      let score = -2.4 + mood;
      for (let j = 0; j < matter; j++) {
        if (kind === 'linear') score += 0.5 * weights[j] * x(j);
        else if (kind === 'steps') score += weights[j] * (x(j) > 0.3 ? 1 : -0.3);
        else score += 0.7 * weights[j] * x(j) * x((j + 1) % matter);
      }
      labels[row] = random.float() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
      for (let j = 0; j < columns; j += 5) if (random.float() < 0.1) data[j][row] = Number.NaN;
    }
  }
  const names = data.map((_, j) => `x${j}`);
  return { matrix: { rows, names, columns: data }, labels, groups };
}

/** Folds by user. */
export function makeFolds({ groups }, count) {
  return Array.from({ length: count }, (_, fold) => ({
    trainRows: Int32Array.from(groups.keys()).filter((row) => groups[row] % count !== fold),
    validationRows: Int32Array.from(groups.keys()).filter((row) => groups[row] % count === fold),
  }));
}
