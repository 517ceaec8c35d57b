/** Writes the morning page as Markdown: for a chat, a ticket, the text part of a mail. */
import { safeLine } from '../log.js';
import { renderDiff } from './change-report.js';
import { isTroubled } from './morning.js';
import type { MorningFacts, Trouble } from './morning.js';
import { alarmSentence, sayIn } from './morning-words.js';
import type { MorningLanguage, Say } from './morning-words.js';
import type { AlarmRow } from '../store/alarms.js';
import type { ReportLine } from '../store/read-runs.js';

const SPELLED = 60;
const STRETCH = 200;
const SIGNS = { fine: '■', partly: '▲', none: '×', 'not-asked': '·' } as const;

/** Text from the web: none of it may become a heading, a link, a picture or markup. */
function plain(text: string): string {
  return safeLine(text).replace(/[\\`*_{}[\]()#+!|<>~&-]/gu, (sign) => `\\${sign}`);
}

/** An address that a reader may follow stands in angle brackets; any other is text. */
function address(url: string): string {
  return /^https?:\/\/[^\s<>\\]+$/u.test(url) ? `<${safeLine(url)}>` : plain(url);
}

function nameOf(say: Say, { agency, year, title }: ReportLine): string {
  return `${plain(agency ?? title ?? say('unknownAgency'))}${year === null ? '' : ` ${say('year', { year })}`}`;
}

function section(heading: string, lines: readonly string[], say: Say): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, SPELLED).map((line) => `- ${line}`);
  return ['', `## ${heading} (${lines.length})`, '', ...shown, ...(lines.length > SPELLED ? [`- ${say('more', { count: lines.length - SPELLED })}`] : [])];
}

function troubleLine({ agency, portalId, reason, pages, example }: Trouble): string {
  return `${plain(agency ?? portalId)}: ${reason} ×${pages}, ${address(example)}`;
}

function alarmLine(say: Say, alarm: AlarmRow, since: boolean): string {
  return `${plain(alarmSentence(alarm, say))}${alarm.url === null ? '' : `, ${address(alarm.url)}`}${since ? ` (${say('since', { date: alarm.raisedAt.slice(0, 10) })})` : ''}`;
}

function short(text: string): string {
  return plain(text.length > STRETCH ? `${text.slice(0, STRETCH)} …` : text);
}

function changedLines(say: Say, { diffs }: MorningFacts): string[] {
  return diffs.map(({ report, parts }) => {
    const diff = renderDiff(parts, { added: (text) => ` **＋${short(text)}** `, removed: (text) => ` ~~－${short(text)}~~ `, same: plain });
    return `${nameOf(say, report)}, ${address(report.url)}${diff === '' ? '' : `: ${diff}`}`;
  });
}

function healthLines(say: Say, { history }: MorningFacts): string[] {
  const troubled = history.portals.filter(isTroubled);
  const rest = history.portals.length - troubled.length;
  return ['', `## ${say('health', { runs: history.runIds.length })}`, '', say('legend'), '',
    ...troubled.slice(0, SPELLED).map(({ portalId, agency, nights }) => `- \`${nights.map((night) => SIGNS[night]).join('')}\` ${plain(agency ?? portalId)}`),
    ...(troubled.length > SPELLED ? [`- ${say('more', { count: troubled.length - SPELLED })}`] : []), ...(rest > 0 ? ['', say('allFine', { count: rest })] : [])];
}

/** The page, in one of the two languages. Every stored character is escaped. */
export function morningMarkdown(facts: MorningFacts, language: MorningLanguage): string {
  const say = sayIn(language);
  const { run, changes, alarms } = facts;
  const lines = [
    `# ${say('title')} ${run.startedAt.slice(0, 10)}`, '',
    `**${say('counts', { new: changes.new.length, changed: changes.changed.length, gone: changes.gone.length, same: changes.same.length })}**${facts.moved.length === 0 ? '' : ` · ${say('moved', { count: facts.moved.length })}`}`, '',
    say('cost', { requests: run.requests, kib: Math.round(run.transferBytes / 1024) }),
    ...(alarms.raised.length === 0 ? ['', say('noAlarms')] : []),
    ...section(say('alarms'), alarms.raised.map((alarm) => alarmLine(say, alarm, false)), say), ...section(say('stillOpen'), alarms.open.map((alarm) => alarmLine(say, alarm, true)), say),
    ...section(say('over'), alarms.ended.map((alarm) => alarmLine(say, alarm, true)), say),
    ...section(say('new'), changes.new.map((report) => `${nameOf(say, report)}, ${address(report.url)}`), say), ...section(say('changed'), changedLines(say, facts), say),
    ...section(say('removed'), changes.gone.map((report) => `${nameOf(say, report)}, ${address(report.url)}`), say),
    ...section(say('blocked'), facts.blocked.map((trouble) => troubleLine(trouble)), say), ...section(say('failed'), facts.failed.map((trouble) => troubleLine(trouble)), say),
    ...healthLines(say, facts),
  ];
  return `${lines.join('\n')}\n`;
}
