import type { Random } from '../random.ts';
import type { NamedDimension, Point } from './points.ts';

/** A probability density over the places of a space. */
export interface Density {
  readonly sample: (random: Random) => Point;
  readonly logDensity: (point: Point) => number;
}

/**
 * The Parzen estimate of where points come from: the mean of a kernel at each of them and of one, the prior, that spreads
 * over the whole space (Bergstra et al. 2011, section 4). A kernel is a product over the dimensions (Falkner et al. 2018),
 * so that settings which do well together are drawn together.
 */
export function parzenDensity(dimensions: readonly NamedDimension[], points: readonly Point[]): Density {
  const width = bandwidth(points.length, dimensions.length);
  const marginals = dimensions.map(({ dimension }) =>
    dimension.kind === 'choice' ? choiceKernel(dimension.values.length, points.length) : rangeKernel(width),
  );
  const prior = dimensions.map(({ dimension }) =>
    dimension.kind === 'choice' ? choiceKernel(dimension.values.length, 0) : rangeKernel(1),
  );
  const kernels = [
    ...points.map((centre) => ({ centre, marginals })),
    { centre: dimensions.map(({ dimension }) => (dimension.kind === 'choice' ? 0 : 0.5)), marginals: prior },
  ];
  return {
    sample: (random) => {
      const { centre, marginals } = kernels[random.integer(kernels.length)];
      return marginals.map((marginal, d) => marginal.sample(centre[d], random));
    },
    logDensity: (point) => {
      const logs = kernels.map(({ centre, marginals }) =>
        marginals.reduce((sum, { logDensity }, d) => sum + logDensity(centre[d], point[d]), 0),
      );
      const highest = Math.max(...logs);
      const sum = logs.reduce((total, log) => total + Math.exp(log - highest), 0);
      return highest + Math.log(sum / kernels.length);
    },
  };
}

/** A kernel of one dimension. */
interface Marginal {
  readonly sample: (centre: number, random: Random) => number;
  readonly logDensity: (centre: number, x: number) => number;
}

/** Standard deviation of the kernels, by Scott's rule (1992) on a fifth of the range, and not so small that the search sticks. */
function bandwidth(points: number, dimensions: number): number {
  return Math.max(0.2 * Math.max(points, 1) ** (-1 / (dimensions + 4)), 1 / Math.min(100, points + 1));
}

/** A logistic distribution cut off at 0 and 1: like a normal one, with a closed form of all that is needed. */
function rangeKernel(deviation: number): Marginal {
  const scale = (deviation * Math.sqrt(3)) / Math.PI;
  const cumulative = (z: number) => 1 / (1 + Math.exp(-z / scale));
  return {
    sample: (centre, random) => {
      const low = cumulative(-centre);
      const u = low + random.float() * (cumulative(1 - centre) - low);
      return Math.min(Math.max(centre + scale * Math.log(u / (1 - u)), 0), 1);
    },
    logDensity: (centre, x) => {
      const f = cumulative(x - centre);
      const mass = cumulative(1 - centre) - cumulative(-centre);
      return Math.log((f * (1 - f)) / (scale * mass));
    },
  };
}

/** The centre's value or, with a chance that falls with the points, any (Aitchison and Aitken 1976). */
function choiceKernel(values: number, points: number): Marginal {
  const any = 1 / (points + 1);
  return {
    sample: (centre, random) => (random.float() < any ? random.integer(values) : centre),
    logDensity: (centre, x) => Math.log(any / values + (x === centre ? 1 - any : 0)),
  };
}
