/** The numbers of an agency through the years, consistent within a year's tables and from each year to the next. */
import type { Chance } from './random.js';
import { APPLICANTS, PROACTIVE_BANDS, REQUEST_ROWS, REVIEW_COLUMNS, REVIEW_GROUPS } from './statutory.js';

export type TableFormat = '2019' | '2021';

/** Cell values by `row` and `column`, joined by `/`. */
export type Figures = Readonly<Record<string, number>>;

/** What a free-form report states in prose, and the statistics annex in rows. */
export interface FreeFigures {
  readonly published: number;
  readonly website: number;
  readonly weibo: number;
  readonly wechat: number;
  readonly other: number;
  readonly counter: number;
  readonly letter: number;
  readonly online: number;
  readonly received: number;
  readonly granted: number;
  readonly partly: number;
  readonly refused: number;
  readonly notHeld: number;
  readonly notOurs: number;
  readonly reviews: number;
  readonly suits: number;
}

/** The three tables of one year in one format. */
export interface FormFigures {
  readonly format: TableFormat;
  readonly proactive: Figures;
  readonly requests: Figures;
  readonly review: Figures;
}

/** Draws a free-form year: applications by channel add up to those received, replies to those received too. */
export function freeFigures(draw: Chance): FreeFigures {
  const website = draw.int(180, 4200);
  const [weibo, wechat, other] = [draw.int(0, 900), draw.int(0, 700), draw.int(5, 400)];
  const [counter, letter, online] = [draw.int(0, 30), draw.int(0, 12), draw.int(1, 46)];
  const received = counter + letter + online;
  const partly = Math.min(received, draw.int(0, 4));
  const refused = Math.min(received - partly, draw.int(0, 3));
  const notHeld = Math.min(received - partly - refused, draw.int(0, 6));
  const notOurs = Math.min(received - partly - refused - notHeld, draw.int(0, 5));
  const granted = received - partly - refused - notHeld - notOurs;
  return {
    ...{ website, weibo, wechat, other, published: website + weibo + wechat + other, counter, letter, online, received },
    ...{ granted, partly, refused, notHeld, notOurs, reviews: draw.int(0, 4), suits: draw.int(0, 3) },
  };
}

/** Results are drawn from these rows; the first ones most often, as in real forms. */
function resultRow(draw: Chance, format: TableFormat): string {
  const results = REQUEST_ROWS[format].map((row) => row.key).filter((key) => key.startsWith('r.') && key !== 'r.total');
  const favourites = ['r.open', 'r.open', 'r.partial', 'r.unable.notHeld', 'r.unable.notHeld', 'r.denied.adminQuery'];
  return draw.next() < 0.72 ? draw.pick(favourites) : draw.pick(results);
}

/** Table three: what came in and over is what was answered and left, column by column; totals across. */
function requests(draw: Chance, format: TableFormat, before: Figures | null): Figures {
  const cells: Record<string, number> = {};
  for (const row of REQUEST_ROWS[format]) for (const [column] of APPLICANTS) cells[`${row.key}/${column}`] = 0;
  const add = (row: string, column: string, count: number): void => {
    for (const at of [column, 'total']) cells[`${row}/${at}`] = (cells[`${row}/${at}`] ?? 0) + count;
  };
  APPLICANTS.slice(0, -1).forEach(([column], index) => {
    const received = index === 0 ? draw.int(6, 120) : draw.int(0, 5);
    const carriedIn = before ? (before[`carriedOut/${column}`] ?? 0) : index === 0 ? draw.int(0, 5) : 0;
    const carriedOut = Math.min(received + carriedIn, index === 0 ? draw.int(0, 6) : draw.int(0, 1));
    add('new', column, received);
    add('carriedIn', column, carriedIn);
    add('carriedOut', column, carriedOut);
    for (let left = received + carriedIn - carriedOut; left > 0; left--) {
      add(resultRow(draw, format), column, 1);
      add('r.total', column, 1);
    }
  });
  return cells;
}

function review(draw: Chance): Figures {
  const cells: Record<string, number> = {};
  for (const group of REVIEW_GROUPS) {
    let total = 0;
    for (const [column] of REVIEW_COLUMNS.slice(0, -1)) {
      const count = draw.next() < 0.55 ? 0 : draw.int(1, 4);
      cells[`count/${group}.${column}`] = count;
      total += count;
    }
    cells[`count/${group}.total`] = total;
  }
  return cells;
}

/** Largest plausible numbers of table two by column; the rest stay small. */
const LARGE: Readonly<Record<string, number>> = { decisions: 90_000, amountWan: 2_400, amount: 9_000_000, projects: 60 };

/** Table two; stocks follow from the year before: in force = before + issued − repealed, items = before + change. */
function proactive(draw: Chance, format: TableFormat, before: Figures | null): Figures {
  const cells: Record<string, number> = {};
  for (const band of PROACTIVE_BANDS[format]) {
    for (const [row] of band.rows) {
      const at = (column: string): string => `${band.key}.${row}/${column}`;
      for (const [column] of band.columns) cells[at(column)] = row === 'rule' ? 0 : draw.int(0, LARGE[column] ?? 6);
      const earlier = (column: string): number => before?.[at(column)] ?? (row === 'rule' ? 0 : draw.int(8, 60));
      if (at('inForce') in cells) {
        const held = earlier('inForce') + (cells[at('issued')] ?? 0);
        cells[at('repealed')] = Math.min(cells[at('repealed')] ?? 0, held);
        cells[at('inForce')] = held - (cells[at('repealed')] ?? 0);
      }
      if (at('publishedTotal') in cells) cells[at('publishedTotal')] = earlier('publishedTotal') + (cells[at('published')] ?? 0);
      if (at('itemsPrev') in cells) cells[at('itemsPrev')] = before ? (before[at('itemsPrev')] ?? 0) + (before[at('change')] ?? 0) : draw.int(9, 240);
    }
  }
  return cells;
}

/** One year of the form; `before` is the year before, whose leftovers open this one. */
export function formFigures(draw: Chance, format: TableFormat, before: FormFigures | null): FormFigures {
  const same = before?.format === format ? before.proactive : null;
  return { format, proactive: proactive(draw, format, same), requests: requests(draw, format, before?.requests ?? null), review: review(draw) };
}
