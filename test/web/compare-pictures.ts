import type { Page } from 'playwright-core';

export interface PictureDifference {
  /** Of the second picture's width and height to the first's. */
  readonly scale: readonly [width: number, height: number];
  /** Share of cells of 4 by 4 pixels whose mean colour differs by more than a sixth of the range in a channel. */
  readonly share: number;
}

/**
 * How two PNGs differ to the eye: by cells, so that another hinting of a font changes little, while a mark, a bar or a column that is gone, moved or
 * of another colour shows. The browser decodes them.
 */
export function comparePictures(page: Page, first: Buffer, second: Buffer): Promise<PictureDifference> {
  const sources = [first, second].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  return page.evaluate<PictureDifference>(`(${inPage})(${JSON.stringify(sources)})`);
}

const inPage = `async (sources) => {
  const images = await Promise.all(sources.map(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    return image;
  }));
  const [width, height] = [Math.ceil(images[0].width / 4), Math.ceil(images[0].height / 4)];
  const [a, b] = images.map((image) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  });
  let differing = 0;
  for (let at = 0; at < a.length; at += 4) {
    const most = Math.max(...[0, 1, 2].map((channel) => Math.abs(a[at + channel] - b[at + channel])));
    if (most > 40) differing++;
  }
  const scale = [images[1].width / images[0].width, images[1].height / images[0].height];
  return { scale, share: differing / (width * height) };
}`;
