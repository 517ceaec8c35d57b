/** Words what is wrong with a configuration: the key's path, what was found, what was expected, and the key probably meant. */
import type * as z from 'zod';

export interface Origins {
  readonly settings: readonly { readonly path: string; readonly expected: string }[];
  /** Setting path to the environment variable that set it. */
  readonly variables: ReadonlyMap<string, string>;
  /** The configuration as written, before defaults. */
  readonly written: unknown;
}

/** Levenshtein distance, counted in UTF-16 units; for short words only. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The known word nearest to a mistyped one, or null when none is near (a third of its letters or fewer are wrong). */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > 80) return null;
  const lower = word.toLowerCase();
  const ranked = known.map((name) => ({ name, wrong: distance(lower, name.toLowerCase()) })).sort((a, b) => a.wrong - b.wrong);
  const best = ranked[0];
  return best && best.wrong <= Math.ceil(best.name.length / 3) ? best.name : null;
}

function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  let value = written;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  const text = typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Keys that may stand in the group at `prefix`: settings and groups. */
function keysUnder(prefix: string, settings: Origins['settings']): string[] {
  const inside = settings.filter(({ path }) => prefix === '' || path.startsWith(`${prefix}.`));
  const names = inside.map(({ path }) => path.slice(prefix === '' ? 0 : prefix.length + 1).split('.')[0] ?? path);
  return [...new Set(names)];
}

function unknownKey(prefix: string, key: string, settings: Origins['settings']): string {
  const path = prefix === '' ? key : `${prefix}.${key}`;
  const siblings = keysUnder(prefix, settings);
  const close = nearest(key, siblings);
  if (close) return `${path}: no such setting; did you mean ${prefix === '' ? close : `${prefix}.${close}`}?`;
  // A known key in the wrong group is the other common slip: `delaySeconds` at the top.
  const elsewhere = settings.find((setting) => setting.path.split('.').at(-1) === key);
  if (elsewhere) return `${path}: no such setting; did you mean ${elsewhere.path}?`;
  return `${path}: no such setting; expected ${prefix === '' ? 'one' : `one in ${prefix}`} of ${siblings.join(', ')}`;
}

function wrongValue(path: readonly PropertyKey[], origins: Origins): string {
  const dotted = path.map(String).join('.');
  const setting = origins.settings.find((one) => dotted === one.path || dotted.startsWith(`${one.path}.`));
  const expected = setting?.expected ?? (dotted === '' ? 'an object of settings' : `a group of settings: ${keysUnder(dotted, origins.settings).join(', ')}`);
  const variable = setting && origins.variables.get(setting.path);
  const name = dotted === '' ? 'configuration' : dotted;
  return `${name}${variable ? ` (from ${variable})` : ''}: found ${shown(valueAt(origins.written, path))}, expected ${expected}`;
}

/** One line for each wrong key or value, in the order found, without repetitions. */
export function faultLines(issues: readonly z.core.$ZodIssue[], origins: Origins): string[] {
  const lines = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(issue.path.map(String).join('.'), key, origins.settings))
      : [wrongValue(issue.path, origins)]);
  return [...new Set(lines)];
}
