/** Reads spreadsheets (XLSX, XLS, ET): each sheet as a table, merged cells as spans. */
import { read, utils } from '@e965/xlsx';
import { fileKind } from './file-kind.js';
import { repacked, unzip } from './unzip.js';
import { UnreadableFile } from './unreadable-file.js';

/** The statutory tables have 40 rows; what is longer is a data file, not a report. */
const MOST_ROWS = 2000;
const MOST_SHEETS = 20;

function isPackage(payload: Uint8Array): boolean {
  return payload[0] === 0x50 && fileKind(payload) === 'sheet';
}

/** The sheets as HTML tables. Throws `UnreadableFile`. */
export async function readSheet(payload: Uint8Array): Promise<string> {
  const bytes = isPackage(payload) ? repacked(await unzip(payload)) : payload;
  try {
    const book = read(bytes, { type: 'array', sheetRows: MOST_ROWS, cellFormula: false, cellStyles: false, cellHTML: false });
    return book.SheetNames.slice(0, MOST_SHEETS).flatMap((name) => {
      const sheet = book.Sheets[name];
      return sheet?.['!ref'] === undefined ? [] : [utils.sheet_to_html(sheet, { header: '', footer: '' })];
    }).join('\n');
  } catch (error) {
    throw new UnreadableFile('attachment-unreadable', `the spreadsheet cannot be read (${(error as Error).message})`);
  }
}
