/** Finds the straight lines in a path of a PDF page: those that are stroked, and those that are filled as thin boxes. */
import type { Stroke } from './ruled-table.js';

/** a, b, c, d, e, f as PDF writes them: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** Browsers and WPS draw the lines of a table as filled boxes of up to 1.5 points; thicker ones are shades behind words. */
const THICKEST_LINE = 3;

type Point = readonly [x: number, y: number];

interface Way {
  readonly points: readonly Point[];
  readonly isClosed: boolean;
}

/** How many numbers follow each command: move, line, cubic and quadratic curve, close. */
const SIZES = [2, 2, 6, 4, 0] as const;
const LINE = 1;
const CLOSE = 4;

/** The ways of a path on the page. Where a curve is drawn a new way begins: it is no side of a cell. */
function waysOf(data: ArrayLike<number>, [a, b, c, d, e, f]: Matrix): Way[] {
  const ways: Way[] = [];
  let points: Point[] = [];
  const end = (isClosed: boolean): void => {
    if (points.length > 1) ways.push({ points, isClosed });
    points = [];
  };
  let at = 0;
  while (at < data.length) {
    const command = data[at] ?? -1;
    const size = SIZES[command as 0 | 1 | 2 | 3 | 4];
    if (size === undefined) break;
    const [x, y] = [data[at + size - 1] ?? 0, data[at + size] ?? 0];
    const point: Point = [a * x + c * y + e, b * x + d * y + f];
    if (command === CLOSE) end(true);
    else {
      if (command !== LINE) end(false);
      points.push(point);
    }
    at += 1 + size;
  }
  end(false);
  return ways;
}

/** Every side of a way; a closed one comes back to where it began. */
function sides({ points, isClosed }: Way): Stroke[] {
  const next = isClosed ? [...points.slice(1), ...points.slice(0, 1)] : points.slice(1);
  return next.map(([x2, y2], index) => { const [x1 = 0, y1 = 0] = points[index] ?? []; return { x1, y1, x2, y2 }; });
}

/** A filled box that is so thin that it is seen as a line, as the line in its middle. */
function thinBox({ points }: Way): Stroke[] {
  const isBox = points.length >= 4 && points.length <= 5 && sides({ points, isClosed: false }).every(({ x1, y1, x2, y2 }) => Math.abs(x1 - x2) < 0.1 || Math.abs(y1 - y2) < 0.1);
  if (!isBox) return [];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [wide, high] = [right - left, bottom - top];
  if (high <= THICKEST_LINE && wide > high) return [{ x1: left, x2: right, y1: (top + bottom) / 2, y2: (top + bottom) / 2 }];
  return wide <= THICKEST_LINE && high > wide ? [{ x1: (left + right) / 2, x2: (left + right) / 2, y1: top, y2: bottom }] : [];
}

/** The straight lines of a path that is painted on a page. */
export function pathStrokes(data: ArrayLike<number>, matrix: Matrix, paint: 'stroke' | 'fill'): Stroke[] {
  const strokes = waysOf(data, matrix).flatMap((way) => (paint === 'stroke' ? sides(way) : thinBox(way)));
  return strokes.filter((stroke) => Object.values(stroke).every(Number.isFinite));
}
