import { describe, expect, it } from 'vitest';
import type { Grid } from '../../src/html/grid.js';
import { gridOf } from '../../src/html/grid.js';
import { isElement, parse, rootOf } from '../../src/html/parse.js';
import type { TreeElement } from '../../src/html/parse.js';
import { tableShapes } from '../../src/html/table-shape.js';
import { walk } from '../../src/html/walk.js';

function tablesIn(markup: string): TreeElement[] {
  const found: TreeElement[] = [];
  walk(rootOf(parse(markup)), { enter(node) { if (isElement(node) && node.name === 'table') found.push(node); } });
  return found;
}

function gridIn(markup: string): Grid {
  const [table] = tablesIn(markup);
  if (table === undefined) throw new Error('no table');
  return gridOf(table, tableShapes(rootOf(parse(markup))));
}

function slots(markup: string): string[] {
  return gridIn(markup).slots.map((row) => row.map((cell) => cell?.text ?? '.').join(' '));
}

const CASES: readonly (readonly [what: string, markup: string, rows: string[]])[] = [
  ['plain', '<table><tr><td>a<td>b<tr><td>c<td>d</table>', ['a b', 'c d']],
  ['spans fill slots', '<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>', ['a b b', 'a c d']],
  ['a span beyond the last row makes no rows', '<table><tr><td rowspan=9>a<td>b<tr><td>c</table>', ['a b', 'a c']],
  ['rowspan 0 reaches the end', '<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>', ['a b', 'a c', 'a d']],
  ['where spans overlap the earlier stays', '<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c</table>', ['a b', 'c b']],
  ['a nested table is its own', '<table><tr><td>a<table><tr><td>x<td>y</table></td><td>b</table>', ['a b']],
  ['a table of one cell is how its cell was pasted', '<table><tr><td><table><tr><td>7</td></tr></table></td><td>b</table>', ['7 b']],
  ['cells without a row', '<table><td>a<td>b</table>', ['a b']],
  ['a cell left open under a paragraph', '<table><tr><td><p>a<td><p>b<tr><td><p>c<td>d</table>', ['a b', 'c d']],
  ['header groups', '<table><thead><tr><th>h<tbody><tr><td>a</table>', ['h', 'a']],
  ['breaks join', '<table><tr><td>商业<br> 企业<td>1 2</table>', ['商业企业 1 2']],
  ['senseless spans are one', '<table><tr><td colspan=-3 rowspan=x>a<td colspan=0>b</table>', ['a b']],
];

describe('grid of a table', () => {
  it.each(CASES)('%s', (_, markup, rows) => { expect(slots(markup)).toEqual(rows); });

  it('tells where a cell stands and how far it goes', () => {
    expect(gridIn('<table><tr><td>a<td colspan=3>b</table>').rows[0]?.[1]).toMatchObject({ text: 'b', row: 0, column: 1, colspan: 3, rowspan: 1 });
  });

  it('is capped: ten thousand cells of a thousand columns each', () => {
    const grid = gridIn(`<table>${'<tr><td colspan=1000 rowspan=65534>a'.repeat(10_000)}</table>`);
    expect(grid.isCut).toBe(true);
    expect(grid.columns).toBeLessThanOrEqual(20_000);
  });
});
