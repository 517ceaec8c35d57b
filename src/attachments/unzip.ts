/** Opens ZIP files without believing what they say of their own size. */
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import yauzl from 'yauzl';
import { UnreadableFile } from './unreadable-file.js';

/** Over all entries, unpacked. A report of 300 pages with its pictures met had 40 MiB. */
const MOST_BYTES = 96 * 2 ** 20;
/** Entries looked at; office files met have some fifty. */
const MOST_ENTRIES = 2000;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const openZip = promisify<Buffer, yauzl.Options, yauzl.ZipFile>((bytes, options, callback) => { yauzl.fromBuffer(bytes, options, (error, file) => callback(error, file)); });

async function bytesOf(zip: yauzl.ZipFile, entry: yauzl.Entry, left: number): Promise<Uint8Array> {
  if (entry.uncompressedSize > left) throw new UnreadableFile('attachment-too-large', `the archive unpacks to more than ${MOST_BYTES / 2 ** 20} MiB`);
  const stream = await promisify(zip.openReadStream.bind(zip) as (entry: yauzl.Entry, callback: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void)(entry);
  const chunks: Buffer[] = [];
  let size = 0;
  // yauzl itself ends an entry that unpacks to more than it says.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Files of the archive, in its own order. Throws `UnreadableFile` for what is damaged, encrypted or too large. */
export async function unzip(payload: Uint8Array): Promise<ZipEntry[]> {
  try {
    const zip = await openZip(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), { lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
    if (zip.entryCount > MOST_ENTRIES) throw new UnreadableFile('attachment-too-large', `the archive has ${zip.entryCount} entries`);
    const entries: ZipEntry[] = [];
    let left = MOST_BYTES;
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: yauzl.Entry) => {
        const name = nameOf(entry);
        if (name.endsWith('/')) { zip.readEntry(); return; }
        bytesOf(zip, entry, left).then((bytes) => { left -= bytes.length; entries.push({ name, bytes }); zip.readEntry(); }, reject);
      });
      zip.readEntry();
    });
    return entries;
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('attachment-unreadable', `the ZIP archive is damaged or encrypted (${(error as Error).message})`);
  }
}

/** Chinese packers write names in GBK unless the flag for UTF-8 (bit 11) is set. */
function nameOf(entry: yauzl.Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  return new TextDecoder((entry.generalPurposeBitFlag & 0x800) === 0 ? 'gb18030' : 'utf-8').decode(raw).replaceAll('\\', '/');
}

/** The same files in an archive that tells the truth about its sizes, for libraries that believe it. */
export function repacked(entries: readonly ZipEntry[]): Uint8Array {
  return zipSync(Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes])), { level: 0 });
}
