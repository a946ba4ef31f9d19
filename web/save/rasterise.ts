import type { Picture } from './figure-picture.ts';

/** Pixels of the image for a pixel of the page: sharp on paper and on dense screens. */
const density = 2;

/** A picture as PNG. @throws Error when the browser cannot draw it. */
export async function rasterise({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  // An address that holds the picture itself is the only kind that the page's policy lets an image have.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * density);
  canvas.height = Math.ceil(height * density);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png === null)
    throw new Error(`the browser makes no image of ${canvas.width} by ${canvas.height} pixels`);
  return png;
}
