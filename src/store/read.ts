/** Reads the archive back: documents with their current version, payloads, provenance. The outlets' only door to the rows. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { damageError } from '../errors.js';
import type { AttachmentLink, CharsetJudgement, DuplicateLink, FetchedBy, Grade, Notice, Redirect, Repair, RepairMethod, ReportIdentity, Section, Statement, StoredCell, StoredCheck } from '../record.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** One version of a document with the exchange it came from: everything but the rows of other tables. */
export interface DocumentVersion extends ReportIdentity {
  readonly reportId: string;
  readonly version: number;
  readonly versions: number;
  readonly kind: 'annual-report' | 'other';
  readonly url: string;
  readonly finalUrl: string;
  readonly portalId: string | null;
  readonly grade: Grade | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly removedAt: string | null;
  readonly charset: CharsetJudgement;
  readonly extraction: string;
  readonly decodedText: string;
  readonly text: string;
  readonly sections: readonly Section[];
  /** What the prose states in numbers. */
  readonly statements: readonly Statement[];
  /** The catalogue card of a gkml page by its keys; null when the page has none. */
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly attachments: readonly AttachmentLink[];
  readonly notices: readonly Notice[];
  readonly rawSha256: string;
  readonly textSha256: string;
  readonly capturedAt: string;
  readonly derivation: string;
  readonly mediaType: string | null;
  readonly provenance: Provenance;
}

/** The exchange that gave the bytes. */
export interface Provenance {
  readonly captureId: number;
  readonly runId: number | null;
  readonly fetchedAt: string;
  readonly via: FetchedBy;
  readonly status: number | null;
  readonly redirects: readonly Redirect[];
  readonly robots: string | null;
  readonly heardVia: string | null;
  readonly referrer: string | null;
  /** Version of the tool that fetched; null when the capture belongs to no run. */
  readonly toolVersion: string | null;
}

/** What hangs on a version: cells, checks, repairs, duplicates, attachments with what is stored of them. */
export interface DocumentParts {
  readonly cells: readonly StoredCell[];
  readonly checks: readonly StoredCheck[];
  readonly repairs: readonly Repair[];
  readonly duplicates: readonly DuplicateLink[];
  readonly attachments: readonly (AttachmentLink & { readonly sha256: string | null; readonly mediaType: string | null })[];
}

const DOCUMENT = `
  SELECT d.document_id AS reportId, v.version, d.current_version AS versions, v.kind, d.url, c.final_url AS finalUrl, d.portal_id AS portalId, d.grade,
    d.first_seen AS firstSeen, d.last_seen AS lastSeen, d.removed_at AS removedAt, v.title, v.agency, v.agency_from AS agencyFrom, v.code, v.province,
    v.city, v.county, v.level, v.year, v.year_from AS yearFrom, v.period_start AS periodStart, v.period_end AS periodEnd, v.published_on AS publishedOn,
    v.format_era AS formatEra, v.legal_basis AS legalBasis, v.charset, v.extraction, coalesce(v.decoded_text, v.text) AS decodedText, v.text, v.sections, v.statements,
    v.metadata, v.attachments, v.notices, v.raw_sha256 AS rawSha256, v.text_sha256 AS textSha256, v.captured_at AS capturedAt, v.derivation,
    c.media_type AS mediaType, c.capture_id AS captureId, c.run_id AS runId, c.fetched_at AS fetchedAt, c.via, c.status, c.redirects, c.robots,
    c.heard_via AS heardVia, c.referrer, r.tool_version AS toolVersion
  FROM document d JOIN version v ON v.document_id = d.document_id JOIN capture c ON c.capture_id = v.capture_id LEFT JOIN run r ON r.run_id = c.run_id`;

type Plain = Record<string, unknown>;

function parsed<T>(value: unknown, empty: T): T {
  try {
    return (JSON.parse(String(value)) as T) ?? empty;
  } catch {
    return empty;
  }
}

function documentOf(row: Plain): DocumentVersion {
  const { captureId, runId, fetchedAt, via, status, redirects, robots, heardVia, referrer, toolVersion, ...rest } = row;
  const provenance = { captureId, runId, fetchedAt, via, status, redirects: parsed(redirects, []), robots, heardVia, referrer, toolVersion };
  return {
    ...rest, provenance,
    legalBasis: parsed(row['legalBasis'], []), charset: parsed(row['charset'], {}), sections: parsed(row['sections'], []),
    statements: parsed(row['statements'], []), metadata: parsed(row['metadata'], null), attachments: parsed(row['attachments'], []), notices: parsed(row['notices'], []),
  } as unknown as DocumentVersion;
}

/** The current version of a document, or the numbered one; null when there is none. */
export function readDocument(database: Sqlite, reportId: string, version: number | null = null): DocumentVersion | null {
  const row = statement(database, `${DOCUMENT} WHERE d.document_id = @reportId AND v.version = coalesce(@version, d.current_version)`).get({ reportId, version });
  return row ? documentOf(row as Plain) : null;
}

/** All versions of a document, oldest first. */
export function readVersions(database: Sqlite, reportId: string): DocumentVersion[] {
  return (statement(database, `${DOCUMENT} WHERE d.document_id = ? ORDER BY v.version`).all(reportId) as Plain[]).map(documentOf);
}

function readAttachments(database: Sqlite, links: readonly AttachmentLink[]): DocumentParts['attachments'] {
  const stored = statement(database, `SELECT payload_sha256 AS sha256, media_type AS mediaType FROM capture
    WHERE url = ? AND payload_sha256 IS NOT NULL ORDER BY capture_id DESC LIMIT 1`);
  return links.map(({ name, url }) => {
    const found = stored.get(url) as { sha256: string; mediaType: string | null } | undefined;
    return { name, url, sha256: found?.sha256 ?? null, mediaType: found?.mediaType ?? null };
  });
}

function readRepairs(database: Sqlite, reportId: string, version: number): Repair[] {
  return statement(database, `SELECT step, start, "end", before, after, method, confidence FROM repair
    WHERE document_id = ? AND version = ? ORDER BY ordinal`).all(reportId, version) as (Repair & { method: RepairMethod })[];
}

function readDuplicates(database: Sqlite, reportId: string): DuplicateLink[] {
  return statement(database, `SELECT other_document_id AS reportId, kind, similarity FROM duplicate WHERE document_id = @reportId
    UNION ALL SELECT document_id, kind, similarity FROM duplicate WHERE other_document_id = @reportId ORDER BY 1`).all({ reportId }) as DuplicateLink[];
}

/** The rules on a version's own tables, and for the current one what the year before carries over. */
function readChecks(database: Sqlite, { reportId, version, versions }: DocumentVersion): StoredCheck[] {
  const own = statement(database, 'SELECT rule, state, expected, actual, NULL AS otherReportId FROM rule_check WHERE document_id = ? AND version = ? ORDER BY rule').all(reportId, version);
  const carried = version !== versions ? []
    : statement(database, `SELECT rule, state, expected, actual, other_report_id AS otherReportId FROM v_check WHERE report_id = ? AND rule LIKE 'T3-XYEAR-CARRY.%' ORDER BY rule`).all(reportId);
  return [...own, ...carried] as StoredCheck[];
}

/** The rows that belong to a version, each kind in a fixed order. */
export function readParts(database: Sqlite, document: DocumentVersion): DocumentParts {
  const key = [document.reportId, document.version] as const;
  return {
    cells: statement(database, `SELECT table_id AS "table", row_key AS "row", column_key AS "column", raw, value, state, place FROM cell
      WHERE document_id = ? AND version = ? ORDER BY table_id, row_key, column_key`).all(...key) as StoredCell[],
    checks: readChecks(database, document),
    repairs: readRepairs(database, ...key),
    duplicates: readDuplicates(database, document.reportId),
    attachments: readAttachments(database, document.attachments),
  };
}

/** The names `table.row.column` of all cells that the current versions of these documents have, sorted. */
export function readCellNames(database: Sqlite, reportIds: readonly string[]): string[] {
  const names = new Set<string>();
  const cells = statement(database, "SELECT DISTINCT table_id || '.' || row_key || '.' || column_key FROM v_cell WHERE report_id = ?").pluck();
  for (const reportId of reportIds) for (const name of cells.all(reportId) as string[]) names.add(name);
  return [...names].sort();
}

/** SHA-256 of bytes or of a text's UTF-8, hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The bytes behind a digest, checked against it. Errors: `payload-missing`, `payload-damaged`. */
export function readPayload(database: Sqlite, digest: string): Uint8Array {
  const row = statement(database, 'SELECT coding, bytes FROM payload WHERE sha256 = ?').get(digest) as { coding: string; bytes: Buffer } | undefined;
  if (!row) throw damageError('payload-missing', `No bytes are stored under ${digest}. Run "nianbao verify".`);
  let bytes: Uint8Array | null = null;
  let cause: unknown;
  try {
    bytes = row.coding === 'gzip' ? gunzipSync(row.bytes) : row.bytes;
  } catch (error) {
    cause = error;
  }
  if (!bytes || sha256(bytes) !== digest) throw damageError('payload-damaged', `The bytes stored under ${digest} have changed on disk. Run "nianbao verify" and restore from a backup.`, cause);
  return bytes;
}

/** Runs `work` on one unchanging view of the archive, whatever a harvest writes meanwhile. */
export async function withSnapshot<T>(database: Sqlite, work: () => Promise<T>): Promise<T> {
  database.exec('BEGIN');
  try {
    return await work();
  } finally {
    if (database.inTransaction) database.exec('COMMIT');
  }
}
