/** Made-up reports, and how a file of one is compared with its page: the same rooms read both. */
import { expect } from 'vitest';
import { clean } from '../../src/clean/main-text.js';
import { recognise } from '../../src/recognise/recognise.js';
import type { Recognised } from '../../src/record.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import type { ReportDocument } from '../farm/document.js';
import { markupOf } from '../farm/markup.js';
import type { Manuscript, World } from '../farm/publisher.js';
import { manuscripts } from '../farm/publisher.js';
import { decoded } from '../recognise/forms/judge.js';

const PUBLISHER = { agency: '黄山市公安局', code: '341000', level: 'prefecture', place: '黄山市', titleShape: 0, annexYears: [2017] } as const;

/** Reports of four formats: free form, with the annex, of 2019 and of 2021. */
export const REPORTS: readonly Manuscript[] = [2016, 2017, 2020, 2022].map((year) => {
  const [one] = manuscripts({ seed: 7 } as World, { ...PUBLISHER }, 'gaj.example.gov.cn', { from: year, to: year });
  if (!one) throw new TypeError('a report was asked for');
  return one;
});

export function readMarkup(body: string, title = ''): Recognised {
  const cleaned = clean(decoded(`<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`));
  return recognise({ ...cleaned, text: cleaned.decodedText, repairs: [] }, { divisions: loadDivisions() });
}

function pageOf(document: ReportDocument): string {
  return `<h1>${document.title}</h1>${markupOf(document.blocks, 'plain')}`;
}

const CELL = ({ table, row, column, value, state }: Recognised['cells'][number]): string => `${table} ${row} ${column} ${state} ${value}`;

/** The file says what the page says: whose report, for which year, in which format, every cell and every word. */
export function expectTwin(html: string, manuscript: Manuscript): void {
  const [file, page] = [readMarkup(html), readMarkup(pageOf(manuscript.document))];
  expect(file.cells.map(CELL).sort()).toEqual(page.cells.map(CELL).sort());
  const printed = manuscript.cells.map(({ table, row, column, value }) => `${table} ${row} ${column} ${value}`);
  const read = new Set(file.cells.map(({ table, row, column, value }) => `${table} ${row} ${column} ${value}`));
  expect(printed.filter((cell) => !read.has(cell))).toEqual([]);
  expect([file.year, file.agency, file.formatEra]).toEqual([manuscript.year, page.agency, manuscript.era]);
  const words = (text: string): string => text.replace(/\s+/gu, '');
  expect(words(file.text)).toBe(words(page.text));
}
