/** Reads the catalogue card that gkml pages print above a report: index number, document number, publisher, dates. */
import { foldForMatching } from '../han/fold.js';

/** Labels as printed, folded, by the key they are stored under (DOMAIN: gkml metadata labels). */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  indexNumber: ['索引号', '信息索引号'],
  name: ['名称', '信息名称'],
  documentNumber: ['文号', '发文字号', '文件编号'],
  publisher: ['发布机构', '发文机关', '发文机构', '公开责任部门'],
  writtenOn: ['成文日期', '生成日期', '发文日期'],
  publishedOn: ['发布日期', '公开日期'],
  subject: ['主题分类', '组配分类', '信息分类', '分类'],
  genre: ['体裁分类'],
  validity: ['有效性', '时效', '生命周期分类', '效力状态'],
  keywords: ['关键词', '主题词'],
  summary: ['内容概述'],
};

const KEY_OF: ReadonlyMap<string, string> = new Map(Object.entries(KEYS).flatMap(([key, labels]) => labels.map((label) => [label, key] as const)));
const LABEL = new RegExp(`^(${[...KEY_OF.keys()].sort((a, b) => b.length - a.length).join('|')})[:：](.*)$`, 'u');
/** A card has these among its labels; a report's own 名称：… alone is none. */
const SIGNS: readonly string[] = ['indexNumber', 'publisher', 'documentNumber'];
const NOTHING = /^(?:无|暂无|[-—/]*)$/u;

/** Label and value of each cell pair of a row, or of a line 索引号：…. */
function pairsOf(line: string): [string, string][] {
  const cells = line.split('\t').map((cell) => cell.trim());
  const pairs: [string, string][] = [];
  cells.forEach((cell, index) => {
    const folded = foldForMatching(cell);
    const inline = LABEL.exec(folded);
    const key = KEY_OF.get(inline?.[1] ?? folded.replace(/[:：]$/u, ''));
    const value = inline?.[2] ? cell.slice(cell.search(/[:：]/u) + 1).trim() : cells[index + 1] ?? '';
    // A bar of facts on one line (发布日期：… 来源：… 浏览次数：…) is no card.
    if (key !== undefined && !/[:：]\D/u.test(value)) pairs.push([key, value]);
  });
  return pairs;
}

/** How far down a page the card is looked for. */
const LINES = 80;

/** The card's entries as printed, without those that say 无; null when the page has no card. */
export function catalogueCard(pageText: string): Readonly<Record<string, string>> | null {
  const found = new Map<string, string>();
  for (const line of pageText.split('\n').slice(0, LINES)) {
    if (line.length > 400) continue;
    for (const [key, value] of pairsOf(line)) if (!found.has(key)) found.set(key, value);
  }
  if (found.size < 3 || !SIGNS.some((sign) => found.has(sign))) return null;
  return Object.fromEntries([...found].filter(([, value]) => !NOTHING.test(value)));
}
