/** Whole pages: each folder holds the bytes, what is known of their capture, and the text and facts that must come out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument, readPage } from '../../src/pipeline.js';
import type { Capture, Recognised } from '../../src/record.js';
import { loadDivisions } from '../../src/seeds/divisions.js';

const slugs = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

function fileOf(slug: string, name: string): Buffer {
  return readFileSync(join(import.meta.dirname, slug, name));
}

function capture(slug: string): Capture {
  const known = JSON.parse(fileOf(slug, 'capture.json').toString('utf8')) as Pick<Capture, 'url' | 'status' | 'headers' | 'seed'>;
  return {
    ...known, kind: 'article', heardVia: 'row', hops: 2, referrer: null, anchor: null, listedOn: null, captureId: 1, runId: 1, finalUrl: known.url, redirects: [],
    mediaType: known.headers['content-type'] ?? null, payload: new Uint8Array(fileOf(slug, 'payload.bin')), payloadDigest: '', fetchedAt: '2024-01-01T00:00:00.000Z', durationMs: 1, fetchedBy: 'http',
  };
}

/** What a page's `expected.json` holds: facts, and of long lists what tells them apart. */
function factsOf(page: Recognised): unknown {
  const { pageKind, title, agency, agencyFrom, code, level, year, yearFrom, periodStart, publishedOn, formatEra, legalBasis, extraction, attachments, metadata } = page;
  return {
    pageKind, title, agency, agencyFrom, code, level, year, yearFrom, periodStart, publishedOn, formatEra, legalBasis, extraction, attachments, metadata: metadata ?? null,
    charset: page.charset.used,
    sections: page.sections.map(({ heading, level: depth }) => `${depth} ${heading}`),
    statements: (page.statements ?? []).map(({ key, value, unit }) => [key, value, unit]),
    cells: page.cells.map(({ table, row, column, raw, state }) => `${table}/${row}/${column} ${state} ${raw}`.trimEnd()),
    checks: page.checks.map(({ rule, state }) => `${rule} ${state}`),
    notices: page.notices.map(({ code: notice, message }) => `${notice}: ${message}`),
  };
}

describe('whole pages', () => {
  it.each(slugs)('%s', (slug) => {
    const page = readDocument(readPage(capture(slug)), loadDivisions());
    expect(page.text).toBe(fileOf(slug, 'expected.txt').toString('utf8').trimEnd());
    expect(factsOf(page)).toEqual(JSON.parse(fileOf(slug, 'expected.json').toString('utf8')));
  });
});
