/** Reads pictures of pages (PNG, JPEG) whose size is known before they are opened. */
import { drawnHtml } from './drawn-page.js';
import type { PagePicture, PageScanner } from './ocr.js';
import { UnreadableFile } from './unreadable-file.js';

/** After the end of a picture some programs write a few bytes of their own. */
const MOST_BYTES_BEHIND = 4096;
const DAMAGED = 'the picture is damaged, cut short, or neither PNG nor JPEG';
const OFF = 'a picture is read by OCR only, which is off (attachments.ocr)';

function bytesOf(payload: Uint8Array): Buffer {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}

/** A picture that was cut short would give half its words. */
function isWhole(bytes: Buffer, end: string): boolean {
  return bytes.lastIndexOf(end, undefined, 'latin1') >= Math.max(0, bytes.length - MOST_BYTES_BEHIND);
}

function pngSize(bytes: Buffer): Omit<PagePicture, 'bytes'> | null {
  return bytes.length < 33 || !isWhole(bytes, 'IEND') ? null : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Segments of a JPEG that say how large it is: SOF0 to SOF15 without the tables DHT, JPG and DAC among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegSize(bytes: Buffer): Omit<PagePicture, 'bytes'> | null {
  if (!isWhole(bytes, '\xff\xd9')) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** The words of a picture as HTML. Throws `UnreadableFile`, also when there is no scanner. */
export async function readPicture(payload: Uint8Array, scanner: PageScanner | null): Promise<string> {
  if (scanner === null) throw new UnreadableFile('attachment-unreadable', OFF);
  const bytes = bytesOf(payload);
  const size = bytes[0] === 0x89 ? pngSize(bytes) : jpegSize(bytes);
  if (size === null) {
    scanner.giveUp(DAMAGED);
    throw new UnreadableFile('attachment-unreadable', DAMAGED);
  }
  const page = await scanner.read({ bytes: payload, ...size });
  if (page === null) throw new UnreadableFile('attachment-unreadable', scanner.reasons);
  return drawnHtml([page]);
}
