/** Tells what a file is by its first bytes; its name and media type are only asked where the bytes leave it open. */

export type FileKind = 'docx' | 'sheet' | 'pdf' | 'doc' | 'rtf' | 'ofd' | 'zip' | 'picture' | 'other';

function startsWith(payload: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => payload[index] === byte);
}

/** Names of parts inside an Office Open XML package stand readable in its directory, at the end of the file or near its start. */
function holds(payload: Uint8Array, name: string): boolean {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).includes(name);
}

/** The archive's own directory, so that names inside a file that is packed in it do not count; all of it where the directory is not found. */
function directoryOf(payload: Uint8Array): Uint8Array {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 20 > bytes.length) return payload;
  const start = bytes.readUInt32LE(end + 16);
  return start < end ? payload.subarray(start, end) : payload;
}

function kindOfZip(payload: Uint8Array): FileKind {
  if (holds(directoryOf(payload), 'OFD.xml')) return 'ofd';
  if (holds(payload, 'word/document.xml')) return 'docx';
  return holds(payload, 'xl/workbook') ? 'sheet' : 'zip';
}

/** OLE compound files: the stream names are in UTF-16. WPS (`.wps`, `.et`) writes the same streams as Word and Excel. */
function kindOfCompound(payload: Uint8Array): FileKind {
  if (holds(payload, 'W\0o\0r\0k\0b\0o\0o\0k\0')) return 'sheet';
  return holds(payload, 'W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0') ? 'doc' : 'other';
}

/** The kind of a document file; `other` for everything that is none: pages, and pictures that are no scans. */
export function fileKind(payload: Uint8Array): FileKind {
  if (startsWith(payload, 0x50, 0x4b, 0x03, 0x04)) return kindOfZip(payload);
  if (startsWith(payload, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return kindOfCompound(payload);
  if (startsWith(payload, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) || startsWith(payload, 0xff, 0xd8, 0xff)) return 'picture';
  if (/^\s*\{\\rtf/u.test(Buffer.from(payload.subarray(0, 64)).toString('latin1'))) return 'rtf';
  // A PDF may begin with a few bytes of something else (ISO 32000-1, annex H.3.4.1).
  return Buffer.from(payload.subarray(0, 1024)).includes('%PDF-') ? 'pdf' : 'other';
}
