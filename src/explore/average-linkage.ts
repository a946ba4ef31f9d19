/**
 * Order of the leaves of an agglomerative clustering with average linkage (UPGMA, Sokal and Michener 1958): the two clusters of the least
 * mean distance merge, of several such pairs the first by their first leaves. In a merged cluster, the one with the first leaf comes first.
 *
 * @param distances symmetric, without NaN.
 */
export function clusterOrder(distances: readonly Float64Array[]): number[] {
  const between = distances.map((row) => Float64Array.from(row));
  /** Leaves of each cluster, at the place of its first one by number. */
  const clusters = distances.map((_, i) => [i]);
  const alive = clusters.map((_, i) => i);
  while (alive.length > 1) {
    const [a, b] = nearest(between, alive);
    const [sizeA, sizeB] = [clusters[a].length, clusters[b].length];
    for (const c of alive) {
      const mean = (sizeA * between[a][c] + sizeB * between[b][c]) / (sizeA + sizeB);
      between[a][c] = mean;
      between[c][a] = mean;
    }
    clusters[a] = [...clusters[a], ...clusters[b]];
    alive.splice(alive.indexOf(b), 1);
  }
  return alive.flatMap((cluster) => clusters[cluster]);
}

/** The two nearest clusters, the lower number first. */
function nearest(between: readonly Float64Array[], alive: readonly number[]): [number, number] {
  let best: [number, number] = [alive[0], alive[1]];
  let least = Number.POSITIVE_INFINITY;
  alive.forEach((a, i) => {
    for (const b of alive.slice(i + 1)) {
      if (between[a][b] >= least) continue;
      least = between[a][b];
      best = [a, b];
    }
  });
  return best;
}
