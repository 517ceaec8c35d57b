/** Plain text: a file a report in folders by province and agency, and an index of them. The files hold the text and nothing else. */
import { stringify } from 'csv-stringify/sync';
import { DigestedFile, writeDigested } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { guardFormula } from './formula-guard.js';
import type { ExportRecord } from './record.js';
import { RECORD_SHAPE } from './record-shape.js';
import { safeName } from './safe-name.js';
import type { WriterMaker } from './writer.js';

const INDEX_COLUMNS = ['file', 'reportId', 'kind', 'code', 'agency', 'year', 'title', 'publishedOn', 'grade', 'url', 'textSha256'] as const;

/** Files that stand beside the provinces' folders. */
const BESIDE: ReadonlySet<string> = new Set(['manifest.json', 'readme.md', 'index.csv']);

/** `<province>/<agency>/<year>-<reportId>.txt`; what is unknown is called so. */
export function textPath(record: Pick<ExportRecord, 'province' | 'agency' | 'year' | 'reportId'>): string {
  const file = safeName(`${record.year ?? 'unknown'}-${record.reportId}`, 'report');
  const province = safeName(record.province, 'unknown');
  return `${BESIDE.has(province.toLowerCase()) ? `_${province}` : province}/${safeName(record.agency, 'unknown')}/${file}.txt`;
}

function indexLine(path: string, record: ExportRecord): string {
  const row = INDEX_COLUMNS.map((column) => (column === 'file' ? path : record[column]));
  return stringify([row.map((field) => (typeof field === 'string' ? guardFormula(field) : field))]);
}

export const textWriter: WriterMaker = ({ folder, byteOrderMark }) => {
  const files: WrittenFile[] = [];
  const index = new DigestedFile(folder, 'index.csv');
  index.append(`${byteOrderMark ? '\ufeff' : ''}${stringify([[...INDEX_COLUMNS]])}`);
  return {
    add: (record) => {
      const path = textPath(record);
      files.push(writeDigested(folder, path, record.text));
      index.append(indexLine(path, record));
    },
    finish: () => [...files, index.close({ columns: INDEX_COLUMNS.map((name) => [name, name === 'file' ? 'string' : RECORD_SHAPE[name]]), rows: files.length })],
  };
};
