/** Keeps the account of several repairs made one after another: what stood in the decoded text, and what stands there now. */
import type { Repair, RepairMethod } from '../record.js';

/** A change to the text as it is at that moment; offsets are UTF-16, `end` exclusive. An insertion has `start` equal to `end`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly after: string;
  readonly method: RepairMethod;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A stretch [from, to) of the decoded text and what stands for it now; `steps` is empty where nothing was changed. */
interface Patch {
  readonly from: number;
  readonly to: number;
  readonly now: string;
  readonly steps: readonly string[];
  readonly method: RepairMethod;
  readonly confidence: number;
}

function untouched(decoded: string, from: number, to: number): Patch {
  return { from, to, now: decoded.slice(from, to), steps: [], method: 'recovered', confidence: 1 };
}

/** One patch in place of several neighbours, holding `now`; of two judgements the weaker counts. */
function merged(patches: readonly Patch[], now: string, change: Change & { step: string }): Patch {
  const steps = [...new Set([...patches.flatMap((patch) => patch.steps), change.step])];
  const inferred = change.method === 'inferred' || patches.some((patch) => patch.method === 'inferred');
  return {
    from: patches[0]?.from ?? 0, to: patches.at(-1)?.to ?? 0, now, steps, method: inferred ? 'inferred' : 'recovered',
    confidence: Math.min(change.confidence, ...patches.map((patch) => patch.confidence)),
  };
}

/** The text under repair. Applying `repairs` to the decoded text always gives exactly `text`. */
export class Patchwork {
  readonly #decoded: string;
  #patches: readonly Patch[];
  #text: string;

  constructor(decoded: string) {
    this.#decoded = decoded;
    this.#text = decoded;
    this.#patches = [untouched(decoded, 0, decoded.length)];
  }

  get text(): string {
    return this.#text;
  }

  /** The repairs so far, by position; a stretch that several steps changed is one repair named after all of them. */
  get repairs(): Repair[] {
    return this.#patches.filter((patch) => patch.steps.length > 0).map((patch) => ({
      step: patch.steps.join('+'), start: patch.from, end: patch.to, before: this.#decoded.slice(patch.from, patch.to), after: patch.now,
      method: patch.method, confidence: patch.confidence,
    }));
  }

  /** Applies `changes` (sorted, not overlapping) to the text as it is now. */
  apply(step: string, changes: readonly Change[]): void {
    for (const change of [...changes].reverse()) this.#patches = this.#spliced({ ...change, step });
    if (changes.length > 0) this.#text = this.#patches.map((patch) => patch.now).join('');
  }

  /** The patches with one change made. What is untouched is cut at the change; what was repaired before is widened to its whole. */
  #spliced(change: Change & { step: string }): Patch[] {
    const before: Patch[] = [];
    const touched: Patch[] = [];
    const after: Patch[] = [];
    let head = '';
    let tail = '';
    let at = 0;
    for (const patch of this.#patches) {
      const end = at + patch.now.length;
      const isTouched = change.start === change.end ? at <= change.start && change.start < end : at < change.end && end > change.start;
      if (!isTouched) (end <= change.start ? before : after).push(patch);
      else if (patch.steps.length > 0) {
        touched.push(patch);
        if (at < change.start) head = patch.now.slice(0, change.start - at);
        if (end > change.end) tail = patch.now.slice(change.end - at);
      } else {
        const from = patch.from + Math.max(0, change.start - at);
        const to = patch.to - Math.max(0, end - change.end);
        if (from > patch.from) before.push(untouched(this.#decoded, patch.from, from));
        touched.push(untouched(this.#decoded, from, to));
        if (to < patch.to) after.push(untouched(this.#decoded, to, patch.to));
      }
      at = end;
    }
    return [...before, merged(touched, `${head}${change.after}${tail}`, change), ...after];
  }
}
