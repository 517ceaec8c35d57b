/** `nianbao doctor`: what this machine has, what is missing, and how to mend it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ExitCode } from '../errors.js';
import { introductionFault } from '../config.js';
import type { Config } from '../config.js';
import { smtpFault } from '../notify/mail.js';
import { counted } from '../report/counted.js';
import { countBadRows, readSeeds } from '../seeds/read.js';
import { DATABASE_NAME, openReader } from '../store/open.js';
import { probeSqlite } from '../store/probe.js';
import { SQLITE_MEND, SQLITE_PACKAGE } from '../store/sqlite.js';
import type { CommandContext } from './context.js';
import { coloursFor } from './paint.js';

/** One line of the doctor's list. `weak` things are needed by some pages only and do not fail the visit. */
export interface Finding {
  readonly subject: string;
  readonly state: 'fine' | 'weak' | 'missing';
  readonly found: string;
  /** What to do; null when fine. */
  readonly mend: string | null;
}

export interface DoctorOptions {
  readonly findChromium: (config: Config) => Promise<{ readonly path: string; readonly source: string } | null>;
}

const run = promisify(execFile);

const fine = (subject: string, found: string): Finding => ({ subject, state: 'fine', found, mend: null });
const weak = (subject: string, found: string, mend: string): Finding => ({ subject, state: 'weak', found, mend });
const missing = (subject: string, found: string, mend: string): Finding => ({ subject, state: 'missing', found, mend });

/** The ranges of package.json's `engines`: 20.19 and later of 20, 22.12 and later of 22, 24 and later. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/u, '').split('.').map(Number);
  const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  return good ? fine('Node.js', version) : missing('Node.js', version, 'Install Node.js 20.19 or later, 22.12 or later, or 24.');
}

function checkSqlite(): Finding {
  try {
    return fine('SQLite module', `${SQLITE_PACKAGE} with SQLite ${probeSqlite()} and FTS5`);
  } catch (error) {
    return missing('SQLite module', (error as Error).message.split('\n')[0] ?? '', SQLITE_MEND);
  }
}

/** 公 in GB18030, and a four-byte sequence that only a full table knows. */
function checkIcu(): Finding {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(Uint8Array.of(0xb9, 0xab, 0x81, 0x30, 0x81, 0x30));
    if (text === '公\u0080') return fine('Character sets', `full ICU ${process.versions['icu'] ?? ''}`.trim());
  } catch {
    return missing('Character sets', 'this Node.js was built without full ICU', 'Use an official build of Node.js, or one built --with-intl=full-icu.');
  }
  return missing('Character sets', 'GB18030 is decoded wrongly', 'Use an official build of Node.js.');
}

async function checkChromium(context: CommandContext, options: DoctorOptions): Promise<Finding> {
  const mend = 'Install Chromium with the system\'s package manager (Debian: apt-get install chromium), run "npx playwright install chromium", or set browser.executablePath. Without it, pages built by script are reported, not read.';
  try {
    const found = await options.findChromium(context.config);
    return found ? fine('Chromium', `${found.path} (${found.source})`) : weak('Chromium', 'none found', mend);
  } catch (error) {
    return weak('Chromium', (error as Error).message, mend);
  }
}

async function checkFonts(): Promise<Finding> {
  try {
    const { stdout } = await run('fc-list', [':lang=zh', 'family'], { timeout: 10_000 });
    const first = stdout.split('\n').find((line) => line.trim() !== '');
    if (first !== undefined) return fine('Chinese fonts', first.trim());
    return weak('Chinese fonts', 'none installed', 'Install one (Debian: fonts-noto-cjk). Only pictures of pages need it.');
  } catch {
    return process.platform === 'linux' ? weak('Chinese fonts', 'fc-list is not here to ask', 'Install fontconfig and fonts-noto-cjk if you take pictures of pages.')
      : fine('Chinese fonts', 'part of the system');
  }
}

/** Room for some ten thousand compressed pages. Below it a harvest may stop in the middle of the night. */
const ENOUGH_BYTES = 2 ** 30;

/** The nearest folder above `path` that exists. */
function existing(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function checkDisk(context: CommandContext): Promise<Finding> {
  const { bavail, bsize } = await statfs(existing(context.config.storage));
  const gibibytes = `${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB free`;
  return bavail * bsize >= ENOUGH_BYTES ? fine('Disk', gibibytes) : missing('Disk', gibibytes, 'Free some space or choose another disk with --storage: a harvest stops cleanly when the disk is full.');
}

function checkStorage(context: CommandContext): Finding {
  const file = join(context.config.storage, DATABASE_NAME);
  if (!existsSync(file)) return fine('Storage', `${file} does not exist yet; the first harvest makes it`);
  try {
    const database = openReader(context.config.storage);
    const answer = database.pragma('quick_check(1)', { simple: true }) as string;
    database.close();
    return answer === 'ok' ? fine('Storage', file) : missing('Storage', answer, 'Run "nianbao verify" and restore a backup.');
  } catch (error) {
    if ((error as { code?: string }).code === 'storage-missing') return fine('Storage', `${file} is empty; the first harvest fills it`);
    return missing('Storage', (error as Error).message, 'Name another folder with --storage, or restore a backup.');
  }
}

async function checkSeeds(context: CommandContext): Promise<Finding> {
  try {
    const { seeds, problems } = await readSeeds([...context.config.seeds]);
    const [bad, portals] = [countBadRows(problems), counted(seeds.length, 'portal')];
    if (bad > 0) return missing('Seed lists', `${portals}, ${counted(bad, 'bad row')}`, 'Run "nianbao portals check"; it names each bad row.');
    return seeds.length > 0 ? fine('Seed lists', portals) : missing('Seed lists', 'no portal', 'Add rows as seeds/README.md describes.');
  } catch (error) {
    return missing('Seed lists', (error as Error).message, 'Check "seeds" in the configuration.');
  }
}

function checkIntroduction({ config }: CommandContext): Finding {
  return introductionFault(config) === null ? fine('Introduction', config.userAgent)
    : weak('Introduction', config.userAgent, 'Set userAgent in crawler.config.ts to an address at which the portals\' staff can reach you.');
}

/** Said the evening before, for a notice that cannot be sent is missed in the morning. */
function checkNotices(context: CommandContext): Finding {
  const { onFailure, onFinish } = context.config.notify;
  const addresses = [...new Set([...onFailure, ...onFinish])];
  const mails = addresses.filter((address) => address.startsWith('mailto:')).length;
  const found = addresses.length === 0 ? 'nobody is told how a harvest ended (notify.onFinish, notify.onFailure)' : `${counted(mails, 'mail address', 'mail addresses')}, ${counted(addresses.length - mails, 'webhook')}`;
  const fault = mails === 0 ? null : smtpFault(context.secrets?.smtpUrl ?? null);
  return fault === null ? fine('Notices', found) : weak('Notices', found, `Mail cannot be sent: ${fault}.`);
}

function findingLine(context: CommandContext, finding: Finding): string {
  const colours = coloursFor(context);
  const paint = { fine: colours.green, weak: colours.yellow, missing: colours.red }[finding.state];
  const mend = finding.mend === null ? '' : `\n         ${finding.mend}`;
  return `${paint(finding.state.padEnd(7))}  ${finding.subject}: ${finding.found}${mend}\n`;
}

/** Looks at everything nianbao needs; 3 when something is missing that no harvest can do without. */
export async function doctorCommand(context: CommandContext, options: DoctorOptions): Promise<ExitCode> {
  const findings = [
    checkNode(process.version), checkSqlite(), checkIcu(), await checkChromium(context, options), await checkFonts(),
    await checkDisk(context), checkStorage(context), await checkSeeds(context), checkIntroduction(context), checkNotices(context),
  ];
  if (context.json) context.print(`${JSON.stringify({ ok: findings.every((finding) => finding.state !== 'missing'), findings })}\n`);
  else for (const finding of findings) context.print(findingLine(context, finding));
  return findings.some((finding) => finding.state === 'missing') ? 3 : 0;
}
