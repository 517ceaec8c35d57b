import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFileText } from '../../src/attachments/attachment.js';
import { pathStrokes } from '../../src/attachments/pdf-path.js';
import { REPORTS, expectTwin } from './twins.js';
import { PdfPages, pdfOf } from './write-pdf.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

describe('a report as PDF', () => {
  it.each(REPORTS.flatMap((report) => (['lines', 'boxes'] as const).map((shape) => [report.year, shape, report] as const)))('of %i with tables drawn as %s says what its page says', async (_, shape, report) => {
    const { html, notices } = await readFileText(pdfOf(report.document, shape));
    expect(notices).toEqual([]);
    expectTwin(html, report);
  });

  it('written by LibreOffice, with rows cut through by the end of a page, says what its page says', async () => {
    const report = REPORTS.find(({ year }) => year === 2022);
    const { html, notices } = await readFileText(fixture('libreoffice-2022.pdf'));
    expect(notices).toEqual([]);
    if (report) expectTwin(html, report);
    expect(report).toBeDefined();
  });
});

const table = (rows: readonly string[][]): string => `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

/** A page of one path. */
class Drawing extends PdfPages {
  lines(many: number): void { this.draw(`${'1 1 m 9 1 l '.repeat(many)}S\n`); }
}

describe('a page of a PDF', () => {
  it('that ends within a table leaves it one table', async () => {
    const pages = new PdfPages('lines');
    const rows = Array.from({ length: 40 }, (_, at) => [`第${at}行`, String(at)]);
    pages.table(rows.map((row) => row.map((text) => ({ text }))));
    expect((await readFileText(pages.bytes())).html).toBe(table(rows));
  });

  it('without lines has paragraphs and no tables', async () => {
    const pages = new PdfPages('lines');
    pages.paragraph('规章 3 0 9');
    expect((await readFileText(pages.bytes())).html).toBe('<p>规章 3 0 9</p>');
  });

  it.each([['lines', 'attachment-too-large', (pages: Drawing) => { pages.lines(110_000); }], ['characters', 'attachment-too-large', (pages: Drawing) => { for (let at = 0; at < 600; at += 1) pages.text('公'.repeat(1000), 1, 1, 5); }]] as const)('of too many %s ends in a notice', async (_, code, draw) => {
    const pages = new Drawing('lines');
    draw(pages);
    const { html, notices } = await readFileText(pages.bytes());
    expect([html, notices.map((notice) => notice.code)]).toEqual(['', [code]]);
  });
});

describe('a path', () => {
  const box = (wide: number, high: number): number[] => [0, 10, 20, 1, 10 + wide, 20, 1, 10 + wide, 20 + high, 1, 10, 20 + high, 4];
  it('that is filled is a line when it is thin', () => {
    expect(pathStrokes(box(100, 1), [1, 0, 0, 1, 0, 0], 'fill')).toEqual([{ x1: 10, x2: 110, y1: 20.5, y2: 20.5 }]);
    expect(pathStrokes(box(1, 100), [2, 0, 0, 2, 5, 0], 'fill')).toEqual([{ x1: 26, x2: 26, y1: 40, y2: 240 }]);
    expect(pathStrokes(box(100, 40), [1, 0, 0, 1, 0, 0], 'fill')).toEqual([]);
  });

  it('that is stroked is all its straight sides', () => {
    expect(pathStrokes(box(100, 40), [1, 0, 0, 1, 0, 0], 'stroke')).toHaveLength(4);
    expect(pathStrokes([0, 0, 0, 2, 1, 1, 2, 2, 3, 3, 1, 9, 3], [1, 0, 0, 1, 0, 0], 'stroke')).toEqual([{ x1: 3, y1: 3, x2: 9, y2: 3 }]);
    expect(pathStrokes([0, 0, 0, 1, Number.NaN, 5, 77], [1, 0, 0, 1, 0, 0], 'stroke')).toEqual([]);
  });
});
