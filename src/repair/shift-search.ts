/** Finds the likeliest texts that a lattice of places allows, and by how much the best is ahead. */
import type { Candidate } from './shift-candidates.js';
import type { Lattice, Step } from './shift-lattice.js';
import type { WordModel, WordNode } from './word-model.js';
import { singleCost } from './word-model.js';

/** One text through the lattice, up to some state. */
export interface Path {
  /** As it stood in the damaged bytes: Traditional where the document is. */
  readonly text: string;
  /** In nats; lower is likelier. */
  readonly cost: number;
  /** Bytes that were lost and guessed by the words around. */
  readonly lost: number;
}

/** A mark that lost a byte can be put between any two words; without this price (tried from 0 to 4) commas spring up everywhere. */
const LOST_MARK_COST = 2.5;

/** The dictionary counts single characters in names and idioms too; as words of a report they are rarer (tried from 0 to 3 on generated damage). */
const SINGLE_COST = 2.5;

/** Paths kept at a state: enough for the best, its runner-up and what neighbours make of them. */
const KEPT = 6;

/** What a character costs beside its word: a form that the document writes otherwise is unlikely. */
export type FormCost = (candidate: Candidate) => number;

interface Search {
  readonly lattice: Lattice;
  readonly model: WordModel;
  readonly formCost: FormCost;
  readonly best: Path[][];
  /** Cheapest path so far at each state or beyond it. */
  readonly ahead: Float64Array;
}

function isMark({ plain }: Candidate): boolean {
  return plain < 0x4e00 || plain > 0x9fff;
}

/** Keeps the `KEPT` cheapest different texts. */
function keep(paths: Path[], path: Path): void {
  const same = paths.findIndex(({ text }) => text === path.text);
  if (same >= 0) {
    if ((paths[same] as Path).cost <= path.cost) return;
    paths.splice(same, 1);
  }
  let at = paths.length;
  while (at > 0 && (paths[at - 1] as Path).cost > path.cost) at -= 1;
  if (at >= KEPT) return;
  paths.splice(at, 0, path);
  if (paths.length > KEPT) paths.pop();
}

/** A path is given up when another one that is further on costs so much less: several times the margin that decides. */
const HOPELESS = 14;

function measureAhead({ best, ahead }: Search): void {
  let least = Infinity;
  for (let state = best.length - 1; state >= 0; state -= 1) {
    least = Math.min(least, best[state]?.[0]?.cost ?? Infinity);
    ahead[state] = least;
  }
}

interface Spelling {
  /** The word so far; null when no word of the model begins so. */
  readonly node: WordNode | null;
  readonly depth: number;
  readonly text: string;
  readonly extra: number;
  readonly lost: number;
}

function extend(search: Search, from: number, to: number, word: { cost: number; text: string; lost: number }): void {
  const target = search.best[to];
  if (!target) return;
  for (const path of search.best[from] ?? []) {
    if (target.length === KEPT && (target[KEPT - 1] as Path).cost <= path.cost + word.cost) return;
    keep(target, { text: path.text + word.text, cost: path.cost + word.cost, lost: path.lost + word.lost });
  }
}

function take(search: Search, origin: number, at: { spelling: Spelling; step: Step; candidate: Candidate; node: WordNode | null }): void {
  const { spelling, step, candidate, node } = at;
  const isLostMark = step.lost > 0 && isMark(candidate);
  const extra = spelling.extra + search.formCost(candidate) + (isLostMark ? LOST_MARK_COST : 0);
  const next = { node, depth: spelling.depth + 1, text: spelling.text + candidate.character, extra, lost: spelling.lost + step.lost };
  const single = next.depth === 1 && !isMark(candidate) ? SINGLE_COST : 0;
  const cost = node?.cost ?? (next.depth === 1 ? singleCost(search.model, candidate.plain) : null);
  if (cost !== null) extend(search, origin, step.to, { cost: cost + extra + single, text: next.text, lost: next.lost });
  const begun = search.best[origin]?.[0]?.cost ?? Infinity;
  if (node && begun + extra + node.least < (search.ahead[step.to] ?? Infinity) + HOPELESS) spell(search, origin, step.to, next);
}

/** Spells every word on from `state`; recursion is as deep as the longest word. */
function spell(search: Search, origin: number, state: number, spelling: Spelling): void {
  const children = spelling.node?.children;
  for (const step of search.lattice[state] ?? []) {
    const codes = spelling.depth > 0 && children && children.size < step.places.size ? children.keys() : step.places.keys();
    for (const code of codes) {
      const candidates = step.places.get(code);
      if (!candidates) continue;
      const node = children?.get(code) ?? null;
      if (!node && spelling.depth > 0) continue;
      for (const candidate of candidates) take(search, origin, { spelling, step, candidate, node });
    }
  }
}

/** The likeliest texts from the start states of `lattice` to its end, best first. */
export function likeliest(lattice: Lattice, starts: ReadonlyMap<number, readonly Path[]>, how: { model: WordModel; formCost: FormCost }): readonly Path[] {
  const search: Search = { lattice, ...how, best: lattice.map((_, state) => [...(starts.get(state) ?? [])]), ahead: new Float64Array(lattice.length) };
  lattice.forEach((_, state) => {
    const own = search.best[state]?.[0]?.cost;
    if (own === undefined) return;
    measureAhead(search);
    if (own < (search.ahead[state + 1] ?? Infinity) + HOPELESS) spell(search, state, state, { node: how.model.root, depth: 0, text: '', extra: 0, lost: 0 });
  });
  return search.best.at(-1) ?? [];
}

/** The states reached from `state` by exactly the characters of `text`, with what was lost on the way. */
export function forced(lattice: Lattice, state: number, text: string): Map<number, readonly Path[]> {
  let reached = new Map<number, Path>([[state, { text: '', cost: 0, lost: 0 }]]);
  for (const character of text) {
    const next = new Map<number, Path>();
    for (const [at, path] of reached) {
      for (const step of lattice[at] ?? []) {
        const fits = [...step.places.values()].some((candidates) => candidates.some((candidate) => candidate.character === character));
        const before = next.get(step.to);
        if (fits && (!before || before.lost > path.lost + step.lost)) next.set(step.to, { text: path.text + character, cost: 0, lost: path.lost + step.lost });
      }
    }
    reached = next;
  }
  return new Map([...reached].map(([at, path]) => [at, [path]] as const));
}
