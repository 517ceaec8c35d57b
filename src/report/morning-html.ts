/** Writes the morning page as HTML: one file without script, picture or outside style, which a mail reader shows too. */
import { renderDiff } from './change-report.js';
import type { DiffPart } from './change-report.js';
import { isTroubled } from './morning.js';
import type { MorningFacts, Trouble } from './morning.js';
import { alarmSentence, sayIn } from './morning-words.js';
import type { MorningLanguage, Say } from './morning-words.js';
import { Html, html, outward, told } from '../markup.js';
import type { AlarmRow } from '../store/alarms.js';
import type { PortalNight } from '../store/portal-history.js';
import type { ReportLine } from '../store/read-runs.js';

/** Items of one kind that are spelled out; mail readers cut pages above some 100 KB. */
const SPELLED = 60;
/** Characters of one added or removed stretch that are shown. */
const STRETCH = 400;
const PORTALS = 120;

const STYLE = `body{font:15px/1.55 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1d2733;max-width:54rem;margin:1.2rem auto;padding:0 1rem}
h1{font-size:1.35rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:1.5rem 0 .4rem;border-bottom:1px solid #d5dbe2;padding-bottom:.15rem}
p{margin:.3rem 0}.small{color:#57626e;font-size:.86rem}ul{margin:.3rem 0;padding-left:1.2rem}li{margin:.25rem 0}a{color:#0b5394}
.alarm{background:#fdf0ee;border-left:4px solid #b3261e;padding:.35rem .7rem;margin:.35rem 0}.calm{background:#eef6ee;border-left:4px solid #2e7d32;padding:.35rem .7rem}
.diff{white-space:pre-wrap;background:#f6f7f9;padding:.5rem .7rem;margin:.3rem 0;font-size:.92rem}ins{background:#d9f0d9;text-decoration:none}del{background:#fbdcd9}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.12rem .5rem .12rem 0;vertical-align:top;font-weight:400}.n{text-align:right}
.nights{width:1%;padding-right:1rem;font:13px/1.2 ui-monospace,Menlo,Consolas,monospace;white-space:nowrap}.fine{color:#2e7d32}.partly{color:#b26a00}.none{color:#b3261e}.not-asked{color:#9aa4ae}`;

const SIGNS: Readonly<Record<PortalNight, string>> = { fine: '■', partly: '▲', none: '×', 'not-asked': '·' };

function short(text: string): string {
  return text.length > STRETCH ? `${text.slice(0, STRETCH)} …` : text;
}

function diffHtml(parts: readonly DiffPart[]): Html {
  return new Html(renderDiff(parts, { added: (text) => html`<ins>${short(text)}</ins>`.text, removed: (text) => html`<del>${short(text)}</del>`.text, same: (text) => html`${text}`.text }));
}

function more(say: Say, all: number): Html | null {
  return all > SPELLED ? html`<li class="small">${say('more', { count: all - SPELLED })}</li>` : null;
}

function nameOf(say: Say, { agency, year, title }: ReportLine): Html {
  return html`${told(agency ?? title ?? say('unknownAgency'))}${year === null ? null : html` ${say('year', { year })}`}`;
}

function reportList(say: Say, heading: 'new' | 'removed', reports: readonly ReportLine[]): Html | null {
  if (reports.length === 0) return null;
  const note = heading === 'removed' ? html`<p class="small">${say('removedNote')}</p>` : null;
  return html`<h2>${say(heading)} (${reports.length})</h2>${note}<ul>${reports.slice(0, SPELLED).map((report) => html`<li>${nameOf(say, report)} · ${outward(report.url)}</li>`)}${more(say, reports.length)}</ul>`;
}

function changedList(say: Say, { diffs }: MorningFacts): Html | null {
  if (diffs.length === 0) return null;
  return html`<h2>${say('changed')} (${diffs.length})</h2>${diffs.slice(0, SPELLED).map(({ report, parts }) => html`<p>${nameOf(say, report)} · ${outward(report.url)}</p><div class="diff" lang="zh-Hans">${diffHtml(parts)}</div>`)}${
    diffs.length > SPELLED ? html`<p class="small">${say('more', { count: diffs.length - SPELLED })}</p>` : null}`;
}

function troubleList(say: Say, heading: 'blocked' | 'failed', troubles: readonly Trouble[]): Html | null {
  if (troubles.length === 0) return null;
  return html`<h2>${say(heading)} (${troubles.length})</h2><ul>${troubles.slice(0, SPELLED).map(({ agency, portalId, reason, pages, example }) =>
    html`<li>${told(agency ?? portalId)}: ${reason} ×${pages} · ${outward(example)}</li>`)}${more(say, troubles.length)}</ul>`;
}

function alarmItem(say: Say, alarm: AlarmRow, since: boolean): Html {
  return html`<li>${told(alarmSentence(alarm, say))}${alarm.url === null ? null : html` · ${outward(alarm.url)}`}${since ? html` <span class="small">${say('since', { date: alarm.raisedAt.slice(0, 10) })}</span>` : null}</li>`;
}

function alarmParts(say: Say, { raised, open, ended }: MorningFacts['alarms']): Html {
  const list = (alarms: readonly AlarmRow[], since: boolean): Html => html`<ul>${alarms.slice(0, SPELLED).map((alarm) => alarmItem(say, alarm, since))}${more(say, alarms.length)}</ul>`;
  return html`${raised.length === 0 ? html`<p class="calm">${say('noAlarms')}</p>` : html`<div class="alarm"><strong>${say('alarms')} (${raised.length})</strong>${list(raised, false)}</div>`}${
    open.length === 0 ? null : html`<h2>${say('stillOpen')} (${open.length})</h2>${list(open, true)}`}${ended.length === 0 ? null : html`<h2>${say('over')} (${ended.length})</h2>${list(ended, true)}`}`;
}

function strip(nights: readonly PortalNight[]): Html {
  const runs: { night: PortalNight; signs: string }[] = [];
  for (const night of nights) {
    const last = runs.at(-1);
    if (last?.night === night) last.signs += SIGNS[night];
    else runs.push({ night, signs: SIGNS[night] });
  }
  return html`${runs.map(({ night, signs }) => html`<span class="${night}">${signs}</span>`)}`;
}

function healthPart(say: Say, { history }: MorningFacts): Html {
  const troubled = history.portals.filter(isTroubled).slice(0, PORTALS);
  const rest = history.portals.length - troubled.length;
  const rows = troubled.map(({ portalId, agency, reports, nights }) => html`<tr><td class="nights">${strip(nights)}</td><td>${told(agency ?? portalId)}</td><td class="n">${reports} ${say('reports')}</td></tr>`);
  return html`<h2>${say('health', { runs: history.runIds.length })}</h2><p class="small">${say('legend')}</p><table>${rows}</table>${rest > 0 ? html`<p class="small">${say('allFine', { count: rest })}</p>` : null}`;
}

/** The page, in one of the two languages. Every stored character is escaped. */
export function morningHtml(facts: MorningFacts, language: MorningLanguage): string {
  const say = sayIn(language);
  const { run, changes, moved, leftAlone } = facts;
  const outcome = run.outcome === 'done' || run.outcome === 'done-with-failures' || run.outcome === 'stopped' ? say(run.outcome) : run.outcome;
  const isQuiet = changes.new.length + changes.changed.length + changes.gone.length === 0;
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${say('title')} ${run.startedAt.slice(0, 10)}</title><style>${new Html(STYLE)}</style></head><body>
<h1>${say('title')} · ${run.startedAt.slice(0, 10)}</h1>
<p><strong>${say('counts', { new: changes.new.length, changed: changes.changed.length, gone: changes.gone.length, same: changes.same.length })}</strong>${moved.length === 0 ? null : html` · ${say('moved', { count: moved.length })}`}</p>
<p class="small">${say('run', { run: run.runId, command: run.command, started: when(run.startedAt), finished: when(run.finishedAt), outcome })}<br>${say('cost', { requests: run.requests, kib: Math.round(run.transferBytes / 1024) })}${
    leftAlone === null ? null : html`<br>${say('leftAlone', { reports: leftAlone.reports, pages: leftAlone.furtherPages })}`}</p>
${alarmParts(say, facts.alarms)}${isQuiet ? html`<p>${say('nothing')}</p>` : null}${reportList(say, 'new', changes.new)}${changedList(say, facts)}${reportList(say, 'removed', changes.gone)}
${troubleList(say, 'blocked', facts.blocked)}${troubleList(say, 'failed', facts.failed)}${healthPart(say, facts)}
</body></html>
`;
  return page.text;
}

function when(time: string | null): string {
  return time === null ? '…' : time.slice(0, 16).replace('T', ' ');
}
