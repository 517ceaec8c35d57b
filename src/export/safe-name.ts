/** Turns names from the web into file names that every system accepts and that cannot leave their folder. */

/** Separators, signs that Windows refuses, control characters and direction overrides. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** Device names of Windows, also with an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/iu;

/** File systems take 255 bytes; a hanzi has three. What is left is for endings and temporary names. */
const LONGEST_BYTES = 180;

function shorten(name: string): string {
  let kept = '';
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > LONGEST_BYTES) break;
    kept += character;
  }
  return kept;
}

/** A file or folder name made of `name`; `otherwise` when nothing usable is left. */
export function safeName(name: string | null, otherwise: string): string {
  const cleaned = shorten((name ?? '').normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/gu, ' ').replace(/^[.\s]+|[.\s]+$/gu, ''))
    .replace(/[.\s]+$/u, '');
  if (cleaned === '') return otherwise;
  return RESERVED.test(cleaned) ? `_${cleaned}` : cleaned;
}
