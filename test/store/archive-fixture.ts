/** Builds small archives with plain SQL, so that readers are tested against the schema and not against the writers. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Sqlite } from '../../src/store/open.js';
import { openArchive } from '../../src/store/open.js';
import { sealDocument, sealVersion } from '../../src/store/seal.js';
import { indexDocument } from '../../src/store/search.js';

export const digestOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** A temporary folder and how to be rid of it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'nianbao-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface FixtureReport {
  readonly id: string;
  readonly agency?: string | null;
  readonly code?: string | null;
  readonly province?: string | null;
  readonly year?: number | null;
  readonly text?: string;
  readonly decodedText?: string;
  readonly title?: string | null;
  readonly kind?: 'annual-report' | 'other';
  readonly grade?: 'official' | 'mirror' | 'clone' | null;
  readonly publishedOn?: string | null;
  readonly url?: string;
  readonly portalId?: string | null;
  readonly removedAt?: string | null;
  readonly removedRunId?: number | null;
  readonly runId?: number | null;
  readonly seenAt?: string;
  readonly payload?: string;
  readonly attachments?: readonly { name: string; url: string }[];
}

/** An archive in a temporary folder, with functions that add plain rows. */
export class ArchiveFixture {
  readonly storage: string;
  readonly database: Sqlite;
  readonly #remove: () => void;

  constructor() {
    const folder = temporaryFolder();
    this.storage = folder.path;
    this.#remove = folder.remove;
    this.database = openArchive(folder.path);
  }

  remove(): void {
    if (this.database.open) this.database.close();
    this.#remove();
  }

  run(row: { id: number; startedAt?: string; finished?: boolean; outcome?: string; command?: string }): void {
    const startedAt = row.startedAt ?? '2026-03-01T01:30:00.000Z';
    this.database.prepare(`INSERT INTO run (run_id, command, places, started_at, finished_at, outcome, config_sha256, tool_version)
      VALUES (?, ?, '[]', ?, ?, ?, ?, '1.0.0')`).run(row.id, row.command ?? 'harvest', startedAt, row.finished === false ? null : startedAt, row.outcome ?? 'done', 'c'.repeat(64));
  }

  portal(row: { id: string; agency: string | null; code?: string | null; home?: string; columns?: readonly string[]; enabled?: boolean }): void {
    this.database.prepare(`INSERT INTO portal (portal_id, code, agency, home, columns, platform, render, enabled, first_seen, last_seen)
      VALUES (?, ?, ?, ?, ?, 'auto', 'auto', ?, '2026-01-01', '2026-01-01')`)
      .run(row.id, row.code ?? null, row.agency, row.home ?? null, JSON.stringify(row.columns ?? []), row.enabled === false ? 0 : 1);
  }

  payload(content: string, coding: 'identity' | 'gzip' = 'gzip'): string {
    const bytes = Buffer.from(content);
    this.database.prepare('INSERT OR IGNORE INTO payload VALUES (?, ?, ?, ?)').run(digestOf(bytes), bytes.length, coding, coding === 'gzip' ? gzipSync(bytes) : bytes);
    return digestOf(bytes);
  }

  capture(row: { url: string; runId?: number | null; portalId?: string | null; content?: string; outcome?: string; reason?: string; kind?: string; at?: string; mediaType?: string }): number {
    const payload = row.content === undefined ? null : this.payload(row.content);
    return Number(this.database.prepare(`INSERT INTO capture (run_id, portal_id, url, final_url, kind, status, outcome, reason, media_type, payload_sha256, payload_bytes, headers,
        redirects, fetched_at, duration_ms, via, robots) VALUES (?, ?, ?, ?, ?, 200, ?, ?, ?, ?, ?, '{}', '[]', ?, 12, 'http', 'allowed')`)
      .run(row.runId ?? null, row.portalId ?? null, row.url, row.url, row.kind ?? 'article', row.outcome ?? 'captured', row.reason ?? 'ok', row.mediaType ?? 'text/html', payload,
        payload === null ? null : Buffer.byteLength(row.content ?? ''), row.at ?? '2026-03-01T01:31:00.000Z').lastInsertRowid);
  }

  reading(row: { captureId: number; portalId: string; rows: number | null; reportRows?: number | null; notices?: string; kind?: string; found?: number; stop?: string; total?: number; pages?: number }): void {
    this.database.prepare(`INSERT INTO reading (capture_id, portal_id, page_kind, family, rows, report_rows, total, pages, stop, found, notices) VALUES (?, ?, ?, 'generic', ?, ?, ?, ?, ?, ?, ?)`)
      .run(row.captureId, row.portalId, row.kind ?? 'list', row.rows, row.reportRows ?? row.rows, row.total ?? null, row.pages ?? null, row.stop ?? 'single-page', row.found ?? 0, row.notices ?? '[]');
  }

  candidate(row: { portalId: string; url: string; kind?: string; state?: string; reason?: string | null; anchor?: string | null; listedOn?: string | null; lastCaptureId?: number | null; runId?: number | null; heardVia?: string; referrer?: string | null; lastSeen?: string }): void {
    this.database.prepare(`INSERT INTO candidate (portal_id, url, url_key, host_key, kind, heard_via, hops, referrer, anchor, listed_on, priority, state, reason, due_at, last_capture_id, first_seen, last_seen, last_run_id)
      VALUES (?, ?, ?, 'h', ?, ?, 1, ?, ?, ?, 1, ?, ?, 0, ?, 'x', ?, ?)`)
      .run(row.portalId, row.url, row.url, row.kind ?? 'article', row.heardVia ?? 'row', row.referrer ?? null, row.anchor ?? null, row.listedOn ?? null, row.state ?? 'captured', row.reason ?? 'ok', row.lastCaptureId ?? null, row.lastSeen ?? 'x', row.runId ?? null);
  }

  /** A page that lists these addresses. */
  listed(portalId: string, page: string, urls: readonly string[]): void {
    for (const url of urls) this.database.prepare('INSERT INTO listed VALUES (?, ?, ?)').run(portalId, page, url);
  }

  /** Adds a document with one version, or a further version of one that is there. */
  report(row: FixtureReport): void {
    const url = row.url ?? `http://gaj.example.gov.cn/${row.id}.html`;
    const text = row.text ?? `${row.agency ?? '某局'}${row.year ?? ''}年报告正文`;
    const at = row.seenAt ?? '2026-03-01T01:31:00.000Z';
    const captureId = this.capture({ url, runId: row.runId ?? null, portalId: row.portalId ?? null, content: row.payload ?? `<p>${row.id} ${text}</p>`, at });
    const known = this.database.prepare('SELECT current_version FROM document WHERE document_id = ?').pluck().get(row.id) as number | undefined;
    const version = (known ?? 0) + 1;
    if (known === undefined) {
      this.database.prepare("INSERT INTO document VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, '')")
        .run(row.id, row.portalId ?? null, url, url, row.kind ?? 'annual-report', row.grade === undefined ? 'official' : row.grade, at, at, row.runId ?? null, row.removedAt ?? null, row.removedRunId ?? null);
    } else this.database.prepare('UPDATE document SET current_version = ?, last_seen = ? WHERE document_id = ?').run(version, at, row.id);
    this.#version(row, { version, captureId, text, at });
    indexDocument(this.database, { documentId: row.id, title: row.title ?? null, agency: row.agency ?? null, text });
    this.seal(row.id, version);
  }

  /** Seals a version and its document as the writers do. Call after rows were added to them. */
  seal(id: string, version = 1): void {
    sealVersion(this.database, id, version);
    sealDocument(this.database, id);
  }

  #version(row: FixtureReport, made: { version: number; captureId: number; text: string; at: string }): void {
    const raw = this.database.prepare('SELECT payload_sha256 FROM capture WHERE capture_id = ?').pluck().get(made.captureId) as string;
    this.database.prepare(`INSERT INTO version (document_id, version, run_id, capture_id, raw_sha256, text_sha256, folded_sha256, captured_at, derivation, kind, title, agency, code,
        province, year, published_on, legal_basis, charset, extraction, decoded_text, text, sections, attachments, fingerprint, notices)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, '1', ?, ?, ?, ?, ?, ?, ?, '["国令第711号"]', '{"used":"utf-8","declared":"utf-8","from":"meta"}', '#zoom', ?, ?,
        '[{"heading":"一、概述","level":1,"start":0,"end":4}]', ?, ?, '[]')`)
      .run(row.id, made.version, row.runId ?? null, made.captureId, raw, digestOf(made.text), digestOf(made.text), made.at, row.kind ?? 'annual-report', row.title ?? null,
        row.agency ?? null, row.code ?? null, row.province ?? null, row.year ?? null, row.publishedOn ?? null, row.decodedText ?? made.text, made.text,
        JSON.stringify(row.attachments ?? []), Buffer.alloc(0));
  }

  repair(id: string, row: { version?: number; ordinal: number; start: number; end: number; before: string; after: string }): void {
    this.database.prepare(`INSERT INTO repair VALUES (?, ?, ?, 'zero-width', ?, ?, ?, ?, 'recovered', 1)`).run(id, row.version ?? 1, row.ordinal, row.start, row.end, row.before, row.after);
    this.seal(id, row.version ?? 1);
  }

  cell(id: string, key: readonly [table: string, row: string, column: string], raw: string, value: number | null, version = 1): void {
    this.database.prepare('INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)').run(id, version, ...key, raw, value, value === null ? 'blank' : 'value');
    this.seal(id, version);
  }
}
