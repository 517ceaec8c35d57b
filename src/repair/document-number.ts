/**
 * Restores the bracket that extraction lost from a document number: 国办公开办函〔202130号 was 〔2021〕30号, 函2021〕30号 was 〔2021〕30号. Seen on copies and on official
 * pages whose inline elements were dropped. A year has four digits, so the place is forced; still nobody saw the bracket there: inferred.
 * Limit: numbers that lost both brackets (202130号) are left.
 */
import type { NamedRepair } from './named-repair.js';
import type { Change } from './patchwork.js';

const CLOSING_LOST = /[〔［[]((?:19[5-9]|20[0-4])\d)(?=\d{1,4}号)/gu;
const OPENING_LOST = /[函发字办通规令告](?=(?:19[5-9]|20[0-4])\d〕\d{1,4}号)/gu;

function insertion(at: number, bracket: string): Change {
  return { start: at, end: at, after: bracket, method: 'inferred', confidence: 0.95 };
}

export const documentNumber: NamedRepair = {
  name: 'document-number',
  find: (text) => [
    ...Array.from(text.matchAll(CLOSING_LOST), (match) => insertion(match.index + match[0].length, match[0].startsWith('〔') ? '〕' : match[0].startsWith('[') ? ']' : '］')),
    ...Array.from(text.matchAll(OPENING_LOST), (match) => insertion(match.index + match[0].length, '〔')),
  ].sort((a, b) => a.start - b.start),
};
