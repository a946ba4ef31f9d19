import type { ComparedFeature, ComparisonData } from '../../src/report/comparison-data.ts';
import { valueInWords } from '../../src/report/value-in-words.ts';
import { Figure } from '../charts/figure.tsx';
import { IntervalPlot } from '../charts/interval-plot.tsx';
import { Section } from '../sections/section.tsx';
import { formatCount, formatMetric } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';
import { movedFeatures } from './moved-features.ts';

const drawn = 15;

export function ChangedFeatures({ comparison: { features } }: { comparison: ComparisonData }) {
  const { added, removed, common } = features;
  const moved = new Set(movedFeatures(features));
  const title =
    moved.size === 0
      ? 'No feature moved more than chance lets it'
      : `${counted(moved.size, 'feature')} of ${formatCount(common.length)} moved more than chance lets ${moved.size === 1 ? 'it' : 'them'}`;
  return (
    <Section
      id="features"
      title="Features"
      lead="Of those at risk, as of each run’s scoring day. The population stability index (PSI) adds up by how much each tenth of the first run’s users, and those without a value, grew or shrank: below 0.1 is little, above 0.25 much. A feature counts as moved when it reaches 0.1 and chance would rarely make one of all features do so."
    >
      <ListOf title="Only in the second run" names={added} />
      <ListOf title="Only in the first run" names={removed} />
      <Figure
        wide
        name="compared-features"
        title={title}
        subtitle={`PSI of the ${formatCount(Math.min(drawn, common.length))} features that moved the most; a table of all behind it.`}
        legend={[
          { label: 'moved', tone: 'lost', mark: 'dot' },
          { label: 'little, or by chance', tone: 'baseline', mark: 'dot' },
        ]}
        columns={[
          { title: 'Feature' },
          { title: 'Meaning' },
          { title: 'PSI', format: formatMetric },
          { title: 'Chance of it where nothing moved', format: formatChance },
          { title: 'Kolmogorov–Smirnov distance', format: formatMetric },
          { title: 'Median, first' },
          { title: 'Median, second' },
          { title: 'Moved' },
        ]}
        rows={common.map((feature) => [
          feature.name,
          feature.meaning,
          feature.psi,
          feature.chance,
          feature.ks,
          valueInWords(feature.firstMedian, feature.unit),
          valueInWords(feature.secondMedian, feature.unit),
          moved.has(feature) ? 'yes' : 'no',
        ])}
      >
        <IntervalPlot
          label={title}
          axis="population stability index"
          include={[0]}
          reference={0.1}
          format={formatMetric}
          rows={common.slice(0, drawn).map((feature) => rowOf(feature, moved.has(feature)))}
        />
      </Figure>
    </Section>
  );
}

function rowOf(feature: ComparedFeature, isMoved: boolean) {
  const { meaning, unit, psi, firstMedian, secondMedian } = feature;
  return {
    label: capitalised(meaning),
    interval: { value: psi, low: Number.NaN, high: Number.NaN },
    tone: isMoved ? 'lost' : 'baseline',
    lines: [`median ${valueInWords(firstMedian, unit)}, then ${valueInWords(secondMedian, unit)}`],
  };
}

function ListOf({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p class="aside">
      <strong>{title}:</strong> {names.join(', ')}.
    </p>
  );
}

/** Few chances are told apart below a thousandth. */
function formatChance(chance: number): string {
  return chance < 0.001 ? '<0.001' : formatMetric(chance);
}
