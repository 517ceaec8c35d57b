/** Commits a visit: what a request learned and the frontier's new state, in one transaction, acknowledged after COMMIT. */
import type { CandidateKind, FetchedBy, Notice, OutcomeKind, Redirect } from '../record.js';
import { addCandidate, stepCandidate, wakeCandidate, writeHost } from './frontier.js';
import type { CandidateStep, HostState, NewCandidate } from './frontier.js';
import type { Sqlite } from './open.js';
import { writeListed } from './listed.js';
import type { ListedChange } from './listed.js';
import { keepPayload } from './payloads.js';
import type { PackedPayload } from './payloads.js';
import { statement } from './statement.js';
import { closeDerivation, deferDerivation } from './underived.js';
import type { DerivedCapture } from './underived.js';
import { markRemoved, rewriteVersion, touchUnchanged, writeDocument } from './write-document.js';
import type { DocumentChange, DocumentWrite } from './write-document.js';

/** An HTTP exchange about to be stored, the failed and the refused included. */
export interface NewCapture {
  readonly portalId: string | null;
  readonly candidateId: number | null;
  readonly url: string;
  readonly finalUrl: string;
  readonly kind: CandidateKind;
  readonly status: number | null;
  readonly outcome: OutcomeKind;
  readonly reason: string;
  readonly detail: string | null;
  readonly mediaType: string | null;
  readonly payloadDigest: string | null;
  readonly payload: Uint8Array | null;
  /** The payload's stored form, where it was made before. */
  readonly packed?: PackedPayload | null;
  /** Bytes of bodies that crossed the wire, before content decoding. */
  readonly transferBytes: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirects: readonly Redirect[];
  readonly fetchedAt: string;
  readonly durationMs: number;
  readonly fetchedBy: FetchedBy;
  readonly remoteAddress: string | null;
  readonly robots: string | null;
  readonly heardVia: string | null;
  readonly hops: number | null;
  readonly referrer: string | null;
  readonly anchor: string | null;
  readonly listedOn: string | null;
  readonly revisitOf: number | null;
  readonly revisitProfile: 'server-not-modified' | 'identical-payload-digest' | null;
  readonly notices: readonly Notice[];
}

/** What a list or home page was found to hold: the ledger's evidence for "looked, not found". */
export interface NewReading {
  readonly pageKind: string;
  readonly family: string;
  readonly rows: number | null;
  readonly reportRows: number | null;
  readonly total: number | null;
  readonly pages: number | null;
  readonly stop: string | null;
  readonly found: number;
  readonly notices: readonly Notice[];
}

export interface Visit {
  readonly runId: number;
  /** First run of the harvest that this one goes on with, or itself: what was visited since then is not asked for again. */
  readonly sinceRunId: number;
  readonly portalId: string | null;
  readonly seenAt: string;
  readonly nowMs: number;
  readonly capture: NewCapture | null;
  /** An earlier capture that answered this candidate too (the same URL in two portals). */
  readonly sharedCaptureId: number | null;
  /** The capture is stored only; what it carries is derived later. */
  readonly deriveLater: boolean;
  /** No visit to a server: what was derived from a capture stored before. */
  readonly derived: DerivedCapture | null;
  readonly step: CandidateStep | null;
  readonly host: HostState | null;
  readonly found: readonly NewCandidate[];
  readonly reading: NewReading | null;
  /**
   * Judges the document against what the archive holds. Called inside the transaction: two copies that arrive together must see each other.
   */
  readonly document: (() => DocumentWrite) | null;
  /** The document is a page's, whose words come from this attachment: the version that is read better now, or that another follows. */
  readonly join: { readonly captureId: number; readonly version: number; readonly isFirst: boolean } | null;
  /** URL key of a document that this visit found gone, or found unchanged. */
  readonly goneKey: string | null;
  readonly unchangedKey: string | null;
}

export interface VisitReceipt {
  readonly captureId: number | null;
  /** Hosts that gained waiting candidates. */
  readonly hostsFed: ReadonlySet<string>;
  readonly newCandidates: number;
  readonly change: DocumentChange | null;
  /** Whether the document written is an annual report. */
  readonly isReport: boolean;
  readonly gone: boolean;
}

const INSERT_CAPTURE = `
  INSERT INTO capture (run_id, portal_id, candidate_id, url, final_url, kind, status, outcome, reason, detail, media_type, payload_sha256, payload_bytes,
    transfer_bytes, headers, redirects, fetched_at, duration_ms, via, remote_address, robots, heard_via, hops, referrer, anchor, listed_on,
    revisit_of, revisit_profile, notices)
  VALUES (@runId, @portalId, @candidateId, @url, @finalUrl, @kind, @status, @outcome, @reason, @detail, @mediaType, @payloadDigest, @payloadBytes,
    @transferBytes, @headersJson, @redirectsJson, @fetchedAt, @durationMs, @fetchedBy, @remoteAddress, @robots, @heardVia, @hops, @referrer, @anchor, @listedOn,
    @revisitOf, @revisitProfile, @noticesJson)`;

/** Stores one exchange and its body. Call inside a transaction. Returns the capture's id. */
export function writeCapture(database: Sqlite, capture: NewCapture, runId: number | null): number {
  const { payload, packed = null, headers, redirects, notices, ...plain } = capture;
  if (payload && capture.payloadDigest) keepPayload(database, capture.payloadDigest, payload, packed);
  const result = statement(database, INSERT_CAPTURE).run({
    ...plain, runId, payloadBytes: payload?.length ?? null, headersJson: JSON.stringify(headers),
    redirectsJson: JSON.stringify(redirects), noticesJson: JSON.stringify(notices),
  });
  return Number(result.lastInsertRowid);
}

function writeReading(database: Sqlite, visit: Visit, captureId: number): void {
  if (!visit.reading) return;
  const { notices, ...plain } = visit.reading;
  statement(database, `INSERT OR REPLACE INTO reading (capture_id, portal_id, run_id, page_kind, family, rows, report_rows, total, pages, stop, found, notices)
    VALUES (@captureId, @portalId, @runId, @pageKind, @family, @rows, @reportRows, @total, @pages, @stop, @found, @noticesJson)`)
    .run({ ...plain, captureId, portalId: visit.portalId, runId: visit.runId, noticesJson: JSON.stringify(notices) });
}

function addFound(database: Sqlite, visit: Visit): { hostsFed: Set<string>; newCandidates: number } {
  const hostsFed = new Set<string>();
  let newCandidates = 0;
  for (const candidate of visit.found) {
    if (!addCandidate(database, candidate, visit.seenAt, visit.nowMs)) continue;
    newCandidates += 1;
    if (!candidate.refusal) hostsFed.add(candidate.hostKey);
  }
  return { hostsFed, newCandidates };
}

/**
 * A list ends early: its further pages are left alone as long as the page before them names the same reports. Where it does not, the
 * next page is looked at in this run, and so is each report that is not named any more, whatever their intervals say. Returns the
 * hosts that have them waiting now.
 */
function wakeMoved(database: Sqlite, visit: Visit, { hasMoved, dropped }: ListedChange): string[] {
  const { portalId, found, ...facts } = visit;
  if (portalId === null || !hasMoved) return [];
  const next = found.find(({ heardVia, refusal }) => heardVia === 'paging' && refusal === null);
  return [...(next ? [next.urlKey] : []), ...dropped].flatMap((urlKey) => wakeCandidate(database, { portalId, urlKey }, facts) ?? []);
}

/** The first words that a page gets from its attachment are a better reading of the same version; other words later are another version. */
function writeWhole(database: Sqlite, visit: Visit, { document, captureId }: { document: DocumentWrite; captureId: number }): DocumentChange {
  if (!visit.join?.isFirst) return writeDocument(database, document, { runId: visit.runId, captureId, seenAt: visit.seenAt });
  rewriteVersion(database, document, visit.join.version);
  return 'same';
}

function writeAll(database: Sqlite, visit: Visit): VisitReceipt {
  const captureId = visit.capture ? writeCapture(database, visit.capture, visit.runId) : visit.sharedCaptureId ?? visit.derived?.captureId ?? null;
  if (visit.deriveLater && captureId !== null) deferDerivation(database, captureId);
  if (visit.derived) closeDerivation(database, visit.derived);
  // A page that waits for a robots.txt that did not come was not visited itself.
  if (visit.step) stepCandidate(database, visit.step, { runId: visit.runId, captureId: visit.capture?.kind === 'robots' ? null : captureId });
  if (visit.host) writeHost(database, visit.host);
  const fed = addFound(database, visit);
  if (captureId !== null) {
    writeReading(database, visit, captureId);
    for (const hostKey of wakeMoved(database, visit, writeListed(database, visit, captureId))) fed.hostsFed.add(hostKey);
  }
  const document = captureId === null ? null : visit.document?.() ?? null;
  const change = document && captureId !== null ? writeWhole(database, visit, { document, captureId: visit.join?.captureId ?? captureId }) : null;
  const gone = visit.goneKey !== null && markRemoved(database, visit.goneKey, { at: visit.seenAt, runId: visit.runId });
  if (visit.unchangedKey !== null) touchUnchanged(database, visit.unchangedKey, visit.seenAt);
  return { captureId, ...fed, change, gone, isReport: document?.judged.pageKind === 'annual-report' };
}

/** Commits one visit whole or not at all. */
export function commitVisit(database: Sqlite, visit: Visit): VisitReceipt {
  return database.transaction(() => writeAll(database, visit)).immediate();
}

/** Commits several in one transaction, in their order: all or none. */
export function commitVisits(database: Sqlite, visits: readonly Visit[]): VisitReceipt[] {
  return database.transaction(() => visits.map((visit) => writeAll(database, visit))).immediate();
}
