/** The provinces' outlines, by the first two digits of their division code. */
import outlines from '@svg-maps/china';
import type { Map as SvgMap } from 'svg-maps__common';

/** The package is an ES module that does not say so: TypeScript takes it for CommonJS and its default export for a module, Node does not. */
const MAP = outlines as unknown as SvgMap;

/** Ids of the outlines, and the code of each. */
const PREFIXES: Readonly<Record<string, string>> = {
  anhui: '34', beijing: '11', chongqing: '50', fujian: '35', gansu: '62', guangdong: '44', 'guangxi-zhuang': '45', guizhou: '52', hainan: '46', hebei: '13',
  heilongjiang: '23', henan: '41', 'hong-kong': '81', hubei: '42', hunan: '43', jiangsu: '32', jiangxi: '36', jilin: '22', liaoning: '21', macau: '82',
  'nei-mongol': '15', 'ningxia-hui': '64', quinghai: '63', shaanxi: '61', shandong: '37', shanghai: '31', shanxi: '14', sichuan: '51', tianjin: '12',
  'xinjiang-uygur': '65', xizang: '54', yunnan: '53', zhejiang: '33',
};

/** Where a name stands better than in the middle of its outline: beside a small province, or clear of one inside. */
const NUDGED: Readonly<Record<string, readonly [right: number, down: number]>> = { '13': [-12, 22], '15': [-30, 42], '62': [-62, -50], '31': [20, 2], '12': [20, 4], '46': [0, 4], '61': [2, 14], '64': [0, 4], '23': [4, 12] };

/** Outlines too small for a name. */
const NAMELESS = new Set(['81', '82']);

export interface Outline {
  readonly prefix: string;
  readonly path: string;
  /** Where its name stands; null for none. */
  readonly label: readonly [x: number, y: number] | null;
}

type Point = readonly [x: number, y: number];

/** The rings of a path of relative moves and lines, which is all that these outlines use. */
function ringsOf(path: string): Point[][] {
  const rings: Point[][] = [];
  let [x, y] = [0, 0];
  for (const part of path.split(/(?=[mM])/u)) {
    let start = true;
    const ring: Point[] = [];
    for (const [, command = '', dx = '0', dy = '0'] of part.matchAll(/([mMlL]?)\s*(-?[\d.]+(?:e-?\d+)?)[\s,]+(-?[\d.]+(?:e-?\d+)?)/gu)) {
      const isAbsolute = command === 'M' || command === 'L';
      [x, y] = isAbsolute ? [Number(dx), Number(dy)] : [x + Number(dx), y + Number(dy)];
      ring.push([x, y]);
      start = false;
    }
    if (!start) rings.push(ring);
    // A closed ring ends where it began, and the next relative move counts from there.
    if (/[zZ]/u.test(part)) [x, y] = ring[0] ?? [x, y];
  }
  return rings;
}

/** Twice the signed area of a ring, and its centre of gravity times three times that. */
function weigh(ring: readonly Point[]): readonly [area: number, x: number, y: number] {
  return ring.reduce<[number, number, number]>(([area, sumX, sumY], [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    const cross = x * nextY - nextX * y;
    return [area + cross, sumX + (x + nextX) * cross, sumY + (y + nextY) * cross];
  }, [0, 0, 0]);
}

function labelOf(prefix: string, path: string): Outline['label'] {
  if (NAMELESS.has(prefix)) return null;
  const [area = 0, x = 0, y = 0] = ringsOf(path).map(weigh).sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]))[0] ?? [];
  if (area === 0) return null;
  const [right, down] = NUDGED[prefix] ?? [0, 0];
  return [Math.round(x / (3 * area) + right), Math.round(y / (3 * area) + down)];
}

export const VIEW_BOX = MAP.viewBox;

/** All outlines, by code. */
export const OUTLINES: readonly Outline[] = MAP.locations.map(({ id, path }) => {
  const prefix = PREFIXES[id] ?? '';
  return { prefix, path, label: labelOf(prefix, path) };
}).sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
