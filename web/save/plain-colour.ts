const known = new Map<string, string>();

/**
 * A computed colour as `#rrggbb` or `#rrggbbaa`. Programs that open SVG files know no `oklab()` and no `color()`, which is what a
 * browser computes of a mixture; a pixel painted with it says it plainly.
 */
export function plainColour(computed: string): string {
  if (computed === 'none') return computed;
  const found = known.get(computed) ?? painted(computed);
  known.set(computed, found);
  return found;
}

function painted(colour: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas to paint on.');
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const channels = Array.from(context.getImageData(0, 0, 1, 1).data);
  const digits = channels.map((channel) => channel.toString(16).padStart(2, '0'));
  return `#${channels[3] === 255 ? digits.slice(0, 3).join('') : digits.join('')}`;
}
