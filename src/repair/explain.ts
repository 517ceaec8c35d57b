/** Repairs a text and says what was done, for people and for programs. */
import type { Notice, Repair } from '../record.js';
import type { RepairContext } from './repair.js';
import { repairText } from './repair.js';

/** A repaired text with its account. */
export interface ExplainedText {
  readonly text: string;
  /** Offsets (UTF-16) into the text that was given; applying all of them gives exactly `text`. */
  readonly repairs: readonly Repair[];
  /** What looked wrong and was left as it is. */
  readonly notices: readonly Notice[];
}

/**
 * Undoes known damage to a text: mojibake, shifted bytes, inserted pinyin, undone conversions, entities, invisible characters … A sound text
 * comes back unchanged. `context.host` tells whose text it is: publishers of Hong Kong, Macau and Taiwan keep their script.
 */
export function explainRepairs(text: string, context: RepairContext = {}): ExplainedText {
  const { text: repaired, repairs, notices } = repairText(text, context);
  return { text: repaired, repairs, notices };
}

/** Repairs of one step that differ from each other, shown as examples. */
const EXAMPLES = 3;
/** Characters of a stretch that are shown. */
const SHOWN = 40;

function shown(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return JSON.stringify(short).replace(/[\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function describe(step: string, repairs: readonly Repair[]): string[] {
  const inferred = repairs.filter(({ method }) => method === 'inferred').length;
  const different = [...new Map(repairs.map((repair) => [`${repair.before}\n${repair.after}`, repair])).values()];
  // What was inferred may be wrong, so all of it is shown.
  const examples = [...different.filter(({ method }) => method === 'inferred'), ...different.filter(({ method }) => method !== 'inferred').slice(0, EXAMPLES)];
  const head = `${step}: ${repairs.length} ${repairs.length === 1 ? 'place' : 'places'}${inferred > 0 ? `, ${inferred} of them inferred` : ''}`;
  return [head, ...examples.map(({ start, before, after, method, confidence }) => `  at ${start}: ${shown(before)} -> ${shown(after)}${method === 'inferred' ? ` (inferred, ${confidence})` : ''}`)];
}

/** The account in lines for people: each step with its places, then what was left. */
export function explanationLines({ repairs, notices }: ExplainedText): string[] {
  const byStep = new Map<string, Repair[]>();
  for (const repair of repairs) byStep.set(repair.step, [...(byStep.get(repair.step) ?? []), repair]);
  const steps = [...byStep].flatMap(([step, made]) => describe(step, made));
  return [...(steps.length === 0 ? ['nothing to repair'] : steps), ...notices.map(({ code, message }) => `left as it is (${code}): ${message}`)];
}
