/** Writes a report's blocks as the HTML that real editors leave behind: clean paragraphs, line breaks, divs, or Word's paste. */
import type { Block, TableCell, TableRow } from './document.js';

/** `plain` paragraphs, `breaks` and ideographic indents, `divs` with no-break spaces, `word` as pasted from Word. */
export type MarkupStyle = 'plain' | 'breaks' | 'divs' | 'word';

export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

const WORD_FONT = 'font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体;mso-bidi-font-family:宋体';

/** Word puts Latin and digits in runs of their own. */
function wordRuns(text: string): string {
  return escapeMarkup(text)
    .split(/(\d+)/)
    .filter((run) => run !== '')
    .map((run) => `<span ${/^\d/.test(run) ? 'lang="EN-US" ' : ''}style="${WORD_FONT}">${run}</span>`)
    .join('');
}

/** A closing date in Word's smart tag, which a reader must unwrap. */
function smartDate(text: string): string {
  const date = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text);
  if (!date) return wordRuns(text);
  const attributes = `year="${date[1]}" month="${date[2]}" day="${date[3]}" islunardate="False" isrocdate="False" w:st="on"`;
  return `<st1:chsdate ${attributes}>${wordRuns(text)}</st1:chsdate>`;
}

function cellText(cell: TableCell): string {
  if (cell.breakAt === undefined) return escapeMarkup(cell.text);
  return `${escapeMarkup(cell.text.slice(0, cell.breakAt))}<br>${escapeMarkup(cell.text.slice(cell.breakAt))}`;
}

function spans(cell: TableCell): string {
  const columns = cell.colspan && cell.colspan > 1 ? ` colspan="${cell.colspan}"` : '';
  const rows = cell.rowspan && cell.rowspan > 1 ? ` rowspan="${cell.rowspan}"` : '';
  return columns + rows;
}

function plainRow(row: TableRow): string {
  return `<tr>${row.map((cell) => `<td${spans(cell)} align="center">${cellText(cell)}</td>`).join('')}</tr>`;
}

function wordRow(row: TableRow, index: number): string {
  const cells = row.map((cell) => {
    const inner = `<span style="font-size:10.5pt;font-family:宋体;mso-bidi-font-family:宋体">${cellText(cell)}<o:p></o:p></span>`;
    const style = 'border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt;mso-border-alt:solid windowtext .5pt';
    return `<td${spans(cell)} valign="center" style="${style}"><p class="MsoNormal" align="center" style="mso-pagination:widow-orphan">${inner}</p></td>`;
  });
  return `<tr style="mso-yfti-irow:${index};height:14.2pt">${cells.join('\n')}</tr>`;
}

function table(rows: readonly TableRow[], style: MarkupStyle): string {
  if (style === 'word') {
    return `<table class="MsoNormalTable" border="0" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-yfti-tbllook:1184"><tbody>${rows.map(wordRow).join('\n')}</tbody></table>`;
  }
  return `<table border="1" cellspacing="0" cellpadding="0" width="100%"><tbody>\n${rows.map(plainRow).join('\n')}\n</tbody></table>`;
}

const line: Readonly<Record<MarkupStyle, (block: Exclude<Block, { kind: 'table' }>) => string>> = {
  plain(block) {
    const text = escapeMarkup(block.text);
    if (block.kind === 'heading') return `<p style="text-indent: 2em;"><strong>${text}</strong></p>`;
    const style = block.kind === 'signature' ? 'text-align: right;' : 'text-indent: 2em;';
    return `<p style="${style}">${text}</p>`;
  },
  breaks(block) {
    return `\u3000\u3000${escapeMarkup(block.text)}<br />\n<br />`;
  },
  divs(block) {
    const text = escapeMarkup(block.text);
    const indent = block.kind === 'signature' ? ' align="right"' : '';
    return `<div${indent}>&nbsp;&nbsp;&nbsp;&nbsp;${block.kind === 'heading' ? `<b>${text}</b>` : text}</div>`;
  },
  word(block) {
    const runs = block.kind === 'signature' ? smartDate(block.text) : wordRuns(block.text);
    const inner = block.kind === 'heading' ? `<b style="mso-bidi-font-weight:normal">${runs}</b>` : runs;
    const align = block.kind === 'signature' ? ' align="right"' : '';
    return `<p class="MsoNormal"${align} style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt">${inner}<span lang="EN-US" style="${WORD_FONT}"><o:p></o:p></span></p>`;
  },
};

/** The blocks as one HTML fragment. */
export function markupOf(blocks: readonly Block[], style: MarkupStyle): string {
  return blocks.map((block) => (block.kind === 'table' ? table(block.rows, style) : line[style](block))).join('\n');
}
