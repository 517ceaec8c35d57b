/** What describes an export to machines: the Data Package and the dataset card agree with the files that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportArchive, FORMATS } from '../../src/export/export.js';
import type { Format } from '../../src/export/export.js';
import { EVERYTHING } from '../../src/store/selection.js';
import type { ArchiveFixture } from '../store/archive-fixture.js';
import { digestOf, temporaryFolder } from '../store/archive-fixture.js';
import { corpusArchive } from './corpus-fixture.js';

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly rows?: number;
  readonly schema?: { readonly fields: readonly { readonly name: string; readonly type: string }[] };
}

let archive: ArchiveFixture;
let folder: ReturnType<typeof temporaryFolder>;
const at = (...path: string[]): string => join(folder.path, ...path);
const resourcesOf = (format: string): Resource[] => (JSON.parse(readFileSync(at(format, 'datapackage.json'), 'utf8')) as { resources: Resource[] }).resources;
const card = (format: string): string => /^---\n([\s\S]+?)\n---\n/u.exec(readFileSync(at(format, 'README.md'), 'utf8'))?.[1] ?? '';
const formats = Object.keys(FORMATS) as Format[];

beforeAll(async () => {
  archive = corpusArchive();
  folder = temporaryFolder();
  for (const format of formats) await exportArchive(archive.database, { format, out: at(format), selection: EVERYTHING, toolVersion: '1.0.0' });
});
afterAll(() => { archive.remove(); folder.remove(); });

describe.each(formats)('%s', (format) => {
  it('lists its files with size and digest, under names that the standard allows', () => {
    const resources = resourcesOf(format);
    for (const { path, bytes, hash } of resources) {
      const content = readFileSync(at(format, path));
      expect([path, content.length, `sha256:${digestOf(content)}`]).toEqual([path, bytes, hash]);
    }
    const manifest = JSON.parse(readFileSync(at(format, 'manifest.json'), 'utf8')) as { files: { path: string }[] };
    expect(resources.map(({ path }) => path)).toEqual(manifest.files.map(({ path }) => path).filter((path) => path !== 'datapackage.json'));
    expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
    expect(resources.filter(({ name }) => !/^[\da-z][\da-z._-]*$/u.test(name))).toEqual([]);
  });

  it('has a card whose configs name files that are there', () => {
    expect(card(format)).toMatch(/^language:\n- zh\nlicense: other$/mu);
    const files = [...card(format).matchAll(/data_files: (\S+)/gu)].map((match) => match[1] ?? '');
    expect(files.length > 0 || card(format).includes('viewer: false')).toBe(true);
    expect(files.filter((file) => !existsSync(at(format, file)))).toEqual([]);
    const names = [...card(format).matchAll(/config_name: (\S+)/gu)].map((match) => match[1]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('tables', () => {
  it('have their columns and rows in the Data Package', () => {
    for (const { path, rows, schema } of resourcesOf('csv').filter(({ path }) => path.endsWith('.csv'))) {
      const [header = [], ...body] = parse(readFileSync(at('csv', path), 'utf8'));
      expect([path, schema?.fields.map(({ name }) => name), rows]).toEqual([path, header, body.length]);
    }
    const [reports] = resourcesOf('jsonl').filter(({ path }) => path === 'reports.jsonl');
    const [first = ''] = readFileSync(at('jsonl', 'reports.jsonl'), 'utf8').split('\n');
    expect(reports?.schema?.fields.map(({ name }) => name)).toEqual(Object.keys(JSON.parse(first) as object));
    expect(reports?.rows).toBe(4);
  });

  it('have the types of their values', () => {
    const types = new Map(resourcesOf('csv').find(({ path }) => path === 'reports.csv')?.schema?.fields.map(({ name, type }) => [name, type]));
    expect(['year', 'publishedOn', 'fetchedAt', 'title', 'status'].map((name) => types.get(name))).toEqual(['integer', 'date', 'datetime', 'string', 'integer']);
  });

  it('come first where they are the reports', () => {
    expect(card('parquet')).toContain('configs:\n- config_name: default\n  data_files: reports.parquet\n  default: true\n- config_name: cells\n  data_files: cells.parquet');
    expect(card('csv')).toContain('- config_name: default\n  data_files: reports.csv\n  default: true\n- config_name: cells\n');
  });
});
