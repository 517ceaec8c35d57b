/** One made-up report as files of several kinds, each with the same words and numbers. */
import { utils, write } from '@e965/xlsx';
import type { WorkSheet } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { docxOf } from '../farm/docx.js';
import type { Block, ReportDocument } from '../farm/document.js';
import { markupOf } from '../farm/markup.js';
import { manuscripts } from '../farm/publisher.js';
import type { Manuscript } from '../farm/publisher.js';

export const AGENCY = '黄山市公安局';

/** Made-up reports of one agency, 2019 to 2023: both unified formats. */
export const REPORTS: readonly Manuscript[] = manuscripts(
  { seed: 11, season: 1, origin: (host: string) => `http://${host}` } as never,
  { agency: AGENCY, code: '341000', level: 'prefecture', place: '黄山市', titleShape: 0, annexYears: [] }, 'gaj.example', { from: 2019, to: 2023 },
);

/** The report as a page without a web site around it. */
export function htmlOf({ title, blocks }: ReportDocument): Uint8Array {
  return Buffer.from(`<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${markupOf(blocks, 'plain')}</body></html>`);
}

type Merge = NonNullable<WorkSheet['!merges']>[number];

/** Puts a block's rows on the sheet, spans as merged cells. */
function place(rows: string[][], merges: Merge[], block: Block): void {
  if (block.kind !== 'table') { rows.push([block.text]); return; }
  const top = rows.length;
  const taken = new Set<string>();
  block.rows.forEach((row, down) => {
    const cells: string[] = [];
    let column = 0;
    for (const { text, colspan = 1, rowspan = 1 } of row) {
      while (taken.has(`${down},${column}`)) column += 1;
      cells[column] = text;
      for (let below = 0; below < rowspan; below += 1) for (let beside = 0; beside < colspan; beside += 1) taken.add(`${down + below},${column + beside}`);
      if (colspan > 1 || rowspan > 1) merges.push({ s: { r: top + down, c: column }, e: { r: top + down + rowspan - 1, c: column + colspan - 1 } });
      column += colspan;
    }
    rows.push(Array.from(cells, (cell) => cell ?? ''));
  });
}

/** The report as a workbook of one sheet. */
export function workbookOf({ title, blocks }: ReportDocument, bookType: 'xlsx' | 'biff8'): Uint8Array {
  const rows: string[][] = [[title]];
  const merges: Merge[] = [];
  for (const block of blocks) place(rows, merges, block);
  const sheet = utils.aoa_to_sheet(rows);
  sheet['!merges'] = merges;
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '年报');
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
}

/** Files in a ZIP, compressed. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files);
}

export { docxOf };
