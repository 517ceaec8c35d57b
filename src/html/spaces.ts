/** Folds the white space of a page's source, and keeps what only looks like it. */

/** A continuation byte of UTF-8 as windows-1252 or Latin-1 shows it. */
const CONTINUATION = '[\\u0080-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013\\u2014\\u2018-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u20ac\\u2122]';
/** First bytes of three, and of two. */
const LEAD = '[\\u00e0-\\u00ef]';
const LEAD_OF_TWO = '[\\u00c2-\\u00df]';
/** A no-break space that is the byte A0 of a misread character, its last or the one between: folded, the character could not be told any more. */
const BYTE_A0 = `(?:(?<=${LEAD})\\u00a0(?=${CONTINUATION})|(?<=${LEAD}${CONTINUATION}|${LEAD_OF_TWO})\\u00a0)`;

/** A pattern for runs of `spaces` (what stands between the brackets of a class) and of no-break spaces that are spaces. */
function runsOf(spaces: string): RegExp {
  return new RegExp(`(?:[${spaces}]|(?!${BYTE_A0})\\u00a0)+`, 'gu');
}

/** White space of the source; the ideographic space is a character of the text. */
const SPACE = runsOf(' \\t\\n\\r\\f\\v\\u2002\\u2003\\u2009');
/** All white space, the ideographic space included. */
const ANY_SPACE = runsOf(' \\t\\n\\r\\f\\v\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff');

function trimmed(text: string): string {
  return text.endsWith('\u00a0') ? text.trimStart() : text.trim();
}

/** `text` with its white space in single spaces, and none at its ends; ideographic spaces inside stay. */
export function foldSpaces(text: string): string {
  return trimmed(text.replace(SPACE, ' '));
}

/** As `foldSpaces`, ideographic spaces too. */
export function foldAllSpaces(text: string): string {
  return trimmed(text.replace(ANY_SPACE, ' '));
}
