/** Keeps the morning pages: two files a run in the storage's folder `mornings`, the newest also under a name that stays. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatherMorning } from './morning.js';
import type { MorningFacts } from './morning.js';
import { morningHtml } from './morning-html.js';
import { morningMarkdown } from './morning-markdown.js';
import type { MorningLanguage } from './morning-words.js';
import type { Sqlite } from '../store/open.js';

export interface MorningPage {
  readonly html: string;
  readonly markdown: string;
  /** Where the HTML file is. */
  readonly file: string;
  readonly facts: MorningFacts;
}

const PAGE = /^run-(\d+)\.(?:html|md)$/u;

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.partial`, text);
  renameSync(`${file}.partial`, file);
}

/** Removes pages of runs older than the newest `keep`. */
function prune(folder: string, keep: number): void {
  const pages = readdirSync(folder).flatMap((name) => { const run = PAGE.exec(name)?.[1]; return run === undefined ? [] : [{ name, run: Number(run) }]; });
  const kept = new Set([...new Set(pages.map(({ run }) => run))].sort((a, b) => b - a).slice(0, keep));
  for (const { name, run } of pages) if (!kept.has(run)) rmSync(join(folder, name), { force: true });
}

/** Writes the pages of a run to `<storage>/mornings/run-N.html` and `.md`, and the newest as `latest`. Null when there is no such run. */
export function writeMorning(database: Sqlite, order: { readonly storage: string; readonly runId: number; readonly language: MorningLanguage; readonly keep: number; readonly leftAlone: MorningFacts['leftAlone'] }): MorningPage | null {
  const facts = gatherMorning(database, order.runId, order.leftAlone);
  if (!facts) return null;
  const folder = join(order.storage, 'mornings');
  mkdirSync(folder, { recursive: true });
  const page = { html: morningHtml(facts, order.language), markdown: morningMarkdown(facts, order.language), file: join(folder, `run-${order.runId}.html`), facts };
  for (const [ending, text] of [['html', page.html], ['md', page.markdown]] as const) {
    const file = join(folder, `run-${order.runId}.${ending}`);
    writeWhole(file, text);
    copyFileSync(file, join(folder, `latest.${ending}`));
  }
  prune(folder, order.keep);
  return page;
}
