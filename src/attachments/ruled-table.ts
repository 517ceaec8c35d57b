/** Finds tables in what is only drawn: lines on a page, and characters between them. */
import type { EdgeCell } from './edge-table.js';

/** A straight line, in points (1/72 inch), y downwards. */
export interface Stroke {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A line across (`at` is its y) or down (`at` is its x). */
interface Rule {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Lines this near are one: thick borders are drawn as two edges of a thin box, 1.5 points apart at most where met. */
const SAME_LINE = 2.5;
/** Shorter strokes are underlines of a character, ticks and dots. */
const SHORTEST_RULE = 4;
/** Of one page: every rule across is compared with every rule down. The largest statutory table has 120. */
const MOST_RULES = 2000;
/** The largest statutory table has 280; what has more is a drawing. */
const MOST_SLOTS = 20_000;

/** A table on a page: where its lines are, and its cells as regions between them. */
export interface RuledTable {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly regions: readonly Region[];
  /** Number of the region of each slot, row by row, as many to a row as there are column lines. */
  readonly slots: readonly number[];
}

/** A cell, by the numbers of the lines around it. */
export interface Region {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function rules(strokes: readonly Stroke[]): { readonly across: Rule[]; readonly down: Rule[] } {
  const across: Rule[] = [];
  const down: Rule[] = [];
  for (const { x1, y1, x2, y2 } of strokes) {
    const [wide, high] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
    if (high <= 1 && wide >= SHORTEST_RULE) across.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
    else if (wide <= 1 && high >= SHORTEST_RULE) down.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  }
  return { across: across.slice(0, MOST_RULES), down: down.slice(0, MOST_RULES) };
}

function meet(across: Rule, down: Rule): boolean {
  return down.at >= across.from - SAME_LINE && down.at <= across.to + SAME_LINE && across.at >= down.from - SAME_LINE && across.at <= down.to + SAME_LINE;
}

/** Rules that touch each other, group by group. */
function groups({ across, down }: ReturnType<typeof rules>): ReturnType<typeof rules>[] {
  const owner = Array.from({ length: across.length + down.length }, (_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (owner[at] !== at) { owner[at] = owner[owner[at] ?? at] ?? at; at = owner[at] ?? at; }
    return at;
  };
  across.forEach((one, index) => { down.forEach((other, place) => { if (meet(one, other)) owner[root(across.length + place)] = root(index); }); });
  const made = new Map<number, ReturnType<typeof rules>>();
  const groupOf = (index: number): ReturnType<typeof rules> => {
    const found = made.get(root(index)) ?? { across: [], down: [] };
    made.set(root(index), found);
    return found;
  };
  across.forEach((one, index) => { groupOf(index).across.push(one); });
  down.forEach((one, index) => { groupOf(across.length + index).down.push(one); });
  return [...made.values()];
}

/** Distinct places of rules, in order. */
function lines(all: readonly Rule[]): number[] {
  const places = all.map(({ at }) => at).sort((one, other) => one - other);
  return places.filter((place, index) => index === 0 || place - (places[index - 1] ?? place) > SAME_LINE);
}

/** Which line a place stands on or behind. */
function lineBefore(edges: readonly number[], place: number): number {
  return edges.findLastIndex((edge) => edge <= place);
}

/** For each line, the stretches of it that are drawn, by the slots beside it. */
function drawn(all: readonly Rule[], edges: readonly number[], cross: readonly number[]): Set<number>[] {
  const walls = edges.map(() => new Set<number>());
  for (const { at, from, to } of all) {
    const wall = walls[lineBefore(edges, at)];
    for (let slot = 0; slot + 1 < cross.length; slot += 1) {
      const middle = ((cross[slot] ?? 0) + (cross[slot + 1] ?? 0)) / 2;
      if (middle > from && middle < to) wall?.add(slot);
    }
  }
  return walls;
}

function withRegions(group: ReturnType<typeof rules>, columns: readonly number[], rows: readonly number[]): RuledTable {
  const walls = drawn(group.down, columns, rows);
  const floors = drawn(group.across, rows, columns);
  const slots = new Array<number>(rows.length * columns.length).fill(-1);
  const isTaken = (row: number, column: number): boolean => (slots[row * columns.length + column] ?? -1) >= 0;
  const made: Region[] = [];
  for (let top = 0; top + 1 < rows.length; top += 1) {
    for (let left = 0; left + 1 < columns.length; left += 1) {
      if (isTaken(top, left)) continue;
      let right = left + 1;
      while (right + 1 < columns.length && walls[right]?.has(top) !== true && !isTaken(top, right)) right += 1;
      let bottom = top + 1;
      while (bottom + 1 < rows.length && floors[bottom]?.has(left) !== true) bottom += 1;
      for (let row = top; row < bottom; row += 1) slots.fill(made.length, row * columns.length + left, row * columns.length + right);
      made.push({ left, right, top, bottom });
    }
  }
  return { columns, rows, regions: made, slots };
}

/** The tables drawn on a page, from top to bottom. A frame without lines inside it is none. */
export function ruledTables(strokes: readonly Stroke[]): RuledTable[] {
  return groups(rules(strokes)).flatMap((group) => {
    const [columns, rows] = [lines(group.down), lines(group.across)];
    const isTable = columns.length >= 3 && rows.length >= 2 && columns.length * rows.length <= MOST_SLOTS;
    return isTable ? [withRegions(group, columns, rows)] : [];
  }).sort((one, other) => (one.rows[0] ?? 0) - (other.rows[0] ?? 0));
}

/** Number of the cell in which a place is; -1 outside the table. */
export function regionAt(table: RuledTable, x: number, y: number): number {
  const [column, row] = [lineBefore(table.columns, x), lineBefore(table.rows, y)];
  if (column < 0 || row < 0 || column + 1 >= table.columns.length || row + 1 >= table.rows.length) return -1;
  return table.slots[row * table.columns.length + column] ?? -1;
}

/** Twips in a point, for `edgeTable`. */
const TWIPS = 20;

/** The rows of a table, given the lines of text of each of its regions. */
export function ruledRows({ columns, rows, regions: cells }: RuledTable, words: readonly (readonly string[])[]): EdgeCell[][] {
  return Array.from({ length: Math.max(0, rows.length - 1) }, (_, row) => cells
    .flatMap((region, index): EdgeCell[] => {
      if (row < region.top || row >= region.bottom) return [];
      const vertical = row > region.top ? 'continued' : region.bottom - region.top > 1 ? 'start' : 'alone';
      return [{ left: (columns[region.left] ?? 0) * TWIPS, right: (columns[region.right] ?? 0) * TWIPS, vertical, lines: row === region.top ? words[index] ?? [] : [] }];
    }).sort((one, other) => one.left - other.left));
}
