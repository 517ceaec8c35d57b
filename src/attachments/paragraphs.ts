/** Plain text of a file as HTML, for the rooms that read pages. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>]/gu, (character) => ESCAPES[character] ?? '');
}

function lineMarkup(line: string): string {
  return `<p>${escapeMarkup(line)}</p>`;
}

function rowMarkup(row: string): string {
  return `<tr>${row.split('\t').map((cell) => `<td>${escapeMarkup(cell.trim())}</td>`).join('')}</tr>`;
}

/** Each line a paragraph; lines with tabs, one after another, are the rows of a table. */
export function paragraphs(text: string): string {
  const parts: string[] = [];
  let rows: string[] = [];
  const endTable = (): void => {
    if (rows.length > 0) parts.push(`<table>${rows.map(rowMarkup).join('')}</table>`);
    rows = [];
  };
  for (const line of text.split(/\r\n?|[\n\v\f]/u)) {
    if (line.replace(/\t$/u, '').includes('\t')) { rows.push(line.replace(/\t$/u, '')); continue; }
    endTable();
    if (line.trim() !== '') parts.push(lineMarkup(line.trim()));
  }
  endTable();
  return parts.join('\n');
}
