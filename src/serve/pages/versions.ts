/** Two versions of a report side by side, paragraph by paragraph. */
import { findDocument } from '../../store/find-document.js';
import { readDocument } from '../../store/read.js';
import { askedNumber } from '../asked.js';
import { scrolling, when } from '../frame.js';
import type { Html } from '../../markup.js';
import { html, told } from '../../markup.js';
import type { PageMaker, TextChange, Visit } from '../visit.js';

/** A paragraph on both sides; `changed` when they differ. */
interface Row {
  readonly left: Html[];
  readonly right: Html[];
  changed: boolean;
}

/** Rows end where both texts end a line: what was taken out or put in stays in one row however many lines it has. */
function rowsOf(changes: readonly TextChange[]): Row[] {
  const rows: Row[] = [{ left: [], right: [], changed: false }];
  for (const { kind, text } of changes) {
    const row = rows.at(-1);
    if (kind !== 'same') {
      if (!row) continue;
      row.changed = true;
      if (kind === 'removed') row.left.push(html`<del>${text}</del>`);
      else row.right.push(html`<ins>${text}</ins>`);
      continue;
    }
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) rows.push({ left: [], right: [], changed: false });
      const last = rows.at(-1);
      last?.left.push(html`${line}`);
      last?.right.push(html`${line}`);
    }
  }
  return rows;
}

/** Unchanged paragraphs shown beside a changed one. */
const AROUND = 1;

function table(visit: Visit, rows: readonly Row[], [from, to]: readonly [number, number]): Html {
  const near = (index: number): boolean => rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ changed }) => changed);
  const drawn: Html[] = [];
  let hidden = 0;
  const closeGap = (): void => {
    if (hidden > 0) drawn.push(html`<tr class="gap"><td colspan="2">${visit.say('unchanged', { count: hidden })}</td></tr>`);
    hidden = 0;
  };
  rows.forEach((row, index) => {
    if (!near(index)) { hidden += 1; return; }
    closeGap();
    drawn.push(html`<tr><td lang="zh-Hans">${row.left}</td><td lang="zh-Hans">${row.right}</td></tr>`);
  });
  closeGap();
  return scrolling(visit.say('versions'), html`<table class="sides"><thead><tr><th scope="col">${visit.say('versionN', { version: from })}</th><th scope="col">${visit.say('versionN', { version: to })}</th></tr></thead><tbody>${drawn}</tbody></table>`);
}

export const versionsPage: PageMaker = (visit, [wanted = '']) => {
  const reportId = findDocument(visit.database, wanted, visit.knowledge.keyOf);
  const current = reportId === null ? null : readDocument(visit.database, reportId);
  if (!current || reportId === null) return null;
  const to = askedNumber(visit, 'to', [1, 1_000_000]) ?? current.version;
  const from = askedNumber(visit, 'from', [1, 1_000_000]) ?? Math.max(1, to - 1);
  const [before, after] = [readDocument(visit.database, reportId, from), readDocument(visit.database, reportId, to)];
  if (!before || !after) return null;
  const changes = visit.knowledge.diffText(before.text, after.text);
  const { say } = visit;
  const title = say('compareTitle', { from, to });
  const isSame = changes.every(({ kind }) => kind === 'same');
  return {
    kind: 'page', section: null, title, data: { reportId, from, to, versions: current.versions, capturedAt: [before.capturedAt, after.capturedAt], changes },
    body: html`<h1>${title}</h1><p><a href="${visit.to(`/report/${reportId}`)}">${told(current.title ?? current.url)}</a></p><p class="quiet">${when(before.capturedAt)} → ${when(after.capturedAt)} UTC</p>
${isSame ? html`<p>${say(from === to ? 'onlyOne' : 'sameText')}</p>` : table(visit, rowsOf(changes), [from, to])}`,
  };
};
