import { plainColour } from './plain-colour.ts';

/** What the page's styles say of drawings, each also an attribute of SVG, with the value that it has unsaid. */
const properties: readonly (readonly [name: string, unsaid: string])[] = [
  ['fill', 'rgb(0, 0, 0)'],
  ['fill-opacity', '1'],
  ['stroke', 'none'],
  ['stroke-width', '1px'],
  ['stroke-opacity', '1'],
  ['stroke-dasharray', 'none'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['shape-rendering', 'auto'],
  ['opacity', '1'],
];

const textProperties: readonly (readonly [name: string, unsaid: string])[] = [
  ['font-family', ''],
  ['font-size', ''],
  ['font-weight', '400'],
  ['font-variant-numeric', 'normal'],
];

/** A copy of a drawing that looks the same where the page's styles are not: each shape states its own. */
export function withInlineStyles(drawing: SVGElement): SVGElement {
  const copy = drawing.cloneNode(true);
  if (!(copy instanceof SVGElement)) throw new Error('The copy of a drawing is no drawing.');
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    state(element, getComputedStyle(originals[i]));
  });
  return copy;
}

function state(element: Element, style: CSSStyleDeclaration): void {
  for (const name of ['class', 'style', 'aria-hidden']) element.removeAttribute(name);
  if (element.localName === 'svg' || element.localName === 'g') return;
  const stated = element.localName === 'text' ? [...properties, ...textProperties] : properties;
  for (const [name, unsaid] of stated) {
    const value = style.getPropertyValue(name);
    if (value === unsaid) element.removeAttribute(name);
    else element.setAttribute(name, name === 'fill' || name === 'stroke' ? plainColour(value) : value);
  }
}
