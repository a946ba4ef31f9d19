import { withInlineStyles } from './inline-styles.ts';
import { flow, type Measure, wrap } from './picture-layout.ts';
import { plainColour } from './plain-colour.ts';

/** A standalone SVG document and its size in pixels. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture; the parts stand one below the other. */
interface Block {
  readonly nodes: readonly SVGElement[];
  readonly height: number;
}

const margin = 20;
const lineHeight = 1.4;

/**
 * A figure as it stands on the screen, without its controls: title, subtitle, legend, drawings, and below them a note on where it is from.
 * @throws Error when nothing is drawn in it.
 */
export function pictureOf(figure: HTMLElement, note: string): Picture {
  const drawings = Array.from(figure.querySelectorAll<SVGSVGElement>('.plot > svg'));
  if (drawings.length === 0) throw new Error('nothing is drawn here');
  const places = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const inner = Math.max(...places.map((place) => place.right)) - left;
  const title = figure.querySelector('h3');
  const subtitle = figure.querySelector('.subtitle');
  const blocks = [
    paragraph(title?.textContent, title ?? figure, inner, 2),
    paragraph(subtitle?.textContent, subtitle ?? figure, inner, 14),
    legendBlock(Array.from(figure.querySelectorAll('.legend li')), inner),
    drawingsBlock(drawings, places, left),
    paragraph(note, subtitle ?? figure, inner, 0),
  ];
  return stacked(blocks, inner, title?.textContent ?? '', getComputedStyle(figure).backgroundColor);
}

function stacked(blocks: readonly Block[], inner: number, title: string, ground: string): Picture {
  let y = margin;
  const groups = blocks.map(({ nodes, height }) => {
    const group = element('g', { transform: `translate(${margin},${y})` });
    group.append(...nodes);
    y += height;
    return group;
  });
  const width = Math.ceil(inner + 2 * margin);
  const height = Math.ceil(y + margin);
  const root = element('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' });
  root.append(
    withText(element('title', {}), title),
    element('rect', { width, height, fill: plainColour(ground) }),
    ...groups,
  );
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

function paragraph(text: string | null | undefined, styled: Element, width: number, gap: number): Block {
  if (!text) return { nodes: [], height: 0 };
  const style = getComputedStyle(styled);
  const size = Number.parseFloat(style.fontSize);
  const lines = wrap(text, width, measureIn(style));
  const nodes = lines.map((line, i) => textNode(line, 0, size + i * size * lineHeight, style));
  return { nodes, height: lines.length * size * lineHeight + gap };
}

const swatchRoom = 30;

function legendBlock(entries: readonly Element[], width: number): Block {
  if (entries.length === 0) return { nodes: [], height: 0 };
  const style = getComputedStyle(entries[0]);
  const size = Number.parseFloat(style.fontSize);
  const measure = measureIn(style);
  const labels = entries.map((entry) => entry.textContent);
  const widths = labels.map((label) => swatchRoom + measure(label));
  const places = flow(widths, width, 18, size * lineHeight);
  const nodes = entries.flatMap((entry, i) => {
    const { x, y } = places[i];
    const label = textNode(labels[i], x + swatchRoom, y + size, style);
    const swatch = entry.querySelector('svg');
    return swatch === null ? [label] : [placed(withInlineStyles(swatch), x, y + size - 11), label];
  });
  return { nodes, height: places[places.length - 1].y + size * lineHeight + 14 };
}

function drawingsBlock(drawings: readonly SVGElement[], places: readonly DOMRect[], left: number): Block {
  const top = Math.min(...places.map((place) => place.top));
  const bottom = Math.max(...places.map((place) => place.bottom));
  const nodes = drawings.map((drawing, i) =>
    placed(withInlineStyles(drawing), places[i].left - left, places[i].top - top),
  );
  return { nodes, height: bottom - top + 10 };
}

function placed(drawing: SVGElement, x: number, y: number): SVGElement {
  drawing.setAttribute('x', String(x));
  drawing.setAttribute('y', String(y));
  return drawing;
}

function textNode(text: string, x: number, y: number, style: CSSStyleDeclaration): SVGElement {
  const attributes = {
    x,
    y,
    fill: plainColour(style.color),
    'font-family': style.fontFamily,
    'font-size': style.fontSize,
    'font-weight': style.fontWeight,
  };
  return withText(element('text', attributes), text);
}

function measureIn({ fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('this browser has no canvas to measure text with');
  context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return (text) => context.measureText(text).width;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** XML allows few control characters, and a document with another is none. */
function withText(node: SVGElement, text: string): SVGElement {
  node.textContent = text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\ufffd');
  return node;
}
