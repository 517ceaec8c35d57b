/** 上海公安: one host for the bureau and every 分局; the column's name stands in the address, the article's id is opaque. */
import type { PageView } from '../page-view.js';
import { foldWords, isReportColumn } from '../report-words.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /^\/[a-z]{1,6}ga\/(?:list\/|wzXxfbGj\/)/u;
const MARKUP = /\/[a-z]{1,6}ga\/(?:list\/toGj\w{0,20}|wzXxfbGj\/detail)\?/u;

/** `lmName=公开年报` says what the column is, on the list's address or on those of its rows. */
function read(view: PageView): FamilyReading | null {
  if (/\/(?:list\/toGjDetail|wzXxfbGj\/detail)\?/u.test(view.url)) return null;
  const addresses = [view.url, ...view.links.map((link) => link.url)];
  const names = addresses.map((url) => new URL(url).searchParams.get('lmName') ?? '');
  return names.some((name) => name !== '' && isReportColumn(foldWords(name))) ? { isReportColumn: true } : null;
}

export const shga: Family = { id: 'shga', recognises: (view) => marks(view, ADDRESS, MARKUP), read };
