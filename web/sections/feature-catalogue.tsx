import type { ReportCatalogue } from '../../src/report/report-explanation.ts';
import { Figure } from '../charts/figure.tsx';
import type { Column } from '../tables/cell.ts';
import { DataTable } from '../tables/data-table.tsx';
import { Disclosure } from '../tables/disclosure.tsx';
import { capitalised, counted } from '../words/plural.ts';

const columns: readonly Column[] = ['Feature', 'Unit', 'Meaning', 'Formula'].map((title) => ({ title }));

/** Every feature with its formula, theme by theme. */
export function FeatureCatalogue({ catalogue }: { catalogue: ReportCatalogue }) {
  const { name, theme, unit, meaning, formula } = catalogue;
  const themes = [...new Set(theme)];
  const rowOf = (i: number) => [name[i], unit[i], meaning[i], formula[i]];
  return (
    <Figure
      name="catalogue"
      wide
      isTable
      title={`${counted(name.length, 'feature')} in ${counted(themes.length, 'theme')}`}
      subtitle="What each is, in which unit, and how it is computed from the ledger’s columns, with the window in brackets."
      columns={[{ title: 'Theme' }, ...columns]}
      rows={name.map((_, i) => [theme[i], ...rowOf(i)])}
    >
      {themes.map((one) => {
        const own = [...theme.keys()].filter((i) => theme[i] === one);
        return (
          <Disclosure key={one} summary={`${capitalised(one)}: ${counted(own.length, 'feature')}`}>
            <DataTable caption={`Features of ${one}`} columns={columns} rows={own.map(rowOf)} />
          </Disclosure>
        );
      })}
    </Figure>
  );
}
