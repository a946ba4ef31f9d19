import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** A native `<details>` whose content is only made once it is opened, which keeps a page of many tables light. */
export function Disclosure({ summary, children }: { summary: string; children: ComponentChildren }) {
  const [opened, setOpened] = useState(false);
  return (
    <details class="disclosure" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children}
    </details>
  );
}
