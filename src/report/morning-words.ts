/** Every word of the morning page in both languages. */
import type { AlarmRow } from '../store/alarms.js';

export type MorningLanguage = 'en' | 'zh';

/** Chinese, English. */
const WORDS = {
  title: ['年报抓取晨报', 'Annual reports this morning'],
  run: ['第 {run} 次运行（{command}），{started} 至 {finished}（UTC），{outcome}', 'Run {run} ({command}), {started} to {finished} UTC: {outcome}'],
  done: ['完成', 'done'],
  'done-with-failures': ['完成，部分页面未取到', 'done, and some pages did not come'],
  stopped: ['中途停止，下次接着做', 'stopped; the next run goes on'],
  counts: ['新增 {new} 份，变更 {changed} 份，撤下 {gone} 份，未变 {same} 份', '{new} new, {changed} changed, {gone} removed, {same} unchanged'],
  cost: ['请求 {requests} 次，传输 {kib} KiB', '{requests} requests, {kib} KiB'],
  leftAlone: ['未到复查期而未访问：报告及附件 {reports} 件，列表后续页 {pages} 页', 'Left alone, not due: {reports} reports and attachments, {pages} further pages of lists'],
  alarms: ['需要处理', 'To look at'],
  noAlarms: ['没有新的警报。', 'No new alarm.'],
  stillOpen: ['仍未解除', 'Still open'],
  since: ['自 {date} 起', 'since {date}'],
  over: ['已解除', 'Over'],
  new: ['新增', 'New'],
  changed: ['变更', 'Changed'],
  removed: ['撤下', 'Removed'],
  removedNote: ['门户已撤下，存档中的文本与原始字节保留。', 'Taken down by the portal; text and bytes stay in the archive.'],
  blocked: ['受阻', 'Blocked'],
  failed: ['未取到', 'Did not come'],
  moved: ['另有 {count} 份报告只是换了网址，文本未变', '{count} reports have only changed their address'],
  health: ['各门户最近 {runs} 次运行', 'The portals in the last {runs} runs'],
  legend: ['■ 全部取到　▲ 部分取到　× 一页未取到　· 未访问；最右为本次', '■ all came  ▲ some did not  × none came  · not asked; the newest stands at the right'],
  allFine: ['其余 {count} 个门户各次均正常。', '{count} more portals were fine in every run.'],
  reports: ['报告', 'reports'],
  agency: ['机关', 'agency'],
  more: ['另有 {count} 项', 'and {count} more'],
  nothing: ['没有新增、变更或撤下的报告。', 'No report is new, changed or removed.'],
  cut: ['……以下从略，见 nianbao show --diff', '… cut here; nianbao show --diff has all of it'],
  year: ['{year} 年度', '{year}'],
  unknownAgency: ['机关不详', 'agency unknown'],
  'portal-silent': ['{agency}：连续 {runs} 次运行一页也没有取到（{reason}）', '{agency}: not one page came in {runs} runs in a row ({reason})'],
  'nothing-listed': ['{agency}：列表里一份年报也没有了，此前列出 {before} 份', '{agency}: its lists name no report any more; they named {before} before'],
  'layout-changed': ['{agency}：栏目改版，原为 {before}，现为 {after}；请核对种子清单', '{agency}: redesigned; its reports were listed at {before} and are now at {after}. Check its row in the seed list'],
  'text-shrunk': ['{agency} {year}：文本由 {before} 字缩为 {after} 字', '{agency} {year}: the text has shrunk from {before} to {after} characters'],
  'replacement-characters': ['{agency} {year}：无法解码的字由 {before} 个增至 {after} 个', '{agency} {year}: characters that cannot be read have risen from {before} to {after}'],
  'checks-failing': ['{agency} {year}：表内勾稽关系不符：{rules}', '{agency} {year}: its tables break these rules: {rules}'],
  overdue: ['{agency} {year}：应于 {dueOn} 前公布，至今未见', '{agency} {year}: was due on {dueOn}, and is not to be found'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type MorningWord = keyof typeof WORDS;

export type Say = (word: MorningWord, values?: Readonly<Record<string, string | number>>) => string;

/** Speaks one of the two languages; `{name}` in a word takes the value of that name. */
export function sayIn(language: MorningLanguage): Say {
  return (word, values = {}) => WORDS[word][language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
}

/** An alarm as one sentence. */
export function alarmSentence({ kind, agency, year, facts }: Pick<AlarmRow, 'kind' | 'agency' | 'year' | 'facts'>, say: Say): string {
  const values = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'object' ? value.slice(0, 3).join(', ') : value]));
  return say(kind, { ...values, agency: agency ?? say('unknownAgency'), year: year === null ? '' : say('year', { year }) });
}
