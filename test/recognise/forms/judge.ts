/** Reads drawn forms the way the pipeline does, and counts what came out right, wrong and missing, and whether it was flagged. */
import { clean } from '../../../src/clean/main-text.js';
import { recognise } from '../../../src/recognise/recognise.js';
import type { Decoded, Recognised } from '../../../src/record.js';
import { loadDivisions } from '../../../src/seeds/divisions.js';
import { chance } from '../../farm/random.js';
import { drawForm, valuesOf } from './model.js';
import type { Drawn, Shape } from './shapes.js';

const base = {
  url: 'http://gaj.example.gov.cn/a.html', seed: null, kind: 'article', heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null,
  captureId: 0, runId: null, finalUrl: 'http://gaj.example.gov.cn/a.html', status: 200, headers: {}, redirects: [], mediaType: 'text/html', payload: new Uint8Array(), payloadDigest: '',
  fetchedAt: '2024-01-01T00:00:00.000Z', durationMs: 0, fetchedBy: 'import',
  charset: { used: 'utf-8', declared: null, from: 'default', declarations: [], candidates: [], reason: '', replaced: 0 }, notices: [],
} satisfies Omit<Decoded, 'markup' | 'isMarkup'>;

/** A page or a text as the decode room hands it over, with whatever a test wants to be different. */
export function decoded(markup: string, isMarkup = true, more: Partial<Decoded> = {}): Decoded {
  return { ...base, markup, isMarkup, ...more };
}

/** Cleaned and recognised, nothing repaired. */
export function read(markup: string, isMarkup = true, more: Partial<Decoded> = {}): Recognised {
  const cleaned = clean(decoded(markup, isMarkup, more));
  return recognise({ ...cleaned, text: cleaned.decodedText, repairs: [] }, { divisions: loadDivisions() });
}

export interface Score {
  readonly shape: string;
  expected: number;
  right: number;
  wrong: number;
  missing: number;
  /** Wrong or missing cells of a form without any failed check or notice on its tables. */
  silent: number;
  /** Sums that fail though every cell was read as printed and the sums are right, and the other way round. */
  falseAlarms: number;
  first: string | null;
}

function compare(drawn: Drawn, read: Recognised, score: Score): void {
  const truth = valuesOf(drawn.form);
  const cells = new Map(read.cells.map((cell) => [`${cell.table}/${cell.row}/${cell.column}`, cell]));
  let bad = 0;
  for (const [key, { value, state, raw }] of truth) {
    const cell = cells.get(key);
    if (cell?.value === value && cell.state === state) { score.right += 1; continue; }
    bad += 1;
    if (cell) score.wrong += 1;
    else score.missing += 1;
    score.first ??= `${key}: printed ${JSON.stringify(raw)}, read ${cell ? JSON.stringify(cell.raw) : 'nothing'}; ${read.notices.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
  }
  const invented = [...cells.keys()].filter((key) => !truth.has(key));
  score.expected += truth.size;
  score.wrong += invented.length;
  if (invented.length > 0) score.first ??= `invented ${invented[0]}`;
  const flagged = read.checks.some(({ state }) => state === 'fail') || read.notices.length > 0;
  if (bad + invented.length + (drawn.absent?.length ?? 0) > 0 && !flagged) score.silent += Math.max(bad + invented.length, 1);
  const isSound = !/wrong sums/u.test(score.shape);
  if (isSound === read.checks.some(({ state }) => state === 'fail') && bad === 0) score.falseAlarms += 1;
}

/** Draws `count` forms of each format in the shape, and reads them. */
export function score(shape: Shape, count: number, seed = 1): Score {
  const result: Score = { shape: shape.name, expected: 0, right: 0, wrong: 0, missing: 0, silent: 0, falseAlarms: 0, first: null };
  for (let index = 0; index < count; index += 1) {
    const draw = chance(seed, `${shape.name}/${index}`);
    const drawn = shape.draw(drawForm(index % 2 === 0 ? '2021' : '2019', draw), draw);
    const { page } = drawn;
    compare(drawn, 'markup' in page ? read(page.markup) : read(page.text, false), result);
  }
  return result;
}
