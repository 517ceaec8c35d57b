/** Keeps spreadsheets from running what a web page wrote: cells that would be read as formulas become text. */

/**
 * Signs that open a formula in Excel or LibreOffice, in half and full width, also behind white space, a byte order mark or quotes, which
 * some importers drop; tab, carriage return and NUL at the start move the next sign into a cell of its own (OWASP ASVS 1.2.10).
 */
const FORMULA = /^(?:[\t\r\0]|[\s\ufeff\u00ad\u200b-\u200f\u2060-\u2064"'“”＂]*[=+\-@＝＋－＠])/u;

/** Numbers as the reports' tables print them: negative ones are data. */
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/u;

/** `text` with a leading `'` when a spreadsheet might run it. JSON Lines carries the text as it is. */
export function guardFormula(text: string): string {
  const clean = text.replaceAll('\0', '\ufffd');
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${clean}` : clean;
}
