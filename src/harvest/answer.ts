/** Reads an answer: whether it is the page, an unchanged one, another host's, a wall or a failure, and what it becomes in the archive. */
import { createHash } from 'node:crypto';
import { isOrdinaryPage, recogniseBlock } from '../fetch/blocks.js';
import type { Followed } from '../fetch/follow.js';
import { outcomeOf, reasonForStatus } from '../fetch/outcome.js';
import type { Capture, FetchedBy, Notice, Seed } from '../record.js';
import type { CandidateStep, FrontierRow } from '../store/frontier.js';
import type { PackedPayload } from '../store/payloads.js';
import type { NewCapture } from '../store/write-visit.js';

/** How a visit ended, before it is written. */
export interface Ending {
  readonly state: CandidateStep['state'];
  readonly reason: string;
  readonly detail: string | null;
}

/** An answer as read. */
export interface Answer {
  readonly ending: Ending;
  /** SHA-256 of the payload, or of the known payload of a 304; null without a body. */
  readonly payloadDigest: string | null;
  /** True when the page is the one already held: nothing new to learn. */
  readonly unchanged: boolean;
  readonly notices: readonly Notice[];
}

/** The first 64 KiB as characters: enough for the signatures of walls, which are ASCII or found by status. */
function firstCharacters(payload: Uint8Array | null): string {
  if (!payload) return '';
  const head = payload.subarray(0, 65_536);
  // Cut at 64 KiB the head may end inside a character; as a stream, that is no error.
  const utf8 = new TextDecoder('utf-8').decode(head, { stream: true });
  return utf8.includes('\ufffd') ? new TextDecoder('gb18030').decode(head) : utf8;
}

function blockOf({ exchange, redirects }: Followed): ReturnType<typeof recogniseBlock> {
  const { status, headers, payload } = exchange;
  if (status === 200 && redirects.length === 0 && payload && isOrdinaryPage(payload)) return null;
  return recogniseBlock({ status, headers, body: firstCharacters(payload), url: redirects[0]?.url ?? exchange.url, finalUrl: exchange.url });
}

function endingOfFault(fault: { reason: string; detail: string }): Ending {
  return { state: outcomeOf(fault.reason).kind, reason: fault.reason, detail: fault.detail };
}

/** The whole as `Content-Range` states it (`bytes 0-399/400`) is this much and no more. */
function isWholeRange(header: string | undefined): boolean {
  const range = /^bytes 0-(\d{1,15})\/(\d{1,15})$/u.exec(header ?? '');
  return range !== null && Number(range[1]) + 1 === Number(range[2]);
}

/** Statuses between 200 and 399 that are not the page although no error was reported; null for the others. */
function oddEnding(status: number, headers: Readonly<Record<string, string>>): Ending | null {
  if (status === 206 && !isWholeRange(headers['content-range'])) return { state: 'failed', reason: 'truncated', detail: `HTTP 206 that nobody asked for (${headers['content-range'] ?? 'no Content-Range'}); the part is kept` };
  if (status >= 300 && status < 400) return { state: 'failed', reason: 'http-other', detail: `HTTP ${status} without a Location` };
  return null;
}

function endingOf(row: FrontierRow, followed: Followed): Ending {
  const { exchange, fault, deferredTo } = followed;
  if (fault) return endingOfFault(fault);
  if (deferredTo !== null) return { state: 'captured', reason: 'redirected', detail: `to ${deferredTo}` };
  const status = exchange.status ?? 0;
  if (status === 304 && row.payloadSha256 !== null) return { state: 'captured', reason: 'not-modified', detail: null };
  if (status === 304) return { state: 'failed', reason: 'http-other', detail: 'HTTP 304 to a request that named no earlier version' };
  const block = blockOf(followed);
  if (block) return { state: 'failed', reason: block.reason, detail: block.evidence };
  if (status >= 400) return { state: 'failed', reason: reasonForStatus(status), detail: `HTTP ${status}` };
  const odd = oddEnding(status, exchange.headers);
  if (odd) return odd;
  if (!exchange.payload || exchange.payload.length === 0) return { state: 'failed', reason: 'stub', detail: `HTTP ${status} without a body` };
  return { state: 'captured', reason: 'ok', detail: null };
}

/** TLS that was relaxed for this host is said with every capture that came through it. */
function noticesOf({ relaxedTls }: Followed['exchange']): Notice[] {
  return relaxedTls === undefined ? [] : [{ code: 'tls-relaxed', room: 'fetch', message: `taken over TLS that is not safe, as network.insecureTls allows for this host (${relaxedTls})` }];
}

/** Reads what came back for `row`. */
export function readAnswer(row: FrontierRow, followed: Followed): Answer {
  const ending = endingOf(row, followed);
  const { payload } = followed.exchange;
  if (ending.reason === 'not-modified') return { ending, payloadDigest: row.payloadSha256, unchanged: true, notices: noticesOf(followed.exchange) };
  const payloadDigest = payload && payload.length > 0 ? createHash('sha256').update(payload).digest('hex') : null;
  const unchanged = ending.reason === 'ok' && payloadDigest === row.payloadSha256;
  return { ending: unchanged ? { ...ending, reason: 'identical' } : ending, payloadDigest, unchanged, notices: noticesOf(followed.exchange) };
}

/** Lower-case media type of a Content-Type header, without parameters. */
export function mediaTypeOf(headers: Readonly<Record<string, string>>): string | null {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? null : type;
}

export interface CaptureFacts {
  readonly row: FrontierRow;
  readonly followed: Followed;
  readonly answer: Answer;
  readonly packed?: PackedPayload | null;
  readonly fetchedBy: FetchedBy;
  readonly robots: string | null;
  readonly revisitOf: number | null;
}

/** The exchange as it is stored. */
export function captureOf(facts: CaptureFacts): NewCapture {
  const { row, followed, answer } = facts;
  const { exchange } = followed;
  return {
    portalId: row.portalId, candidateId: row.candidateId, url: row.url, finalUrl: exchange.url, kind: row.kind, status: exchange.status,
    outcome: answer.ending.state === 'waiting' ? 'failed' : answer.ending.state, reason: answer.ending.reason, detail: answer.ending.detail,
    mediaType: mediaTypeOf(exchange.headers), payloadDigest: answer.payloadDigest, payload: answer.ending.reason === 'not-modified' ? null : exchange.payload, packed: facts.packed ?? null,
    transferBytes: followed.transferBytes, headers: exchange.headers, redirects: followed.redirects, fetchedAt: exchange.fetchedAt,
    durationMs: exchange.durationMs, fetchedBy: facts.fetchedBy, remoteAddress: exchange.remoteAddress, robots: facts.robots,
    heardVia: row.heardVia, hops: row.hops, referrer: row.referrer, anchor: row.anchor, listedOn: row.listedOn, revisitOf: facts.revisitOf,
    revisitProfile: facts.revisitOf === null ? null : answer.ending.reason === 'not-modified' ? 'server-not-modified' : 'identical-payload-digest',
    notices: answer.notices,
  };
}

/** The exchange as a record for the still rooms. `captureId` is 0 until it is stored: no room reads it. */
export function recordOf(facts: { row: FrontierRow; seed: Seed; followed: Followed; payloadDigest: string; runId: number }): Capture {
  const { row, seed, followed } = facts;
  const { exchange } = followed;
  return {
    url: row.url, seed, kind: row.kind, heardVia: row.heardVia, hops: row.hops, referrer: row.referrer, anchor: row.anchor, listedOn: row.listedOn,
    captureId: 0, runId: facts.runId, finalUrl: exchange.url, status: exchange.status, headers: exchange.headers, redirects: followed.redirects,
    mediaType: mediaTypeOf(exchange.headers), payload: exchange.payload ?? new Uint8Array(), payloadDigest: facts.payloadDigest,
    fetchedAt: exchange.fetchedAt, durationMs: exchange.durationMs, fetchedBy: 'http',
  };
}
