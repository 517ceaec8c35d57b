/** An archive made by harvesting the farm for two nights, with some hostile and damaged material brought in, and the pages that show it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harvestCommand } from '../../src/commands/harvest.js';
import { importCommand } from '../../src/commands/import.js';
import { knowledgeFor } from '../../src/commands/serve.js';
import { createLog } from '../../src/log.js';
import { serveArchive } from '../../src/serve/serve.js';
import type { Serving } from '../../src/serve/serve.js';
import { openReader } from '../../src/store/open.js';
import type { Sqlite } from '../../src/store/open.js';
import type { FarmReport } from '../farm/farm.js';
import { openNights } from '../harvest/nights.js';
import type { Nights } from '../harvest/nights.js';
import { insertPinyin, toTraditional } from '../farm/damage.js';

/** A title that would run, break out of an attribute and turn the page around, if anybody let it. */
export const HOSTILE_TITLE = '岳阳市公安局2018年政府信息公开工作年度报告<script>window.harmed=1</script>"onfocus="window.harmed=2\u202e\u200b';

const entities = (text: string): string => text.replace(/[&<>"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);

/** A page whose visible words are hostile, and whose markup is too. */
function hostilePage(report: FarmReport): string {
  const paragraphs = report.text.split('\n').slice(1).map((line) => `<p>${entities(line)}</p>`).join('\n');
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=http://elsewhere.example/refresh">
<link rel="preconnect" href="http://elsewhere.example"><link rel="stylesheet" href="http://elsewhere.example/a.css"><base href="http://elsewhere.example/">
<title>${entities(HOSTILE_TITLE)}</title></head><body onload="window.harmed=3"><script>window.harmed=4; fetch('http://elsewhere.example/x');</script>
<h1>${entities(HOSTILE_TITLE)}</h1><img src="http://elsewhere.example/p.png" onerror="window.harmed=5">
${paragraphs}<p>${entities('<script>window.harmed=6</script><img src=x onerror="window.harmed=7">\u202e反向')}</p></body></html>`;
}

/** A report whose first total does not come out. */
function withWrongTotal(report: FarmReport): string {
  return report.text.split('\n').map((line) => {
    const cells = line.split('\t');
    if (!cells[0]?.startsWith('一、本年新收') || cells.length < 4) return line;
    return [...cells.slice(0, -1), String(Number(cells.at(-1)) + 7)].join('\t');
  }).join('\n');
}

export interface Served {
  readonly nights: Nights;
  readonly serving: Serving;
  readonly database: Sqlite;
  /** What the server logged. */
  said(): string;
  /** Ids of the documents brought in, by what they are. */
  readonly ids: { readonly hostile: string; readonly damaged: string; readonly wrongTotal: string; readonly changed: string };
  close(): Promise<void>;
}

function sources(farm: Nights['farm']): { old: FarmReport; tabled: FarmReport } {
  const old = farm.reports.find((report) => report.formatEra === '2008');
  const tabled = farm.reports.find((report) => report.formatEra === '2021' && report.text.includes('一、本年新收'));
  if (!old || !tabled) throw new Error('the farm lacks a report of 2008 or one of 2021 with tables');
  return { old, tabled };
}

/** Harvests, imports and serves. Takes half a minute. */
export async function openServed(): Promise<Served> {
  const nights = await openNights();
  await harvestCommand(nights.context(), { places: [] });
  const { old, tabled } = sources(nights.farm);
  nights.farm.setSeason(2);
  await harvestCommand(nights.context(), { places: [] });
  const folder = mkdtempSync(join(tmpdir(), 'served-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'hostile.html'), hostilePage(old));
  writeFileSync(join(folder, 'damaged.txt'), insertPinyin(toTraditional(old.text)));
  writeFileSync(join(folder, 'wrong-total.txt'), withWrongTotal(tabled));
  await importCommand(nights.context(), [folder]);
  rmSync(folder, { recursive: true, force: true });
  const database = openReader(nights.folder);
  const idOf = (condition: string): string => {
    const found = database.prepare(`SELECT report_id FROM v_report WHERE ${condition}`).pluck().get() as string | undefined;
    if (found === undefined) throw new Error(`no report where ${condition}`);
    return found;
  };
  let said = '';
  const serving = await serveArchive({
    storage: nights.folder, knowledge: knowledgeFor(nights.context()), log: createLog('normal', (text) => { said += text; }), port: 0, host: '127.0.0.1', names: ['archive.example'],
  });
  return {
    nights, serving, database, said: () => said,
    ids: { hostile: idOf("url LIKE '%hostile.html'"), damaged: idOf("url LIKE '%damaged.txt'"), wrongTotal: idOf("url LIKE '%wrong-total.txt'"), changed: idOf('versions = 2') },
    close: async () => { await serving.close(); database.close(); await nights.close(); },
  };
}

/** Every kind of page, below its language. */
export function kindsOfPages({ ids, database }: Served): Record<string, string> {
  const agency = database.prepare("SELECT agency FROM v_ledger WHERE state = 'not-found' ORDER BY agency").pluck().get() as string;
  const portal = database.prepare('SELECT portal_id FROM v_portal ORDER BY portal_id').pluck().get() as string;
  return {
    coverage: '/coverage', province: '/coverage/43', agency: `/agency/${encodeURIComponent(agency)}`, portal: `/portal/${encodeURIComponent(portal)}`, report: `/report/${ids.changed}`, 'old version': `/report/${ids.changed}?version=1`,
    'hostile report': `/report/${ids.hostile}`, 'damaged report': `/report/${ids.damaged}`, 'report with a failed check': `/report/${ids.wrongTotal}`, versions: `/report/${ids.changed}/versions`,
    search: '/search', hits: `/search?q=${encodeURIComponent('公开 申请')}&place=430000`, 'no hits': `/search?q=${encodeURIComponent('不存在的词语组合')}`, numbers: '/numbers', bars: '/numbers?by=agencies', 'no figures': '/numbers?cell=annex/1/count',
    runs: '/runs', run: '/run/2', duplicates: '/duplicates', 'nothing there': '/report/ffffffffffffffff', 'wrong question': '/search?q=a&year=never',
  };
}
