import type { ComponentChildren } from 'preact';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what is to be seen here. */
  readonly lead?: string;
  readonly children: ComponentChildren;
}

export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} class="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}

/** A part of a section under a heading that can be linked to. */
export function Part({ id, title, children }: Pick<SectionProps, 'id' | 'title' | 'children'>) {
  return (
    <>
      <h3 class="part-title" id={id}>
        {title}
      </h3>
      {children}
    </>
  );
}
