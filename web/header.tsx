import { ThemeToggle } from './theme-toggle.tsx';
import { formatMinute } from './words/date.ts';

interface HeaderProps {
  /** What the page is about, as in "churn report of sparkify". */
  readonly subject: string;
  readonly createdAt: number;
}

export function Header({ subject, createdAt }: HeaderProps) {
  return (
    <header class="masthead">
      <p class="brand">
        <strong>Refrain</strong> <span>{subject}</span>
      </p>
      <p class="made">Made {formatMinute(createdAt)}</p>
      <ThemeToggle />
    </header>
  );
}
