/** Gathers what the ledger rests on: agencies, the reports held of them, and how their portals answered. */
import type { Sqlite } from './open.js';
import { FIRST_YEAR, linkedYear } from './ledger-rules.js';
import type { HeldReport, ListRead, OpenQuestion, Search } from './ledger-rules.js';
import { shortLists } from './lists.js';
import { isReceived, readingFault } from './reading-fault.js';
import { statement } from './statement.js';

export interface AgencyFacts {
  readonly agency: string;
  readonly code: string | null;
  readonly portalIds: readonly string[];
  /** By report year. */
  readonly reports: ReadonlyMap<number, readonly HeldReport[]>;
}

interface Gathering {
  agency: string;
  code: string | null;
  portalIds: string[];
  reports: Map<number, HeldReport[]>;
}

interface PortalRow { portalId: string; agency: string; code: string | null }
interface ReportRow extends HeldReport { agency: string; code: string | null; year: number }

/**
 * One agency is one name with one code. A report without a code belongs to the agency of its name when only one has it; two
 * agencies of one name (朝阳分局 of two cities) are told apart by their codes.
 */
class Agencies {
  readonly #byName = new Map<string, Gathering[]>();

  find(agency: string, code: string | null): Gathering {
    const named = this.#byName.get(agency) ?? [];
    this.#byName.set(agency, named);
    const known = named.find((one) => one.code === code) ?? (code === null && named.length === 1 ? named[0] : named.find((one) => one.code === null));
    if (known) {
      known.code ??= code;
      return known;
    }
    const made: Gathering = { agency, code, portalIds: [], reports: new Map() };
    named.push(made);
    return made;
  }

  all(): AgencyFacts[] {
    return [...this.#byName.values()].flat();
  }
}

/** Every agency of an enabled portal or of a held annual report, with its reports from the first reporting year on. */
export function gatherAgencies(database: Sqlite): AgencyFacts[] {
  const agencies = new Agencies();
  const portals = statement(database, `SELECT portal_id AS portalId, agency, code FROM portal WHERE enabled = 1 AND agency IS NOT NULL
    ORDER BY code IS NULL, code, portal_id`).all() as PortalRow[];
  for (const portal of portals) agencies.find(portal.agency, portal.code).portalIds.push(portal.portalId);
  const reports = statement(database, `SELECT report_id AS reportId, agency, code, year, grade, published_on AS publishedOn, removed_at AS removedAt, url
    FROM v_report WHERE agency IS NOT NULL AND year >= ? ORDER BY code IS NULL, code, report_id`).all(FIRST_YEAR) as ReportRow[];
  for (const { agency, code, year, ...report } of reports) {
    const of = agencies.find(agency, code).reports;
    of.set(year, [...(of.get(year) ?? []), report]);
  }
  return agencies.all();
}

interface ReadingRow {
  url: string; kind: string; readAt: string; pageKind: string; rows: number | null; reportRows: number | null; stop: string | null; found: number; notices: string; named: number;
}

/** The newest reading of each address (SQLite takes the other columns from the row that holds the maximum); `named`: a curator named it as the column. */
const NEWEST_READINGS = `
  SELECT c.url, c.kind, c.fetched_at AS readAt, r.page_kind AS pageKind, r.rows, r.report_rows AS reportRows, r.stop, r.found, r.notices, max(r.capture_id),
    EXISTS (SELECT 1 FROM candidate n WHERE n.portal_id = r.portal_id AND n.url = c.url AND n.kind = 'column' AND n.heard_via = 'seed') AS named
  FROM reading r JOIN capture c ON c.capture_id = r.capture_id WHERE r.portal_id = ? GROUP BY c.url ORDER BY c.url`;

/** A list of news on a home page says nothing about reports; the named column, or a list with some reports in it, does. */
function isEvidence(row: ReadingRow): boolean {
  return row.rows !== null && row.rows > 0 && (row.reportRows === null || row.reportRows > 0 || row.named === 1);
}

function readLists(database: Sqlite, portalId: string): { lists: ListRead[]; open: OpenQuestion[] } {
  const lists: ListRead[] = [];
  const open: OpenQuestion[] = [];
  const short = new Set(shortLists(database, portalId));
  for (const row of statement(database, NEWEST_READINGS).all(portalId) as ReadingRow[]) {
    const fault = readingFault(row);
    if (fault !== null) open.push({ url: row.url, reason: fault, anchor: null, year: null });
    else if (short.has(row.url)) open.push({ url: row.url, reason: 'partial-list', anchor: null, year: null });
    else if (isEvidence(row)) lists.push({ url: row.url, readAt: row.readAt, rows: row.rows ?? 0, reportRows: row.reportRows });
  }
  return { lists, open };
}

interface CandidateRow { url: string; kind: string; state: string; reason: string | null; anchor: string | null; listedOn: string | null; lastCaptureId: number | null }

/** Skips that leave no question: the link led to another site or was not a page. Articles are asked after all: a report may stand elsewhere. */
const HARMLESS_SKIPS: ReadonlySet<string | null> = new Set<string | null>(['out-of-scope', 'unsupported-scheme', 'bad-url']);

function isArticle(row: CandidateRow): boolean {
  return row.kind === 'article' || row.kind === 'attachment';
}

/** Why a candidate leaves a question open; null when it was received, or led away from the portal. */
function candidateFault(row: CandidateRow): string | null {
  if (row.state === 'captured') return null;
  if (row.state === 'waiting') {
    if (row.lastCaptureId === null) return 'not-visited';
    return isReceived(row) ? null : row.reason ?? 'not-visited';
  }
  if (row.state === 'skipped' && HARMLESS_SKIPS.has(row.reason) && !isArticle(row)) return null;
  return row.reason ?? row.state;
}

function openCandidates(database: Sqlite, portalId: string): OpenQuestion[] {
  const rows = statement(database, `SELECT url, kind, state, reason, anchor, listed_on AS listedOn, last_capture_id AS lastCaptureId FROM candidate
    WHERE portal_id = ? AND kind <> 'robots' AND state <> 'captured' ORDER BY url`).all(portalId) as CandidateRow[];
  return rows.flatMap((row) => {
    const reason = candidateFault(row);
    const year = isArticle(row) ? linkedYear(row.anchor, row.listedOn) : null;
    const belongsToAnArticle = row.kind === 'attachment' && year === null;
    return reason === null || belongsToAnArticle ? [] : [{ url: row.url, reason, anchor: row.anchor, year }];
  });
}

/** Links whose words promise a report. */
const REPORT_LINK = /年报|年度?报告|工作报告|年度.*总结/u;

/** Pages that were received and promised a report, but in which none was recognised (and which did not lead on): they may be the one that is missing. */
function unrecognised(database: Sqlite, portalId: string): OpenQuestion[] {
  const rows = statement(database, `SELECT c.url, c.anchor, c.listed_on AS listedOn FROM candidate c LEFT JOIN document d ON d.url_key = c.url_key
      LEFT JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
    WHERE c.portal_id = ? AND c.kind = 'article' AND c.state = 'captured' AND c.reason <> 'redirected' AND c.anchor IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.capture_id = c.last_capture_id AND r.found > 0)
      AND (v.kind IS NULL OR v.kind = 'other' OR v.year IS NULL OR v.agency IS NULL) ORDER BY c.url`)
    .all(portalId) as { url: string; anchor: string; listedOn: string | null }[];
  return rows.filter((row) => REPORT_LINK.test(row.anchor.normalize('NFKC')))
    .map((row) => ({ url: row.url, reason: 'not-recognised', anchor: row.anchor, year: linkedYear(row.anchor, row.listedOn) }));
}

/** What reading the portals of an agency showed and left open. */
export function gatherSearch(database: Sqlite, portalIds: readonly string[]): Search {
  const lists: ListRead[] = [];
  const open: OpenQuestion[] = [];
  for (const portalId of portalIds) {
    const read = readLists(database, portalId);
    lists.push(...read.lists);
    open.push(...read.open, ...openCandidates(database, portalId), ...unrecognised(database, portalId));
  }
  return { portals: portalIds.length, lists, open };
}
