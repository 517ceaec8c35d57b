/** Writes one report for reading on a terminal: facts, sections, tables, repairs, where it came from, and the text. */
import type { StoredCell } from '../record.js';
import type { DocumentParts, DocumentVersion } from '../store/read.js';
import { plainTable } from './ledger-table.js';

type Row = readonly [label: string, value: string | number | null];

function facts(rows: readonly Row[]): string {
  return plainTable(rows.filter(([, value]) => value !== null && value !== '').map(([label, value]) => [label, String(value)]));
}

function metadata(document: DocumentVersion): string {
  const place = [document.province, document.city, document.county].filter((part, index, all) => part !== null && all.indexOf(part) === index).join(' ');
  const period = document.periodStart === null ? null : `${document.periodStart} to ${document.periodEnd ?? '?'}`;
  return facts([
    ['report', document.reportId], ['title', document.title], ['agency', document.agency], ['place', `${document.code ?? ''} ${place}`.trim()],
    ['year', document.year], ['period', period], ['published', document.publishedOn], ['format', document.formatEra], ['kind', document.kind],
    ['grade', document.grade ?? 'not graded'], ['cites', document.legalBasis.join('; ')], ['version', `${document.version} of ${document.versions}`],
    ['removed', document.removedAt],
  ]);
}

function provenance(document: DocumentVersion): string {
  const { provenance: from, charset } = document;
  const hops = from.redirects.map((hop) => `${hop.url} (${hop.status})`);
  return facts([
    ['address', document.url], ['answered by', [...hops, document.finalUrl].join(' > ')], ['heard from', [from.heardVia, from.referrer].filter((part) => part !== null).join(' ')],
    ['fetched', `${from.fetchedAt} by ${from.via}${from.status === null ? '' : `, status ${from.status}`}`],
    ['capture', `${from.captureId}${from.runId === null ? '' : ` of run ${from.runId}`}${from.toolVersion === null ? '' : `, nianbao ${from.toolVersion}`}`],
    ['robots.txt', from.robots], ['bytes', `SHA-256 ${document.rawSha256}${document.mediaType === null ? '' : `, ${document.mediaType}`}`],
    ['charset', charset.used === undefined ? null : `${charset.used}, declared ${charset.declared ?? 'none'}: ${charset.reason ?? charset.from}`],
    ['text', `SHA-256 ${document.textSha256}, found by ${document.extraction}, derivation ${document.derivation}`],
    ['seen', `${document.firstSeen} to ${document.lastSeen}`],
  ]);
}

/** `table 2, row 7, cell 3` and `line 41` as numbers; cells without a place stay where they are. */
function numbersOf(place: string | null): number[] {
  return (place?.match(/\d+/gu) ?? []).map(Number);
}

/** Cells as they stood in the report. */
function asPrinted(cells: readonly StoredCell[]): StoredCell[] {
  const placed = cells.map((cell) => ({ cell, at: numbersOf(cell.place) }));
  placed.sort((a, b) => a.at.map((number, index) => number - (b.at[index] ?? 0)).find((difference) => difference !== 0) ?? 0);
  return placed.map(({ cell }) => cell);
}

/** The label of a row as the form prints it; null where it has none. */
export type RowLabel = (table: string, row: string) => string | null;

/** One statutory table as a grid: each row with its key and its label, where any row of it has one. */
function grid(cells: readonly StoredCell[], label: RowLabel): string {
  const columns = [...new Set(cells.map((cell) => cell.column))];
  const rows = [...new Set(cells.map((cell) => cell.row))];
  const values = new Map(cells.map((cell) => [`${cell.row}\n${cell.column}`, cell.state === 'value' ? String(cell.value) : cell.raw]));
  const labels = rows.map((row) => label(cells[0]?.table ?? '', row));
  const named = (at: number): string[] => (labels.some((words) => words !== null) ? [labels[at] ?? ''] : []);
  return plainTable([['', ...named(-1), ...columns], ...rows.map((row, at) => [row, ...named(at), ...columns.map((column) => values.get(`${row}\n${column}`) ?? '')])]);
}

function tables(stored: readonly StoredCell[], label: RowLabel): string {
  const cells = asPrinted(stored);
  return [...new Set(cells.map((cell) => cell.table))].map((name) => `${name}\n${grid(cells.filter((cell) => cell.table === name), label)}`).join('\n\n');
}

function checks(parts: DocumentParts): string {
  const failed = parts.checks.filter((check) => check.state === 'fail').map((check) => [check.rule, `expected ${check.expected}`, `found ${check.actual}`, check.otherReportId === null ? '' : `against report ${check.otherReportId}`]);
  if (parts.checks.length === 0) return '';
  const passed = parts.checks.filter((check) => check.state === 'pass').length;
  return [`${passed} pass, ${failed.length} fail, ${parts.checks.length - passed - failed.length} not assessable`, plainTable(failed)].filter((part) => part !== '').join('\n');
}

/** Numbers the prose gives, each with the sentence that says so. */
function statements(document: DocumentVersion): string {
  return plainTable(document.statements.map((said) => [said.key, `${said.isApproximate ? 'about ' : ''}${said.value}${said.unit === null ? '' : ` ${said.unit}`}`, said.sentence]));
}

/** Repairs shown one by one; the rest is counted. */
const REPAIRS = 40;

function repairs(parts: DocumentParts): string {
  const shown = parts.repairs.slice(0, REPAIRS).map((repair) =>
    [`${repair.start}-${repair.end}`, repair.step, `${JSON.stringify(repair.before)} > ${JSON.stringify(repair.after)}`, repair.method, repair.confidence.toFixed(2)]);
  const more = parts.repairs.length > REPAIRS ? `\n… and ${parts.repairs.length - REPAIRS} more` : '';
  return plainTable(shown) + more;
}

/** The report as titled blocks of text, empty ones left out. */
export function reportPage(document: DocumentVersion, parts: DocumentParts, original: string | null, label: RowLabel = () => null): string {
  const blocks: readonly (readonly [heading: string, body: string])[] = [
    ['', metadata(document)],
    ['Sections', plainTable(document.sections.map((section) => [`${section.start}-${section.end}`, `${'  '.repeat(Math.max(0, section.level - 1))}${section.heading}`]))],
    ['Tables', tables(parts.cells, label)],
    ['Checks', checks(parts)],
    ['Stated in words', statements(document)],
    ['Catalogue card', plainTable(Object.entries(document.metadata ?? {}))],
    ['Attachments', plainTable(parts.attachments.map((file) => [file.name, file.url, file.sha256 === null ? 'not fetched' : `SHA-256 ${file.sha256}`]))],
    ['Repairs', repairs(parts)],
    ['Duplicates', plainTable(parts.duplicates.map((link) => [link.kind, link.reportId, link.similarity.toFixed(2)]))],
    ['Left as found', plainTable(document.notices.map((notice) => [notice.room, notice.code, notice.message]))],
    ['Provenance', provenance(document)],
    ['Perhaps a copy of', original ?? ''],
    ['Text', document.text],
  ];
  return blocks.filter(([, body]) => body !== '').map(([heading, body]) => (heading === '' ? body : `${heading}\n${body}`)).join('\n\n');
}
