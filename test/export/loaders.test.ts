/** The loaders that README.md shows, run as they stand there, in Python and R where these and their packages are installed. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportArchive } from '../../src/export/export.js';
import { EVERYTHING } from '../../src/store/selection.js';
import type { ArchiveFixture } from '../store/archive-fixture.js';
import { temporaryFolder } from '../store/archive-fixture.js';
import { corpusArchive } from './corpus-fixture.js';

/** Another Python, such as one with pandas, pyarrow and DuckDB, can be named. */
const PROGRAMS = { python: [process.env['LOADERS_PYTHON'] ?? 'python3', '-c'], r: ['Rscript', '-e'] } as const;

interface Loader {
  readonly language: 'python' | 'r';
  readonly code: string;
  /** What stands behind the # of its first line. */
  readonly words: string;
  /** The file that it reads. */
  readonly file: string;
  readonly variable: string;
}

const README = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const LOADERS = [...README.slice(README.indexOf('## Reading the corpus')).matchAll(/^```(python|r)\n([\s\S]+?)\n```$/gmu)].map(([, language, code = '']): Loader => ({
  language: language as Loader['language'], code, words: /# (.+)$/mu.exec(code)?.[1] ?? '', file: /"(?:FROM ')?(?:[^"]*'|file:)?((?:corpus|storage)\/[\w.]+)/u.exec(code)?.[1] ?? '', variable: /^(reports|cells)\b/mu.exec(code)?.[1] ?? '',
}));

/** The packages that a loader needs and this machine lacks. */
function missing({ language, code, file }: Loader): string[] {
  const [program, flag] = PROGRAMS[language];
  if (spawnSync(program, [flag, language === 'r' ? 'cat(1)' : 'print(1)']).status !== 0) return [program];
  const python = [...(/^import (.+?)(?:\s{2,}#|$)/mu.exec(code)?.[1] ?? '').split(', ').map((name) => name.split(' ')[0] ?? ''), ...(code.includes('read_parquet') ? ['pyarrow'] : [])];
  const names = language === 'r' ? [...new Set([...code.matchAll(/(\w+)::/gu)].map((match) => match[1] ?? ''))] : python;
  expect(file).not.toBe('');
  return names.filter((name) => spawnSync(program, [flag, language === 'r' ? `library(${name})` : `import ${name}`]).status !== 0);
}

let archive: ArchiveFixture;
let folder: ReturnType<typeof temporaryFolder>;
const FORMATS = ['jsonl', 'csv', 'parquet'] as const;
beforeAll(async () => {
  archive = corpusArchive();
  folder = temporaryFolder();
  for (const format of FORMATS) await exportArchive(archive.database, { format, out: join(folder.path, format), selection: EVERYTHING, toolVersion: '1.0.0' });
});
afterAll(() => { archive.remove(); folder.remove(); });

/** Rows that the file has, as its own descriptor or the view says. */
function rowsOf(file: string): number {
  if (file.startsWith('storage/')) return archive.database.prepare('SELECT count(*) FROM v_report').pluck().get() as number;
  const [, name = '', format = ''] = /^corpus\/(.+\.(\w+))$/u.exec(file) ?? [];
  const { resources } = JSON.parse(readFileSync(join(folder.path, format, 'datapackage.json'), 'utf8')) as { resources: { path: string; rows: number }[] };
  return resources.find(({ path }) => path === name)?.rows ?? NaN;
}

/** The loader with the folders of this test in place of the reader's own, and a line that counts what it read. */
function withCount({ language, code, file, variable }: Loader): string {
  const format = file.slice(file.lastIndexOf('.') + 1);
  const placed = code.replaceAll('corpus/', `${join(folder.path, format)}/`).replaceAll('storage/', `${archive.storage}/`);
  return `${placed}\n${language === 'r' ? `cat("\\n", nrow(${variable}), sep = "")` : `print(len(${variable}))`}`;
}

describe('the loaders of README.md', () => {
  it('are two lines each, for every format and the archive, in both languages', () => {
    expect(LOADERS.filter(({ code }) => code.split('\n').length > 2)).toEqual([]);
    for (const language of ['python', 'r']) {
      const files = LOADERS.filter((loader) => loader.language === language).map(({ file }) => file.slice(file.lastIndexOf('.')));
      expect([...new Set(files)].sort()).toEqual(['.csv', '.jsonl', '.parquet', '.sqlite']);
    }
  });

  for (const loader of LOADERS) {
    const lacking = missing(loader);
    it.runIf(lacking.length === 0)(`${loader.words}${lacking.length === 0 ? '' : ` (not run: ${lacking.join(', ')} not installed)`}`, () => {
      const [program, flag] = PROGRAMS[loader.language];
      const ended = spawnSync(program, [flag, withCount(loader)], { encoding: 'utf8', timeout: 120_000, env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });
      expect([ended.status, ended.status === 0 ? '' : ended.stderr, Number(ended.stdout.trim().split('\n').at(-1))]).toEqual([0, '', rowsOf(loader.file)]);
    }, 150_000);
  }
});
