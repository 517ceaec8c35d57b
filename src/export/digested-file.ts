/** Writes a file piece by piece and knows its size and digest when it is closed. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of an export as the manifest lists it. */
export interface WrittenFile {
  /** Relative to the export's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Pieces are gathered to this many characters before they go to disk. */
const GATHERED = 1 << 18;

/** A new file under `folder`; never follows or overwrites what is there (`wx`). */
export class DigestedFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #digest = createHash('sha256');
  #waiting = '';
  #bytes = 0;

  constructor(folder: string, path: string) {
    const file = join(folder, ...path.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    this.#path = path;
    this.#descriptor = openSync(file, 'wx');
  }

  append(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= GATHERED) this.#flush();
  }

  close(): WrittenFile {
    this.#flush();
    closeSync(this.#descriptor);
    return { path: this.#path, bytes: this.#bytes, sha256: this.#digest.digest('hex') };
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting, 'utf8');
    this.#waiting = '';
    this.#digest.update(bytes);
    this.#bytes += bytes.length;
    for (let written = 0; written < bytes.length;) written += writeSync(this.#descriptor, bytes, written);
  }
}

/** Writes a whole small file. */
export function writeDigested(folder: string, path: string, text: string): WrittenFile {
  const file = new DigestedFile(folder, path);
  file.append(text);
  return file.close();
}
