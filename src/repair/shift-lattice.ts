/** Lays out every text whose shifted bytes would look like what is seen: a lattice of places, with dropped pairs wherever they may have been. */
import type { Bytes, Places } from './shift-candidates.js';
import { ANY_LEAD, ANY_TRAIL, candidatesOf, droppedGroups, known, only } from './shift-candidates.js';

/** From one state to another over one character. */
export interface Step {
  readonly places: Places;
  readonly to: number;
  /** Bytes of this character that are lost: 0, 1 or 2. */
  readonly lost: number;
}

/** States in topological order; the first is the start, the last the end. */
export type Lattice = readonly (readonly Step[])[];

/** What is seen of a damaged run, as bytes. */
export interface SeenRun {
  /** Text in front of the run, known. */
  readonly before: string;
  /** The orphan lead byte in front of the first pair; null when it is lost, 0 when the character it opened was trimmed away. */
  readonly orphan: number | null;
  /** The misaligned bytes, two by two. */
  readonly bytes: Bytes;
  /** The last character's trail: its byte where it is seen, null where it is lost. */
  readonly lastTrail: number | null;
  /** The last character's candidates, where its pinyin survived it. */
  readonly lastAmong: ReadonlySet<string> | null;
  /** Text behind the run, known. */
  readonly after: string;
}

/** Dropped pairs that may follow each other in one gap; two took both bytes of 府, more were never seen. */
const DEEPEST_GAP = 3;

interface Building {
  readonly states: Step[][];
}

function newState(building: Building): number {
  return building.states.push([]) - 1;
}

function step(building: Building, from: number, to: number, { places, lost }: { places: Places; lost: number }): void {
  if (places.size > 0) building.states[from]?.push({ places, to, lost });
}

function addKnown(building: Building, from: number, text: string): number {
  let at = from;
  for (const character of text) {
    const next = newState(building);
    step(building, at, next, { places: known(character), lost: 0 });
    at = next;
  }
  return at;
}

function restricted(places: Places, among: ReadonlySet<string> | null): Places {
  if (!among) return places;
  return new Map([...places].map(([plain, candidates]) => [plain, candidates.filter(({ character }) => among.has(character))] as const).filter(([, candidates]) => candidates.length > 0));
}

/**
 * One gap between two seen pairs: from state `at` with lead byte `lead` pending to the next state, where the trail byte `trail` is used. Without a
 * dropped pair that is one character; with one it is two that lost a byte each; with more, whole characters are lost between.
 */
function addGap(building: Building, at: number, ends: { lead: Bytes; trail: Bytes; among: ReadonlySet<string> | null }): number {
  const groups = droppedGroups();
  const known2 = ends.lead.length === 1 && ends.trail.length === 1;
  const holes = groups.map((group) => ({ group, state: newState(building) }));
  const deeper = Array.from({ length: DEEPEST_GAP - 1 }, () => newState(building));
  const next = newState(building);
  step(building, at, next, { places: restricted(candidatesOf(ends.lead, ends.trail), ends.among), lost: known2 ? 0 : 1 });
  const widest = groups[0];
  for (const { group, state } of holes) {
    step(building, at, state, { places: candidatesOf(ends.lead, group.firsts), lost: 1 });
    step(building, state, next, { places: restricted(candidatesOf(group.seconds, ends.trail), ends.among), lost: ends.trail.length === 1 ? 1 : 2 });
    if (deeper[0] !== undefined && widest) step(building, state, deeper[0], { places: candidatesOf(group.seconds, widest.firsts), lost: 2 });
  }
  deeper.forEach((state, index) => {
    if (!widest) return;
    step(building, state, next, { places: restricted(candidatesOf(widest.seconds, ends.trail), ends.among), lost: ends.trail.length === 1 ? 1 : 2 });
    const below = deeper[index + 1];
    if (below !== undefined) step(building, state, below, { places: candidatesOf(widest.seconds, widest.firsts), lost: 2 });
  });
  return next;
}

/** The lattice of a run between its known neighbours, and the states at which the run itself begins and ends. */
export function latticeOf(run: SeenRun): { readonly lattice: Lattice; readonly begin: number; readonly end: number } {
  const building: Building = { states: [[]] };
  const begin = addKnown(building, 0, run.before);
  let at = begin;
  const { bytes } = run;
  for (let index = 0; index <= bytes.length; index += 2) {
    if (index === 0 && run.orphan === 0) continue;
    const lead = index === 0 ? (run.orphan === null ? ANY_LEAD : only(run.orphan)) : only(bytes[index - 1] ?? 0);
    const isLast = index >= bytes.length;
    if (index === 0) {
      const next = newState(building);
      step(building, at, next, { places: candidatesOf(lead, only(bytes[0] ?? 0)), lost: 1 });
      at = next;
      continue;
    }
    const trail = isLast ? (run.lastTrail === null ? ANY_TRAIL : only(run.lastTrail)) : only(bytes[index] ?? 0);
    at = addGap(building, at, { lead, trail, among: isLast ? run.lastAmong : null });
  }
  const end = at;
  addKnown(building, end, run.after);
  return { lattice: building.states, begin, end };
}
