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

  /** Applies `changes` (sorted, not overlapping) to the text as it is now, in one pass. */
  apply(step: string, changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const weaver = new Weaver(this.#decoded, this.#patches);
    for (const change of changes) weaver.weave({ ...change, step });
    this.#patches = weaver.finish();
    this.#text = this.#patches.map((patch) => patch.now).join('');
  }
}

/** Walks along the patches once and works changes in. What is untouched is cut at a change; what was repaired before is widened to its whole. */
class Weaver {
  readonly #decoded: string;
  readonly #done: Patch[] = [];
  readonly #waiting: Patch[];
  /** Offset of the first waiting patch in the text before this step. */
  #at = 0;
  /** Characters of the first waiting patch that are still ahead: fewer than it has when a change was already woven into it. */
  #ahead: number;

  constructor(decoded: string, patches: readonly Patch[]) {
    this.#decoded = decoded;
    this.#waiting = [...patches].reverse();
    this.#ahead = this.#waiting.at(-1)?.now.length ?? 0;
  }

  #next(patch: Patch | undefined): void {
    if (patch) this.#done.push(patch);
    this.#waiting.pop();
    this.#at += this.#ahead;
    this.#ahead = this.#waiting.at(-1)?.now.length ?? 0;
  }

  weave(change: Change & { readonly step: string }): void {
    while (this.#waiting.length > 0 && this.#at + this.#ahead <= change.start) this.#next(this.#waiting.at(-1));
    const touched: Patch[] = [];
    let head = '';
    let tail = '';
    for (let patch = this.#waiting.at(-1); patch && (touched.length === 0 || this.#at < change.end); patch = this.#waiting.at(-1)) {
      const beyond = Math.max(0, this.#at + this.#ahead - change.end);
      const inside = Math.max(0, this.#at + this.#ahead - Math.max(change.start, this.#at));
      if (patch.steps.length === 0) {
        if (inside < this.#ahead) this.#done.push(untouched(this.#decoded, patch.from, patch.to - inside));
        touched.push(untouched(this.#decoded, patch.to - inside, patch.to - beyond));
        if (beyond > 0) { this.#rest(untouched(this.#decoded, patch.to - beyond, patch.to), change.end, beyond); break; }
      } else {
        touched.push(patch);
        if (change.start >= this.#at || touched.length === 1) head = patch.now.slice(0, patch.now.length - inside);
        if (beyond > 0) tail = patch.now.slice(patch.now.length - beyond);
      }
      if (beyond > 0) break;
      this.#next(undefined);
    }
    if (touched.length === 0) touched.push(untouched(this.#decoded, this.#decoded.length, this.#decoded.length));
    const whole = merged(touched, `${head}${change.after}${tail}`, change);
    if (tail === '') this.#done.push(whole);
    else this.#rest(whole, change.end, tail.length);
  }

  /** Puts back what later changes may still touch. */
  #rest(patch: Patch, at: number, ahead: number): void {
    this.#waiting[this.#waiting.length - 1] = patch;
    this.#at = at;
    this.#ahead = ahead;
  }

  finish(): Patch[] {
    return [...this.#done, ...this.#waiting.reverse()];
  }
}
