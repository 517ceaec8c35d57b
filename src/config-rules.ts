/** What single settings may look like, where a type alone does not say it. */

const CLOCK_SPAN = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/u;

/** `HH:MM-HH:MM`, of some length; it may span midnight. */
export function isQuietHours(text: string): boolean {
  return CLOCK_SPAN.test(text) && text.slice(0, 5) !== text.slice(6);
}

/** `MM-DD`, a day that every year has. */
export function isYearDay(text: string): boolean {
  const beginMs = Date.parse(`2001-${text}T00:00:00Z`);
  return /^\d\d-\d\d$/u.test(text) && !Number.isNaN(beginMs) && new Date(beginMs).toISOString().slice(5, 10) === text;
}

const SEASON_SPAN = /^(\d\d)-(\d\d)\/(\d\d)-(\d\d)$/u;

/** `MM-DD/MM-DD`, of days that some year has; it may span the new year. */
export function isSeasonSpan(text: string): boolean {
  const [, ...numbers] = SEASON_SPAN.exec(text) ?? [];
  const isDay = (month: number, day: number): boolean => { const date = new Date(Date.UTC(2000, month - 1, day)); return date.getUTCMonth() === month - 1 && date.getUTCDate() === day; };
  const [fromMonth, fromDay, toMonth, toDay] = numbers.map(Number);
  return numbers.length === 4 && isDay(fromMonth ?? 0, fromDay ?? 0) && isDay(toMonth ?? 0, toDay ?? 0);
}

/** Printable ASCII: anything else could not stand in a request header. */
export function isUserAgent(text: string): boolean {
  return text.length <= 500 && /^[\x21-\x7e][\x20-\x7e]*$/u.test(text);
}

export function isWebAddress(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

/** A web address, or `mailto:` with one mailbox and nothing else. */
export function isNotifyAddress(text: string): boolean {
  return text.startsWith('mailto:') ? URL.canParse(text) && /^mailto:[^\s@?,;]+@[^\s@?,;]+$/u.test(text) : isWebAddress(text, ['http:', 'https:']);
}

/** Parameters that carry a key: `?access_token=…` of DingTalk, `?key=…` of WeCom. */
const KEY_PARAMETER = /token|key|secret|sign|pass|auth/iu;

/** A stretch of a path that nobody would make up by hand: twenty characters or more, with a run of eight in which letters and digits mix. */
function isKey(segment: string): boolean {
  return segment.length >= 20 && segment.split(/[-_]/u).some((piece) => piece.length >= 8 && /\d/u.test(piece) && /[a-z]/iu.test(piece));
}

/** What of a webhook's address looks like a secret; null when nothing does. */
export function secretIn(address: string): string | null {
  if (!isWebAddress(address, ['http:', 'https:'])) return null;
  const { username, password, searchParams, pathname } = new URL(address);
  if (username !== '' || password !== '') return 'a user name or password';
  const parameter = [...searchParams.keys()].find((name) => KEY_PARAMETER.test(name));
  if (parameter !== undefined) return `the parameter "${parameter}"`;
  return pathname.split('/').some(isKey) ? 'a key in its path' : null;
}

export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text !== '';
  } catch {
    return false;
  }
}

/** Least and most of minute, hour, day of month, month, day of week (0 and 7 are both Sunday). */
const CRON_RANGES: readonly (readonly [number, number])[] = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 7]];
const CRON_PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/u;

function isCronField(field: string, [least, most]: readonly [number, number]): boolean {
  return field.split(',').every((part) => {
    const found = CRON_PART.exec(part);
    if (!found) return false;
    const from = Number(found[1] ?? least);
    const to = Number(found[2] ?? found[1] ?? most);
    return from >= least && to <= most && from <= to && found[3] !== '0';
  });
}

/** Five cron fields of numbers, `*`, ranges, lists and steps; names (`MON`) are not read. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/u);
  return fields.length === CRON_RANGES.length && fields.every((field, position) => isCronField(field, CRON_RANGES[position] ?? [0, 0]));
}
