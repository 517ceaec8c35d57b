/** Describes an export for machines: `datapackage.json` (Frictionless Data Package) and the front matter of a dataset card (Hugging Face). */
import type { ExportCounts } from './manifest.js';
import type { TableFacts, WrittenFile } from './digested-file.js';
import type { Shape } from './record-shape.js';

const TITLE = 'Annual reports on government-information disclosure of China’s police agencies · 公安机关政府信息公开工作年度报告';

/** Official documents are outside copyright where they were issued; what holds elsewhere the reader must know. */
const LICENCE = { name: 'other-pd', title: 'Official documents (Copyright Law of the People’s Republic of China, article 5)' };

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv', gz: 'application/warc', jsonl: 'application/jsonl', md: 'text/markdown', parquet: 'application/vnd.apache.parquet', txt: 'text/plain', wacz: 'application/wacz',
};

const formatOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** A Table Schema type: what nests is an array or an object. */
function fieldType(shape: Shape): string {
  if (shape === 'map') return 'object';
  if (typeof shape === 'string') return shape;
  return 'list' in shape ? 'array' : 'object';
}

function schemaOf({ columns }: TableFacts): unknown {
  return { fields: columns.map(([name, shape]) => ({ name, type: fieldType(shape) })), missingValues: [''] };
}

/** Resource names are lower case, without the ending, unique. */
function resourceName(path: string): string {
  return path.toLowerCase().replace(/\.[^./]+(?:\.gz)?$/u, '').replace(/[^\da-z._-]+/gu, '-').replace(/^-+|-+$/gu, '') || 'file';
}

function uniqueNames(paths: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return paths.map((path) => {
    const name = resourceName(path);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}-${times}`;
  });
}

function resourceOf(file: WrittenFile, name: string): unknown {
  const format = formatOf(file.path);
  const isText = ['csv', 'jsonl', 'md', 'txt'].includes(format);
  return {
    name, path: file.path, format: file.path.endsWith('.warc.gz') ? 'warc.gz' : format, mediatype: MEDIA_TYPES[format] ?? 'application/octet-stream', ...(isText ? { encoding: 'utf-8' } : {}),
    bytes: file.bytes, hash: `sha256:${file.sha256}`,
    ...(file.table ? { profile: format === 'csv' ? 'tabular-data-resource' : 'data-resource', rows: file.table.rows, schema: schemaOf(file.table) } : {}),
  };
}

/** The descriptor of `files`, in their order; the same files give the same bytes. */
export function dataPackage(format: string, files: readonly WrittenFile[]): string {
  const names = uniqueNames(files.map((file) => file.path));
  const descriptor = {
    profile: 'data-package', name: `nianbao-${format}`, title: TITLE, licenses: [LICENCE], languages: ['zh'],
    resources: files.map((file, index) => resourceOf(file, names[index] ?? 'file')),
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}

/** Hugging Face's classes of size. */
const SIZES: readonly (readonly [below: number, name: string])[] = [[1e3, 'n<1K'], [1e4, '1K<n<10K'], [1e5, '10K<n<100K'], [1e6, '100K<n<1M'], [Infinity, '1M<n<10M']];

function configLines(files: readonly WrittenFile[]): string[] {
  const tables = files.filter((file) => file.table && file.path.includes('.') && !file.path.includes('codebook'));
  if (tables.length === 0) return ['viewer: false'];
  const main = tables.find((file) => file.path.startsWith('reports.')) ?? tables[0];
  const rows = [...tables.filter((file) => file === main), ...tables.filter((file) => file !== main)];
  return ['configs:', ...rows.flatMap((file) => [`- config_name: ${file === main ? 'default' : resourceName(file.path)}`, `  data_files: ${file.path}`, ...(file === main ? ['  default: true'] : [])])];
}

/** The YAML block that makes a README a dataset card, with a config a table. Holds no text of the archive, so that nothing in it can end the block. */
export function cardFrontMatter(counts: ExportCounts, files: readonly WrittenFile[]): string {
  const size = SIZES.find(([below]) => counts.documents < below)?.[1] ?? 'n<1K';
  return ['---', 'pretty_name: Annual reports of China’s police agencies (nianbao)', 'language:', '- zh', 'license: other', 'license_name: official-documents',
    'size_categories:', `- ${size}`, 'tags:', '- china', '- government', '- police', '- transparency', '- annual-reports', ...configLines(files), '---', ''].join('\n');
}
