/** Takes the picture of a scanned page out of a PDF. */
import type { PDFPageProxy } from 'unpdf/pdfjs';
import type { PagePicture } from './ocr.js';
import type { Matrix } from './pdf-path.js';

/** Of the decoded pictures of one page. A page of A4 at 600 dots an inch in colour has 105 million. */
const MOST_BYTES = 170_000_000;
/** What covers less of its page is a stamp, a signature or one strip of several: its words would be torn. */
const LEAST_COVERED = 0.5;

/** A picture on a page: its name in the library (null: a stencil, or one that stands among the operations), and where its unit square comes to lie. */
export interface PlacedPicture {
  readonly name: string | null;
  readonly matrix: Matrix;
}

/** A picture as the library unpacks it. `kind`: 1 has a bit a point, 2 three bytes, 3 four. */
interface Unpacked {
  readonly width: number;
  readonly height: number;
  readonly kind?: number;
  readonly data?: Uint8Array | Uint8ClampedArray | null;
}

/** Keeps no more pictures of a page than it may have; must be called before its operations are asked for. */
export function limitPictures(page: PDFPageProxy): void {
  const keep = page.objs.resolve.bind(page.objs);
  let held = 0;
  page.objs.resolve = (name: string, data: unknown = null): void => {
    held += (data as Unpacked | null)?.data?.length ?? 0;
    keep(name, held > MOST_BYTES ? null : data);
  };
}

/** How much of the page a picture covers, standing upright; 0 for one that is turned or mirrored. */
function covered({ matrix: [a, b, c, d] }: PlacedPicture, width: number, height: number): number {
  const isUpright = a > 0 && d < 0 && Math.abs(b) < a * 0.02 && Math.abs(c) < -d * 0.02;
  return isUpright ? (a * -d) / (width * height) : 0;
}

/** Brightness of each point, 0 to 255; null for a kind of picture that is not known. */
function brightness({ width, height, kind, data }: Unpacked): Uint8Array | null {
  if (!data) return null;
  const points = new Uint8Array(width * height);
  if (kind === 1) {
    const rowBytes = Math.ceil(width / 8);
    for (let at = 0; at < points.length; at += 1) {
      const [row, column] = [Math.floor(at / width), at % width];
      points[at] = ((data[row * rowBytes + (column >> 3)] ?? 0) >> (7 - (column & 7))) & 1 ? 255 : 0;
    }
    return points;
  }
  const channels = kind === 2 ? 3 : kind === 3 ? 4 : 0;
  if (channels === 0 || data.length < points.length * channels) return null;
  for (let at = 0; at < points.length; at += 1) {
    const from = at * channels;
    points[at] = ((data[from] ?? 0) * 299 + (data[from + 1] ?? 0) * 587 + (data[from + 2] ?? 0) * 114) / 1000;
  }
  return points;
}

/** The picture that is the page; or why there is none. */
export async function scannedPage(page: PDFPageProxy, pictures: readonly PlacedPicture[]): Promise<PagePicture | string> {
  const { width, height } = page.getViewport({ scale: 1 });
  const [picture, ...others] = pictures.filter((one) => covered(one, width, height) >= LEAST_COVERED);
  if (!picture || others.length > 0) return 'a page without words holds no upright picture that covers it, or several';
  const { name } = picture;
  if (name === null) return 'the picture of a page is of a kind that is not read';
  const unpacked = await new Promise<Unpacked | null>((resolve) => { (name.startsWith('g_') ? page.commonObjs : page.objs).get(name, resolve); });
  const points = unpacked && brightness(unpacked);
  if (!unpacked || !points) return 'the picture of a page cannot be unpacked';
  const head = Buffer.from(`P5\n${unpacked.width} ${unpacked.height}\n255\n`, 'latin1');
  return { bytes: Buffer.concat([head, points]), width: unpacked.width, height: unpacked.height, paperWidth: picture.matrix[0] };
}
