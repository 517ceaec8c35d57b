/** Finds the likeliest texts that a lattice of places allows, and by how much the best is ahead. */
import type { Candidate } from './shift-candidates.js';
import type { Lattice, Step } from './shift-lattice.js';
import type { Walk, WordModel } from './word-model.js';
import { beginWalk, nextCodes, singleCost, walkOn, walkSize, wordCost } from './word-model.js';

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

/** Paths kept at a state: enough for the best, its runner-up and what neighbours make of them. */
const KEPT = 6;

/** What a character costs beside its word: a form that the document writes otherwise is unlikely. */
export type FormCost = (candidate: Candidate) => number;

interface Search {
  readonly lattice: Lattice;
  readonly model: WordModel;
  readonly formCost: FormCost;
  readonly best: Path[][];
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

interface Spelling {
  readonly walk: Walk;
  readonly depth: number;
  readonly text: string;
  readonly extra: number;
  readonly lost: number;
}

function extend(search: Search, from: number, to: number, word: { cost: number; text: string; lost: number }): void {
  const target = search.best[to];
  if (!target) return;
  for (const path of search.best[from] ?? []) keep(target, { text: path.text + word.text, cost: path.cost + word.cost, lost: path.lost + word.lost });
}

function take(search: Search, origin: number, at: { spelling: Spelling; step: Step; candidate: Candidate; walk: Walk | null }): void {
  const { spelling, step, candidate, walk } = at;
  const depth = spelling.depth + 1;
  const next = {
    depth, text: spelling.text + candidate.character, extra: spelling.extra + search.formCost(candidate) + (step.lost > 0 && isMark(candidate) ? LOST_MARK_COST : 0), lost: spelling.lost + step.lost,
  };
  const cost = (walk ? wordCost(search.model, walk, depth) : null) ?? (depth === 1 ? singleCost(search.model, candidate.plain) : null);
  if (cost !== null) extend(search, origin, step.to, { cost: cost + next.extra, text: next.text, lost: next.lost });
  if (walk) spell(search, origin, step.to, { ...next, walk });
}

/** Spells every word on from `state`; recursion is as deep as the longest word. */
function spell(search: Search, origin: number, state: number, spelling: Spelling): void {
  const steps = search.lattice[state] ?? [];
  if (steps.length === 0) return;
  const few = spelling.depth > 0 && walkSize(spelling.walk) < 2000 ? nextCodes(search.model, spelling.walk, spelling.depth) : null;
  for (const step of steps) {
    const codes = few && few.size < step.places.size ? few : step.places.keys();
    for (const code of codes) {
      const candidates = step.places.get(code);
      if (!candidates) continue;
      const walk = walkOn(search.model, spelling.walk, { depth: spelling.depth, code });
      if (!walk && spelling.depth > 0) continue;
      for (const candidate of candidates) take(search, origin, { spelling, step, candidate, walk });
    }
  }
}

/** The likeliest texts from the start states of `lattice` to its end, best first. */
export function likeliest(lattice: Lattice, starts: ReadonlyMap<number, readonly Path[]>, how: { model: WordModel; formCost: FormCost }): readonly Path[] {
  const search: Search = { lattice, ...how, best: lattice.map((_, state) => [...(starts.get(state) ?? [])]) };
  const walk = beginWalk(how.model);
  lattice.forEach((_, state) => {
    if ((search.best[state] ?? []).length > 0) spell(search, state, state, { walk, depth: 0, text: '', extra: 0, lost: 0 });
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
