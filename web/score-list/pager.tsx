import { formatCount } from '../words/number.ts';

interface PagerProps {
  /** From 0. */
  readonly page: number;
  readonly pageSize: number;
  readonly found: number;
  readonly all: number;
  readonly onPage: (page: number) => void;
}

export function Pager({ page, pageSize, found, all, onPage }: PagerProps) {
  const last = Math.max(0, Math.ceil(found / pageSize) - 1);
  const steps = [
    { name: 'First', to: 0, disabled: page === 0 },
    { name: 'Previous', to: page - 1, disabled: page === 0 },
    { name: 'Next', to: page + 1, disabled: page >= last },
    { name: 'Last', to: last, disabled: page >= last },
  ];
  return (
    <nav class="pager" aria-label="Pages of the score list">
      <p role="status">{describe(page, pageSize, found, all)}</p>
      {steps.map(({ name, to, disabled }) => (
        <button key={name} type="button" disabled={disabled} onClick={() => onPage(to)}>
          {name}
        </button>
      ))}
    </nav>
  );
}

function describe(page: number, pageSize: number, found: number, all: number): string {
  if (found === 0) return `None of ${formatCount(all)} users`;
  const first = page * pageSize + 1;
  const last = Math.min(found, (page + 1) * pageSize);
  const of = found === all ? formatCount(all) : `${formatCount(found)} found among ${formatCount(all)}`;
  return `${formatCount(first)}–${formatCount(last)} of ${of} users`;
}
