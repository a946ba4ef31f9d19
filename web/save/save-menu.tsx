import type { RefObject } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { type Picture, pictureOf } from './figure-picture.ts';
import { Provenance } from './provenance.ts';
import { rasterise } from './rasterise.ts';
import { saveFile } from './save-file.ts';

interface SaveMenuProps {
  /** Of the files, without ending. */
  readonly name: string;
  readonly title: string;
  readonly figure: RefObject<HTMLElement | null>;
  readonly isDrawn: boolean;
  readonly csv: () => string;
}

type Format = 'svg' | 'png' | 'csv';

/** Saves a figure as a picture, and its numbers as a table. */
export function SaveMenu({ name, title, figure, isDrawn, csv }: SaveMenuProps) {
  const note = useContext(Provenance);
  const [failure, setFailure] = useState('');
  const picture = (): Picture => {
    if (figure.current === null) throw new Error('the figure is gone');
    return pictureOf(figure.current, note);
  };
  const contents: Readonly<Record<Format, () => Blob | Promise<Blob>>> = {
    svg: () => new Blob([picture().svg], { type: 'image/svg+xml' }),
    png: () => rasterise(picture()),
    csv: () => new Blob([csv()], { type: 'text/csv;charset=utf-8' }),
  };
  const save = async (format: Format) => {
    try {
      saveFile(await contents[format](), `${name}.${format}`);
      setFailure('');
    } catch (error) {
      setFailure(`Not saved: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  const formats: readonly Format[] = isDrawn ? ['svg', 'png', 'csv'] : ['csv'];
  return (
    <details class="save">
      <summary aria-label={`Save “${title}”`}>Save</summary>
      <div class="formats">
        {formats.map((format) => (
          <button
            key={format}
            type="button"
            aria-label={`Save as ${format.toUpperCase()}`}
            onClick={() => save(format)}
          >
            {format.toUpperCase()}
          </button>
        ))}
      </div>
      {failure !== '' && <p role="alert">{failure}</p>}
    </details>
  );
}
