import type { Report } from './report/read-report.ts';
import { ThemeToggle } from './theme-toggle.tsx';
import { formatMinute } from './words/date.ts';

export function Header({ report }: { report: Report }) {
  const { meta } = report.data;
  return (
    <header class="masthead">
      <p class="brand">
        <strong>Refrain</strong> <span>churn report of {meta.definition}</span>
      </p>
      <p class="made">Made {formatMinute(meta.createdAt)}</p>
      <ThemeToggle />
    </header>
  );
}
