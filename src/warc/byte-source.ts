/** Gives the bytes of WARC files wherever they stand: in a file of their own or stored inside a WACZ package, which is never unpacked. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** A range of bytes that is read piece by piece. */
export interface ByteSource {
  /** What to call it: the file, for an entry with its path inside. */
  readonly name: string;
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end. */
  readonly read: (offset: number, length: number) => Buffer;
  readonly close: () => void;
}

function rangeOf(path: string, name: string, range: { readonly start: number; readonly size: number }): ByteSource {
  const descriptor = openSync(path, 'r');
  return {
    name, size: range.size,
    read: (offset, length) => {
      const piece = Buffer.allocUnsafe(Math.max(0, Math.min(length, range.size - offset)));
      let got = 0;
      while (got < piece.length) {
        const read = readSync(descriptor, piece, got, piece.length - got, range.start + offset + got);
        if (read === 0) break;
        got += read;
      }
      return piece.subarray(0, got);
    },
    close: () => closeSync(descriptor),
  };
}

export interface OpenedSources {
  readonly sources: readonly ByteSource[];
  /** Entries that were left out, with why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/** Entries of a package that are looked at; packages met have a few dozen. */
const MOST_ENTRIES = 100_000;

const STORED = 0;

async function entrySource(zip: ZipFile, entry: Entry, path: string): Promise<ByteSource | string> {
  if (entry.isEncrypted()) return 'it is encrypted';
  if (entry.compressionMethod !== STORED) return 'it is compressed, which WACZ forbids for WARC files; unpack the package and import its archive folder';
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  if (fileDataStart + entry.compressedSize > statSync(path).size) return 'it is said to reach beyond the end of the package';
  return rangeOf(path, `${path}/${entry.fileName}`, { start: fileDataStart, size: entry.compressedSize });
}

/** The WARC files inside a WACZ package. Throws when the file is no ZIP. */
async function packagedSources(path: string): Promise<OpenedSources> {
  const zip = await openPromise(path, { autoClose: false });
  const sources: ByteSource[] = [];
  const refused: { name: string; reason: string }[] = [];
  try {
    let seen = 0;
    for await (const entry of zip.eachEntry()) {
      if ((seen += 1) > MOST_ENTRIES) { refused.push({ name: path, reason: `more than ${MOST_ENTRIES} entries; the rest was not looked at` }); break; }
      if (!/\.warc(?:\.gz)?$/iu.test(entry.fileName)) continue;
      const source = await entrySource(zip, entry, path);
      if (typeof source === 'string') refused.push({ name: `${path}/${entry.fileName}`, reason: source });
      else sources.push(source);
    }
  } finally {
    zip.close();
  }
  return { sources, refused };
}

/** The WARC files that `path` is or holds. Close each. */
export async function openSources(path: string): Promise<OpenedSources> {
  if (/\.wacz$/iu.test(path)) return packagedSources(path);
  return { sources: [rangeOf(path, path, { start: 0, size: statSync(path).size })], refused: [] };
}
