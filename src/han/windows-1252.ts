/** The 32 places in which windows-1252 differs from Latin-1; the tables of platforms disagree about them. */

/** Characters of 80 to 9F, by WHATWG: where windows-1252 has none, the C1 control stays. */
export const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** `bytes` read as windows-1252; nothing is unreadable in it. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return latin.replace(/[\u0080-\u009f]/gu, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}
