import { useEffect, useState } from 'preact/hooks';

const sections = [
  ['overview', 'Overview'],
  ['log', 'The log'],
  ['leavers', 'Who leaves'],
  ['models', 'Models'],
  ['at-risk', 'At risk now'],
  ['method', 'Method'],
] as const;

/** @param isWhole whether the sections are drawn. */
export function Navigation({ isWhole }: { isWhole: boolean }) {
  const current = useCurrentSection(isWhole);
  return (
    <nav aria-label="Sections" class="sections">
      <ol>
        {sections.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === current ? 'true' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The section that a line through the upper third of the window crosses. */
function useCurrentSection(isWhole: boolean): string {
  const [current, setCurrent] = useState('overview');
  useEffect(() => {
    if (!isWhole) return;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) setCurrent(target.id);
      },
      { rootMargin: '-30% 0px -70% 0px' },
    );
    for (const [id] of sections) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [isWhole]);
  return current;
}
