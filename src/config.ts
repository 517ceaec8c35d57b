/** Every setting in one table: its default, what it may be, and one sentence. */
import * as z from 'zod';
import { faultLines, type Origins } from './config-faults.js';
import { isCron, isNotifyAddress, isQuietHours, isSeasonSpan, isTimeZone, isUserAgent, isWebAddress, isYearDay, secretIn } from './config-rules.js';
import { readEnvironment, variableName } from './config-env.js';
import { usageError } from './errors.js';

const MIB = 2 ** 20;

/** A leaf of the table: `expected` completes the sentence "expected …" when a value is refused. */
function leaf<T extends z.ZodType>(type: T, initial: z.output<T>, words: { expected: string; description: string }) {
  return type.default(initial as never).meta(words);
}

function count(initial: number, range: readonly [number, number], unit: string, description: string) {
  const [least, most] = range;
  return leaf(z.int().min(least).max(most), initial, { expected: `a whole number of ${unit}, ${least} to ${most}`, description });
}

function seconds(initial: number, most: number, description: string) {
  return leaf(z.number().min(0).max(most), initial, { expected: `seconds, 0 to ${most}`, description });
}

/** A time after which something is given up: never nought. */
function patience(initial: number, description: string) {
  return leaf(z.number().min(0.1).max(3600), initial, { expected: 'seconds, 0.1 to 3600', description });
}

function flag(initial: boolean, description: string) {
  return leaf(z.boolean(), initial, { expected: 'true or false', description });
}

const addresses = (schemes: readonly string[]) => z.array(z.string().refine((text) => isWebAddress(text, schemes))).readonly();

const notifyAddresses = z.array(z.string().refine(isNotifyAddress)).readonly();

/** The address in the setting as it is delivered: nobody can be reached there. */
const NOBODY = 'example.org';

/** Why the staff of a portal cannot reach whoever crawls it; null when they can, or when only machines of one's own are asked. */
export function introductionFault({ userAgent, network }: Pick<Config, 'userAgent' | 'network'>): string | null {
  if (!userAgent.includes(NOBODY) || network.allowPrivateAddresses) return null;
  return `userAgent still names ${NOBODY}: the portals' staff cannot reach you. Set it in crawler.config.ts to an address of yours`;
}

/** The table. Groups are optional when written; every leaf has a default. */
const TABLE = z.strictObject({
  seeds: leaf(z.array(z.string().min(1)).min(1).readonly(), ['seeds/*.csv'], {
    expected: 'a list of CSV files; * stands for any name', description: 'Seed lists: the portals to harvest. Relative to the configuration file.',
  }),
  storage: leaf(z.string().min(1), 'storage', {
    expected: 'a folder', description: 'Folder of the archive (nianbao.sqlite) and the exports. Relative to the configuration file.',
  }),
  userAgent: leaf(z.string().refine(isUserAgent), 'nianbao/1.0 (+https://example.org/about-our-crawl; crawl@example.org)', {
    expected: 'printable ASCII, at most 500 characters', description: 'How the crawler introduces itself: put an address there at which a portal\'s staff can reach you.',
  }),
  politeness: z.strictObject({
    delaySeconds: seconds(3, 3600, 'Pause between two requests to one host. A longer Crawl-delay in robots.txt wins.'),
    maxDelaySeconds: seconds(300, 86_400, 'A host whose robots.txt asks for a longer Crawl-delay than this is skipped and reported.'),
    maxHosts: count(64, [1, 1024], 'hosts', 'Hosts visited at the same time; each of them gets one request at a time.'),
    respectRobots: flag(true, 'Whether robots.txt is obeyed.'),
    quietHours: leaf(z.string().refine(isQuietHours).nullable(), null, {
      expected: 'null or HH:MM-HH:MM', description: 'Part of the day in which nothing is fetched, such as 08:00-18:00, in schedule.timeZone.',
    }),
  }).prefault({}),
  limits: z.strictObject({
    responseBytes: count(32 * MIB, [1024, 1024 * MIB], 'bytes', 'Largest page read, after decompression.'),
    attachmentBytes: count(64 * MIB, [1024, 1024 * MIB], 'bytes', 'Largest attachment read, after decompression.'),
    responseSeconds: patience(60, 'Longest time for a whole exchange.'),
    headerSeconds: patience(15, 'Longest time to connect and until the response headers are there.'),
    idleSeconds: patience(15, 'Longest pause inside a response body.'),
    redirects: count(10, [0, 50], 'redirects', 'Redirects followed for one request.'),
    depth: count(6, [0, 50], 'links', 'Links followed from a seed.'),
    pagesPerPortal: count(2000, [1, 1_000_000], 'pages', 'Requests to one portal in one harvest.'),
    retries: count(3, [0, 20], 'attempts', 'Further attempts after a failure that may pass.'),
    urlLength: count(2083, [100, 65_536], 'characters', 'Longer URLs are skipped.'),
    linksPerPage: count(5000, [1, 100_000], 'links', 'Links read from one page; the others are left out with a notice.'),
  }).prefault({}),
  revisit: z.strictObject({
    firstHours: leaf(z.number().min(0).max(8760), 20, {
      expected: 'hours, 0 to 8760', description: 'A report, or a further page of a list, is looked at again after this time, doubled with each unchanged visit; 0: at every harvest.',
    }),
    maxDays: leaf(z.number().min(0).max(3650), 180, { expected: 'days, 0 to 3650', description: 'The interval between two visits to a report, or to a further page of a list, grows no longer than this.' }),
    sweepDays: leaf(z.array(z.string().refine(isYearDay)).max(366).readonly(), ['02-16', '04-01'], {
      expected: 'a list of days, MM-DD', description: 'On the first harvest from each of these days on (in China), every known page is asked for once, whatever its interval.',
    }),
  }).prefault({}),
  retry: z.strictObject({
    firstSeconds: seconds(60, 86_400, 'Pause before the first further attempt, doubled with each one.'),
    maxSeconds: seconds(3600, 604_800, 'The pause between attempts grows no longer than this.'),
  }).prefault({}),
  alarms: z.strictObject({
    silentRuns: count(3, [1, 365], 'harvests', 'A portal that gave no page in so many harvests in a row is an alarm.'),
    textShare: leaf(z.number().min(0).max(1), 0.7, { expected: 'a share, 0 to 1', description: 'A new text of a report that is shorter than this share of the one before is an alarm.' }),
    overdueDays: count(60, [1, 366], 'days', 'A report that is missing is an alarm for so many days after its deadline; the ledger tells it for ever.'),
  }).prefault({}),
  morning: z.strictObject({
    language: leaf(z.enum(['en', 'zh']), 'en', { expected: "'en' or 'zh'", description: 'Language of the morning page.' }),
    keep: count(60, [1, 10_000], 'runs', 'Morning pages kept in <storage>/mornings; older ones are removed.'),
  }).prefault({}),
  attachments: z.strictObject({
    ocr: leaf(z.enum(['never', 'when-needed']), 'never', {
      expected: "'never' or 'when-needed'", description: 'Whether scanned pages in files are read by OCR; slow, and its words and numbers may be wrong (notice text-by-ocr).',
    }),
  }).prefault({}),
  browser: z.strictObject({
    use: leaf(z.enum(['never', 'when-needed', 'always']), 'when-needed', {
      expected: "'never', 'when-needed' or 'always'", description: 'Whether Chromium may load a page that plain HTTP cannot read.',
    }),
    executablePath: leaf(z.string().min(1).nullable(), null, { expected: 'null or the path of a program', description: 'The Chromium to use; null: an installed one, else Playwright\'s.' }),
  }).prefault({}),
  network: z.strictObject({
    allowPrivateAddresses: flag(false, 'Whether loopback and private addresses may be fetched (intranets, tests, the demo).'),
    proxies: leaf(addresses(['http:', 'https:']), [], { expected: 'a list of http:// or https:// addresses', description: 'HTTP proxies to send requests through; the first is used. Names are looked up there: private addresses are refused by their spelling and by where a name leads from here.' }),
    insecureTls: leaf(z.array(z.string().regex(/^[^\s/]+$/u)).readonly(), [], {
      expected: 'a list of host names', description: 'Hosts whose certificate or old TLS is accepted as it is; each use is recorded.',
    }),
  }).prefault({}),
  schedule: z.strictObject({
    cron: leaf(z.string().refine(isCron), '30 1 * * *', { expected: 'five cron fields: minute hour day month weekday', description: 'The nights on which `nianbao schedule` may start a harvest.' }),
    timeZone: leaf(z.string().refine(isTimeZone), 'Asia/Shanghai', { expected: 'an IANA time zone', description: 'The clock of schedule.cron and politeness.quietHours.' }),
    season: leaf(z.array(z.string().refine(isSeasonSpan)).readonly(), ['01-01/02-15', '03-21/03-31'], {
      expected: 'a list of spans MM-DD/MM-DD', description: 'When reports are published: every night of schedule.cron is harvested in these spans (ends included), the first of each week outside them.',
    }),
    weekday: count(0, [0, 6], 'days after Sunday', 'Day on which a week outside the season begins: its first night is harvested. 0 is Sunday.'),
    jitterMinutes: leaf(z.number().min(0).max(720), 20, { expected: 'minutes, 0 to 720', description: 'A scheduled harvest begins up to this much later, by an amount of its own each night.' }),
  }).prefault({}),
  notify: z.strictObject({
    onFailure: leaf(notifyAddresses, [], { expected: 'a list of https:// or mailto: addresses', description: 'Told when a harvest breaks off, some portals fail or are blocked, or an alarm is raised. Webhooks get JSON, mail gets the morning page.' }),
    onFinish: leaf(notifyAddresses, [], { expected: 'a list of https:// or mailto: addresses', description: 'Told at the end of every harvest.' }),
    from: leaf(z.string().regex(/^[^\s@]+@[^\s@]+$/u).nullable(), null, { expected: 'null or a mail address', description: 'Sender of the mails; null: the user of the SMTP server when that is an address, else nianbao@ this machine.' }),
  }).prefault({}),
});

type DeepReadonly<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: DeepPartial<T[K]> } : T;

/** All settings, resolved. */
export type Config = DeepReadonly<z.output<typeof TABLE>>;

/** What a user writes: any part of the settings. */
export type UserConfig = DeepPartial<Config>;

/** One line of the settings' documentation. */
export interface Setting {
  /** Dotted, such as `politeness.delaySeconds`. */
  readonly path: string;
  readonly default: unknown;
  readonly expected: string;
  readonly description: string;
}

export const DEFAULTS: Config = TABLE.parse({});

/** Gives the object back as it is; only there so that an editor knows the settings' names and types. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}

/** Every setting with its default and its sentence, in the order of the table. */
export function settings(): Setting[] {
  const lines: Setting[] = [];
  const walk = (group: z.ZodObject, values: Readonly<Record<string, unknown>>, prefix: string): void => {
    for (const [key, type] of Object.entries(group.shape)) {
      const path = prefix + key;
      if (type instanceof z.ZodPrefault) walk(type.unwrap() as z.ZodObject, values[key] as Record<string, unknown>, `${path}.`);
      else lines.push({ path, default: values[key], ...((type as z.ZodType).meta() as { expected: string; description: string }) });
    }
  };
  walk(TABLE, DEFAULTS, '');
  return lines;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lays `upper` over `lower`, group by group; lists are replaced whole, `undefined` says nothing. */
function overlay(lower: unknown, upper: unknown): unknown {
  if (upper === undefined) return lower;
  if (!isGroup(lower) || !isGroup(upper)) return upper;
  const merged: Record<string, unknown> = { ...lower };
  for (const [key, value] of Object.entries(upper)) merged[key] = overlay(lower[key], value);
  return merged;
}

/** Secrets that stand in the file: files are copied, mailed and committed. The value itself is not repeated. */
function secretLines(user: unknown): string[] {
  const notify = isGroup(user) ? user['notify'] : null;
  return (['onFailure', 'onFinish'] as const).flatMap((key) => {
    const addresses = isGroup(notify) && Array.isArray(notify[key]) ? notify[key] as readonly unknown[] : [];
    return addresses.flatMap((address, index) => {
      const secret = typeof address === 'string' ? secretIn(address) : null;
      return secret === null ? [] : [`notify.${key}.${index}: the address holds a secret (${secret}), which may not stand in a file; give the whole list in ${variableName(`notify.${key}`)}, or a token in NIANBAO_WEBHOOK_TOKEN`];
    });
  });
}

/**
 * The settings in force: a flag (`overrides`) wins over an environment variable (`NIANBAO_` and the path in capitals,
 * `NIANBAO_POLITENESS_DELAY_SECONDS`), that over the file, that over the default.
 * Throws `config-invalid` (exit 2) with a line for every wrong key or value.
 */
export function resolveConfig(user: unknown, env: Readonly<Record<string, string | undefined>> = {}, overrides: UserConfig = {}): Config {
  const known = settings();
  const fromEnv = readEnvironment(env, known);
  // A file that gives no object at all is refused as it stands; nothing is laid over it.
  const written = user === undefined || isGroup(user) ? overlay(overlay(user ?? {}, fromEnv.values), overrides) : user;
  const result = TABLE.safeParse(written);
  const origins: Origins = { settings: known, variables: fromEnv.variables, written };
  const lines = [...fromEnv.problems, ...secretLines(user), ...(result.success ? [] : faultLines(result.error.issues, origins))];
  if (lines.length > 0 || !result.success) throw usageError('config-invalid', `The configuration is wrong:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  return result.data;
}
