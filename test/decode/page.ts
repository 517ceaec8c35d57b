/** Makes captures of made-up pages in any charset, for the tests of decoding. */
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Capture, Seed } from '../../src/record.js';

export const TITLE = '清河市公安局2016年政府信息公开工作年度报告';
export const BODY = [
  '根据《中华人民共和国政府信息公开条例》的规定，现公布本局年度报告。报告所列数据的统计期限自2016年1月1日起至12月31日止。',
  '一年来，全局各单位坚持以公开为常态、不公开为例外，及时回应群众关心的问题，主动公开办事指南、警务动态和统计数据。',
  '全年共收到政府信息公开申请十二件，均在法定期限内答复，没有因此引起行政复议和行政诉讼。',
].join('</p>\n<p>');

/** A page whose `<head>` carries `head`, in the shape that portals use. */
export function pageOf(head: string, title = TITLE, body = BODY): string {
  return `<!DOCTYPE html>\n<html><head>${head}<title>${title}</title></head>\n<body><h1>${title}</h1>\n<p>${body}</p></body></html>\n`;
}

export function encode(text: string, charset: string): Uint8Array {
  return iconv.encode(text, charset);
}

export interface CaptureFacts {
  readonly contentType?: string;
  readonly seedCharset?: string;
  readonly mediaType?: string;
  readonly fetchedBy?: Capture['fetchedBy'];
}

const SEED: Seed = {
  portalId: 'x', code: null, province: null, city: null, county: null, agency: null, level: null, home: 'http://gaj.qinghe.gov.cn/', columns: [], platform: 'auto',
  render: 'auto', charset: null, delaySecs: null, enabled: true, note: null, source: { file: '', line: 0 },
};

/** A capture with these bytes. */
export function captureOf(payload: Uint8Array, facts: CaptureFacts = {}): Capture {
  const contentType = facts.contentType ?? 'text/html';
  return {
    url: 'http://gaj.qinghe.gov.cn/a.html', seed: { ...SEED, charset: facts.seedCharset ?? null }, kind: 'article', heardVia: 'row', hops: 1, referrer: null, anchor: null,
    listedOn: null, captureId: 1, runId: 1, finalUrl: 'http://gaj.qinghe.gov.cn/a.html', status: 200, headers: { 'content-type': contentType }, redirects: [],
    mediaType: facts.mediaType ?? contentType.split(';')[0] ?? null, payload, payloadDigest: createHash('sha256').update(payload).digest('hex'),
    fetchedAt: '2026-01-02T03:04:05.000Z', durationMs: 10, fetchedBy: facts.fetchedBy ?? 'http',
  };
}
