/** `nianbao portals add URL`: finds the column of annual reports from an address and proposes a seed row; nothing goes into the archive. */
import { resolve } from 'node:path';
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { safeForTerminal } from '../log.js';
import type { Divisions, Seed } from '../record.js';
import { counted } from '../report/counted.js';
import { plainTable } from '../report/ledger-table.js';
import { agencyOfTitles, propose } from '../scout/propose.js';
import type { Proposal } from '../scout/propose.js';
import { OTHER_AGENCY, scout } from '../scout/scout.js';
import type { Scouted, ScoutWorld } from '../scout/scout.js';
import { withSession } from '../scout/session.js';
import { addSeedRow, seedLine } from '../seeds/add-row.js';
import { readSeeds } from '../seeds/read.js';
import type { CommandContext } from './context.js';

export interface AddOptions {
  readonly url: string;
  /** Seed list to which the row is added. */
  readonly to: string | null;
  /** The agency's name, when the pages do not tell it, or tell several. */
  readonly agency: string | null;
}

/** Requests at most: a column of twenty years has two or three pages, and six links lead to it at worst. */
const REQUESTS = 30;

/** The portal as far as it is known before the walk. */
function unknownSeed(address: string, agency: string | null): Seed {
  return {
    portalId: 'proposed', code: null, province: null, city: null, county: null, agency, level: null, home: new URL('/', address).href, columns: [address], platform: 'auto', render: 'auto', charset: null,
    delaySecs: null, enabled: true, note: null, source: { file: '', line: 0 },
  };
}

function checked(url: string): string {
  const whole = url.includes('://') ? url : `http://${url}`;
  // Who writes a mail address means no web site.
  const address = URL.canParse(whole) && new URL(whole).username === '' ? canonicalUrl(whole) : null;
  const host = address === null ? '' : new URL(address).hostname;
  if (address === null || !(host.includes('.') || host.startsWith('[') || host === 'localhost')) throw usageError('bad-url', `"${url}" is not an address that can be asked for, and nothing was; expected one such as http://gaj.example.gov.cn/zwgk/zfxxgknb/.`);
  const hash = url.includes('#') ? url.slice(url.indexOf('#')) : '';
  return address + hash;
}

/** An address without a path is a home page; any other may be a column, a list, or a page on the way to one. */
function kindOf(address: string): 'home' | 'column' {
  const { pathname, search } = new URL(address);
  return /^\/(?:index\.\w{2,5}|default\.\w{2,5})?$/u.test(pathname) && search === '' ? 'home' : 'column';
}

/** The home page of the host, when it is one: a harvest begins there when the column has moved. */
async function homeOf(world: ScoutWorld, scouted: Scouted, address: string): Promise<string | null> {
  if (kindOf(address) === 'home') return scouted.steps[0]?.reason === 'ok' ? address : null;
  const home = new URL('/', address).href;
  const order = { seed: { ...unknownSeed(address, null), columns: [home] }, address: home, kind: 'home' as const, requests: 2, whole: false };
  return (await scout(world, order)).steps[0]?.reason === 'ok' ? home : null;
}

/** Titles that say only a year leave open whose list it is: the newest report itself tells. */
async function withAgency(world: ScoutWorld, scouted: Scouted, address: string, divisions: Divisions): Promise<Scouted> {
  const newest = [...scouted.reports].sort((a, b) => (b.year ?? 0) - (a.year ?? 0))[0];
  if (scouted.agency !== null || newest === undefined || agencyOfTitles(scouted.reports, divisions) !== null) return scouted;
  const read = await scout(world, { seed: unknownSeed(address, null), address: newest.url, kind: 'column', requests: 2, whole: false });
  return { ...scouted, agency: read.agency, requests: scouted.requests + read.requests };
}

function describe({ scouted, proposal }: { scouted: Scouted; proposal: Proposal }): string {
  const list = scouted.reportRows === null ? '' : `${scouted.rows === 1 ? '1 row' : `${scouted.rows ?? '?'} rows`}${scouted.total === null ? '' : ` of ${scouted.total}`}, ${counted(scouted.reportRows, 'report')}${scouted.isWhole ? '' : '; further pages were not read'}`;
  const facts: readonly (readonly [string, string])[] = [
    ['agency', [proposal.cells.agency, proposal.cells.code].filter((part) => part).join(' ')], ['family', scouted.family ?? ''], ['column', scouted.column ?? ''], ['robots.txt', scouted.robots ?? ''], ['list', list],
    ['left out', proposal.others > 0 ? counted(proposal.others, 'report of another agency', 'reports of other agencies') : ''], ['requests', `${scouted.requests}`],
  ];
  const reports = proposal.reports.map(({ year, listedOn, title, url }) => [`${year ?? '?'}`, listedOn ?? '', title ?? '', url].map(safeForTerminal));
  return `${plainTable(facts.filter(([, value]) => value !== '').map((row) => row.map(safeForTerminal)))}\n\nA harvest would ask for ${counted(reports.length, 'report')}:\n${plainTable(reports)}\n`;
}

async function write(context: CommandContext, file: string, proposal: Proposal): Promise<number> {
  const path = resolve(context.cwd, file);
  const { seeds } = await readSeeds([path], context.divisions()).catch((error: { code?: string }) => {
    if (error.code === 'seeds-missing') return { seeds: [] as Seed[] };
    throw error;
  });
  const column = proposal.seed?.columns[0] ?? proposal.seed?.home;
  const known = seeds.find((seed) => seed.agency === proposal.seed?.agency && [...seed.columns, seed.home].some((address) => address !== null && address.replace(/\/$/u, '') === column?.replace(/\/$/u, '')));
  if (known) throw usageError('portal-known', `${known.agency ?? ''} is listed with this address already, in ${file} line ${known.source.line}. Nothing was written.`);
  return addSeedRow(path, proposal.cells);
}

function tellFailure(context: CommandContext, scouted: Scouted): void {
  if (scouted.outcome === OTHER_AGENCY) {
    context.log.warn(`A list was read (${scouted.column ?? ''}), and none of its reports is of the agency that was asked for: ${scouted.detail ?? ''}.`);
    context.log.warn('No row is proposed. Write --agency as the titles of the reports do, or leave it out: the titles tell the agency.');
    return;
  }
  context.log.warn(`No list of annual reports was found: ${scouted.outcome}${scouted.detail === null ? '' : ` (${scouted.detail})`}. Asked, in this order:`);
  for (const step of scouted.steps) context.log.warn(`  ${step.reason}  ${step.url}${step.reason === 'ok' || step.detail === null ? '' : `  ${step.detail}`}`);
  context.log.warn('No row is proposed. Give the address of the column itself, or of a page that links to it.');
}

async function conclude(context: CommandContext, options: AddOptions, found: { scouted: Scouted; proposal: Proposal }): Promise<ExitCode> {
  const { scouted, proposal } = found;
  const isFound = scouted.outcome === 'found';
  for (const problem of isFound ? proposal.problems : []) context.log.warn(`${problem.column}: ${problem.reason}`);
  const mayWrite = isFound && proposal.seed !== null && options.to !== null;
  const line = mayWrite && options.to !== null ? await write(context, options.to, proposal) : null;
  const row = isFound ? seedLine(proposal.cells) : null;
  if (context.json) {
    const { seed: _seed, problems, ...plain } = proposal;
    context.print(`${JSON.stringify({ ...scouted, reports: plain.reports, otherReports: plain.others, row: isFound ? plain.cells : null, line: row, problems: isFound ? problems : [], written: line === null ? null : { file: options.to, line } })}\n`);
  } else if (isFound) context.print(`${describe(found)}\n${safeForTerminal(row ?? '')}\n`);
  if (!isFound) tellFailure(context, scouted);
  else if (line !== null) context.log.line(`The row is line ${line} of ${options.to}.`);
  else if (proposal.seed === null) context.log.warn('The row lacks what is named above and was written nowhere; name the agency with --agency.');
  if (context.signal.aborted) return 130;
  return isFound && proposal.seed !== null ? 0 : 3;
}

/** Runs `portals add`. Exit 0 when a list was found and a row proposed, 3 when not; 2 when the words or the list file are wrong. */
export async function addPortal(context: CommandContext, options: AddOptions): Promise<ExitCode> {
  const address = checked(options.url);
  const found = await withSession({ ...context, divisions: context.divisions() }, async (world) => {
    const walked = await scout(world, { seed: unknownSeed(address, options.agency), address, kind: kindOf(address), requests: REQUESTS, whole: true });
    const scouted = options.agency === null ? await withAgency(world, walked, address, context.divisions()) : walked;
    const home = scouted.outcome === 'found' ? await homeOf(world, scouted, address) : null;
    const today = new Date(context.now()).toISOString().slice(0, 10);
    return { scouted, proposal: propose({ scouted, agency: options.agency, home, divisions: context.divisions(), today }) };
  });
  return conclude(context, options, found);
}
