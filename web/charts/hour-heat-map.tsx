import { clock, weekdays } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { Figure } from './figure.tsx';
import { evenScale, HeatGrid } from './heat-grid.tsx';

interface HourHeatMapProps {
  readonly title: string;
  /** 24 counts for each weekday, Monday first. */
  readonly counts: readonly (readonly number[])[];
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Events by UTC hour and weekday, as tints from none to the most. */
export function HourHeatMap({ title, counts }: HourHeatMapProps) {
  const most = Math.max(1, ...counts.flat().filter(Number.isFinite));
  return (
    <Figure
      name="hours"
      title={title}
      subtitle="Accepted events by UTC hour and weekday. The darker the tint, the more events."
      columns={[{ title: 'Weekday' }, ...hours.map((hour) => ({ title: clock(hour), format: formatCount }))]}
      rows={counts.map((row, day) => [weekdays[day], ...row])}
    >
      <HeatGrid
        label={title}
        rows={weekdays.map((name) => name.slice(0, 2))}
        columns={[0, 6, 12, 18].map((hour) => ({ at: hour, label: clock(hour) }))}
        width={24}
        axis="Hour of the day, UTC"
        scale={evenScale('stayed', '0', `${formatCount(most)} events`)}
        cells={counts.flatMap((row, day) =>
          row.map((count, hour) => ({
            row: day,
            column: hour,
            tint: count / most,
            title: `${weekdays[day]}, ${clock(hour)}–${clock((hour + 1) % 24)}`,
            lines: [`${formatCount(count)} events`],
          })),
        )}
      />
    </Figure>
  );
}
