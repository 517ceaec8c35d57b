/** Pages as the decoder hands them on, around made-up markup. */
import type { CandidateKind, Decoded, FetchedBy, HeardVia, Seed } from '../../src/record.js';

export interface PageFacts {
  readonly url: string;
  readonly markup: string;
  readonly kind?: CandidateKind;
  readonly heardVia?: HeardVia;
  readonly anchor?: string | null;
  readonly seed?: Partial<Seed> | null;
  readonly mediaType?: string;
  readonly fetchedBy?: FetchedBy;
}

export function seedOf(facts: Partial<Seed> = {}): Seed {
  return {
    portalId: '999999-test', code: null, province: null, city: null, county: null, agency: null, level: null, home: null, columns: [], platform: 'auto',
    render: 'auto', charset: null, delaySecs: null, enabled: true, note: null, source: { file: 'test.csv', line: 2 }, ...facts,
  };
}

export function pageOf(facts: PageFacts): Decoded {
  const { url, markup, kind = 'list', heardVia = 'link', anchor = null, mediaType = 'text/html' } = facts;
  return {
    url, markup, kind, heardVia, anchor, mediaType, seed: facts.seed === null ? null : seedOf(facts.seed), hops: 1, referrer: null, listedOn: null, captureId: 1, runId: 1,
    finalUrl: url, status: 200, headers: {}, redirects: [], payload: new Uint8Array(), payloadDigest: '', fetchedAt: '2025-03-01T00:00:00.000Z', durationMs: 1,
    fetchedBy: facts.fetchedBy ?? 'http', isMarkup: mediaType.includes('html'), notices: [],
    charset: { used: 'utf-8', declared: null, from: 'default', declarations: [], candidates: [], reason: '', replaced: 0 },
  };
}
