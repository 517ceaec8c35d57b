/** Decides what robots.txt allows, in two readings: RFC 9309's and that of Google's matcher. What either forbids is forbidden. */
import type { Directive } from './robots-lines.js';

/** Which reading decided. */
export type RobotsReading = 'google' | 'rfc';

export interface RobotsVerdict {
  readonly allowed: boolean;
  /** The reading that forbids, `both` when they agree. */
  readonly mode: RobotsReading | 'both';
  /** The line that decided, such as `3: disallow: /private/`; null when no rule matched. */
  readonly rule: string | null;
}

/** Percent-encodes bytes above ASCII and writes `%aa` as `%AA`; `text` has one character a byte. */
function escapeBytes(text: string): string {
  return text.replace(/%[0-9a-fA-F]{2}|[\x80-\xff]/gu, (part) => part.startsWith('%') ? part.toUpperCase() : `%${part.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Unreserved characters of RFC 3986, 2.3: encoding them changes nothing, so RFC 9309 compares them decoded. */
const UNRESERVED = /^[A-Za-z0-9._~-]$/u;

function decodeUnreserved(text: string): string {
  return escapeBytes(text).replace(/%[0-9A-F]{2}/gu, (part) => {
    const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
    return UNRESERVED.test(character) ? character : part;
  });
}

function escapeLiterals(path: string): string {
  return path.replaceAll('*', '%2A').replaceAll('$', '%24');
}

function firstOf(text: string, characters: string, from: number): number {
  for (let index = from; index < text.length; index += 1) if (characters.includes(text[index] ?? '')) return index;
  return text.length;
}

/** Path, parameters and query of an address, as Google's `GetPathParamsQuery` cuts it: works on broken addresses too. */
export function pathOf(url: string): string {
  const from = url.startsWith('//') ? 2 : 0;
  const early = firstOf(url, '/?;', from);
  const scheme = url.indexOf('://', from);
  const hostStart = scheme < 0 || early < scheme ? from : scheme + 3;
  const start = firstOf(url, '/?;', hostStart);
  const hash = url.indexOf('#', from);
  if (start === url.length || (hash >= 0 && hash < start)) return '/';
  const path = url.slice(start, hash < 0 ? url.length : hash);
  return path.startsWith('/') ? path : `/${path}`;
}

/**
 * Whether a pattern matches a path: from its start, `*` for any characters, `$` at the end for the path's end.
 * Each piece between stars is searched once, leftmost first, so hostile patterns of many stars stay linear.
 */
export function patternMatches(path: string, pattern: string): boolean {
  const anchored = pattern.endsWith('$');
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  const first = pieces[0] ?? '';
  if (!path.startsWith(first)) return false;
  if (pieces.length === 1) return !anchored || path.length === first.length;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  const last = pieces.at(-1) ?? '';
  return anchored ? path.length - last.length >= position && path.endsWith(last) : path.indexOf(last, position) >= 0;
}

/** How the readings differ. */
interface Reading {
  readonly pathForm: (path: string) => string;
  readonly patternForm: (pattern: string) => string;
  /** Whether a `User-agent` value names `agent`. */
  readonly names: (value: string, agent: string) => boolean;
  /** Google reads `Allow: /dir/index.html` as `Allow: /dir/$` too. */
  readonly foldsIndexPages: boolean;
}

/** Letters, `_` and `-`: what RFC 9309, 2.2.1 lets a product token be made of. */
const TOKEN = /^[A-Za-z_-]*/u;

const GOOGLE: Reading = {
  // Google's matcher takes addresses as they are: to encode them is the caller's duty.
  pathForm: (path) => path,
  patternForm: escapeBytes,
  names: (value, agent) => (TOKEN.exec(value)?.[0] ?? '').toLowerCase() === agent.toLowerCase(),
  foldsIndexPages: true,
};

/** A value may list several agents, and say versions; crawler-commons' cases compare the names before the slash. */
const RFC: Reading = {
  // RFC 9309, 2.2.3: a `*` or `$` of the address is written %2A or %24 in a pattern, where the bare ones are special.
  pathForm: (path) => escapeLiterals(decodeUnreserved(path)),
  patternForm: (pattern) => {
    const decoded = decodeUnreserved(pattern);
    return decoded.slice(0, -1).replaceAll('$', '%24') + decoded.slice(-1);
  },
  names: (value, agent) => {
    const wanted = (agent.split('/', 1)[0] ?? '').trim().toLowerCase();
    return wanted !== '' && value.toLowerCase().split(/[\s,]+/u).some((name) => (name.split('/', 1)[0] ?? '') === wanted);
  },
  foldsIndexPages: false,
};

/** `*`, alone or before a blank: Google takes `* bot` as everybody too. */
function namesEverybody(value: string): boolean {
  return value === '*' || /^\*\s/u.test(value);
}

interface Group {
  readonly specific: readonly Directive[];
  readonly everybody: readonly Directive[];
  readonly named: boolean;
}

/** Rules that concern `agent`: those of all groups that name it, and those for everybody. Only rules close a list of agents. */
function groupsFor(directives: readonly Directive[], agent: string, reading: Reading): Group {
  const specific: Directive[] = [];
  const everybody: Directive[] = [];
  let state = { named: false, everybody: false, closed: false };
  let named = false;
  for (const directive of directives) {
    const [, key, value] = directive;
    if (key === 'user-agent') {
      if (state.closed) state = { named: false, everybody: false, closed: false };
      if (namesEverybody(value)) state.everybody = true;
      else if (reading.names(value, agent)) { state.named = true; named = true; }
    } else if (key !== 'sitemap' && (state.named || state.everybody)) {
      // A crawl delay belongs to its group but closes no list of agents: it is no rule of RFC 9309.
      if (key !== 'crawl-delay') state.closed = true;
      if (state.named) specific.push(directive); else everybody.push(directive);
    }
  }
  return { specific, everybody, named };
}

interface Best {
  readonly priority: number;
  readonly directive: Directive | null;
}

function priorityOf(path: string, value: string, allow: boolean, reading: Reading): number {
  const pattern = reading.patternForm(value);
  if (patternMatches(path, pattern)) return pattern.length;
  const slash = pattern.lastIndexOf('/');
  if (!allow || !reading.foldsIndexPages || slash < 0 || !pattern.startsWith('/index.htm', slash)) return -1;
  const folder = `${pattern.slice(0, slash + 1)}$`;
  return patternMatches(path, folder) ? folder.length : -1;
}

function bestOf(directives: readonly Directive[], key: 'allow' | 'disallow', path: string, reading: Reading): Best {
  let best: Best = { priority: -1, directive: null };
  for (const directive of directives) {
    if (directive[1] !== key) continue;
    const priority = priorityOf(path, directive[2], key === 'allow', reading);
    if (priority > best.priority) best = { priority, directive };
  }
  return best;
}

/** The verdict of one reading: longest match wins, allow wins a tie, an empty pattern decides nothing. */
export function matchReading(directives: readonly Directive[], url: string, agent: string, mode: RobotsReading): { allowed: boolean; directive: Directive | null } {
  const reading = mode === 'google' ? GOOGLE : RFC;
  const path = reading.pathForm(Buffer.from(pathOf(url), 'utf8').toString('latin1'));
  if (mode === 'rfc' && path === '/robots.txt') return { allowed: true, directive: null };
  const groups = groupsFor(directives, agent, reading);
  const rules = groups.named ? groups.specific : groups.everybody;
  const allow = bestOf(rules, 'allow', path, reading);
  const disallow = bestOf(rules, 'disallow', path, reading);
  if (allow.priority <= 0 && disallow.priority <= 0) return { allowed: true, directive: null };
  const forbidden = disallow.priority > allow.priority;
  return { allowed: !forbidden, directive: forbidden ? disallow.directive : allow.directive };
}

function ruleText(directive: Directive | null): string | null {
  return directive && `${directive[0]}: ${directive[1]}: ${Buffer.from(directive[2], 'latin1').toString('utf8').slice(0, 300)}`;
}

/** The verdict on `url` for the product token `agent`: forbidden when either reading forbids it. */
export function matchRobots(directives: readonly Directive[], url: string, agent: string): RobotsVerdict {
  const google = matchReading(directives, url, agent, 'google');
  const rfc = matchReading(directives, url, agent, 'rfc');
  if (google.allowed === rfc.allowed) return { allowed: rfc.allowed, mode: 'both', rule: ruleText(rfc.directive ?? google.directive) };
  const [mode, strict] = google.allowed ? ['rfc', rfc] as const : ['google', google] as const;
  return { allowed: false, mode, rule: ruleText(strict.directive) };
}

/** The longest `Crawl-delay` in seconds that either reading finds for `agent`; null when none is written, or none is a number. */
export function crawlDelaySecs(directives: readonly Directive[], agent: string): number | null {
  const delays = [GOOGLE, RFC].flatMap((reading) => {
    const groups = groupsFor(directives, agent, reading);
    return (groups.named ? groups.specific : groups.everybody)
      .filter(([, key]) => key === 'crawl-delay').map(([, , value]) => Number(/^\d{1,9}(?:\.\d{1,9})?/u.exec(value)?.[0] ?? Number.NaN));
  }).filter((delay) => Number.isFinite(delay));
  return delays.length > 0 ? Math.max(...delays) : null;
}

/** Absolute addresses of the sitemaps that the file lists; they belong to no group. */
export function sitemapsOf(directives: readonly Directive[]): string[] {
  const addresses = directives.filter(([, key]) => key === 'sitemap').map(([, , value]) => Buffer.from(value, 'latin1').toString('utf8'));
  return [...new Set(addresses)].filter((address) => URL.canParse(address)).slice(0, 1000);
}
