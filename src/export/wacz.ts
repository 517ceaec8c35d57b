/** WACZ 1.1.1: the WARC files with their index and a list of pages in one ZIP file that replay tools open. */
import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { recordId } from '../warc/record.js';
import { DigestedFile, writeDigested } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import type { ExportRecord } from './record.js';
import { writeIndex, writeWarcs } from './warc.js';
import type { ExportFacts, WriterMaker } from './writer.js';

/** Parts are written here first, because their digests must be known before the ZIP file is. */
const PARTS = '.parts';

/** ZIP files hold local time without its zone: the same wall-clock moment everywhere gives the same bytes. */
const ZIP_TIME = new Date(1980, 0, 1, 0, 0, 0);

const PAGES_HEADER = { format: 'json-pages-1.0', id: 'pages', title: 'Reports', hasText: true };

function pageLine(record: ExportRecord): string {
  const { fetchedAt, captureId } = record.provenance;
  const page = { id: recordId('page', record.reportId, captureId).slice('urn:uuid:'.length), url: record.finalUrl, ts: fetchedAt, title: record.title ?? '', text: record.text };
  return `${JSON.stringify(page)}\n`;
}

/** The descriptor inside the package; `resources` are its files. */
function descriptor(facts: ExportFacts, resources: readonly WrittenFile[], main: ExportRecord | null): string {
  const named = resources.map(({ path, bytes, sha256 }) => ({ name: path.slice(path.lastIndexOf('/') + 1), path: path.slice(PARTS.length + 1), hash: `sha256:${sha256}`, bytes }));
  return `${JSON.stringify({
    profile: 'data-package', wacz_version: '1.1.1', title: 'Annual reports on government-information disclosure of China’s police agencies', software: facts.tool, created: facts.date,
    ...(main ? { mainPageUrl: main.finalUrl, mainPageDate: main.provenance.fetchedAt } : {}), resources: named,
  }, null, 2)}\n`;
}

/** Puts the parts into one file, stored and not compressed: replay tools read ranges of it. */
async function zip(facts: ExportFacts, parts: readonly WrittenFile[]): Promise<WrittenFile> {
  const out = new DigestedFile(facts.folder, 'nianbao.wacz');
  const file = new ZipFile();
  for (const { path, bytes } of parts) {
    const options = { compress: false, mtime: ZIP_TIME, forceDosTimestamp: true, mode: 0o100644, size: bytes };
    file.addReadStreamLazy(path.slice(PARTS.length + 1), options, (give) => { give(null, createReadStream(join(facts.folder, ...path.split('/')))); });
  }
  file.end();
  const failed = new Promise<never>((_resolve, reject) => { file.on('error', reject); });
  const copied = (async (): Promise<void> => { for await (const chunk of file.outputStream as AsyncIterable<Buffer>) out.appendBytes(chunk); })();
  await Promise.race([copied, failed]);
  return out.close();
}

export const waczWriter: WriterMaker = (facts) => {
  const pages = new DigestedFile(facts.folder, `${PARTS}/pages/pages.jsonl`);
  pages.append(`${JSON.stringify(PAGES_HEADER)}\n`);
  let main: ExportRecord | null = null;
  return {
    add: (record) => {
      if (!/^https?:/u.test(record.finalUrl)) return;
      main ??= record;
      pages.append(pageLine(record));
    },
    finish: async () => {
      const { files, index } = writeWarcs(facts, `${PARTS}/archive/`);
      const resources = [...files, writeIndex(facts, `${PARTS}/indexes/index.cdxj`, index), pages.close()];
      const described = writeDigested(facts.folder, `${PARTS}/datapackage.json`, descriptor(facts, resources, main));
      const sealed = writeDigested(facts.folder, `${PARTS}/datapackage-digest.json`, `${JSON.stringify({ path: 'datapackage.json', hash: `sha256:${described.sha256}` }, null, 2)}\n`);
      const written = await zip(facts, [described, sealed, ...resources]);
      rmSync(join(facts.folder, PARTS), { recursive: true, force: true });
      return [written];
    },
  };
};
