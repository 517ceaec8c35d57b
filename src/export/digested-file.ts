/** Writes a file piece by piece and knows its size and digest when it is closed. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Shape } from './record-shape.js';

/** A file of an export as the manifest lists it. */
export interface WrittenFile {
  /** Relative to the export's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** What the file's rows hold, where it has rows: the Data Package tells it. */
  readonly table?: TableFacts;
}

export interface TableFacts {
  readonly columns: readonly (readonly [name: string, shape: Shape])[];
  readonly rows: number;
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

  /** Bytes written so far, those that are still gathered included once they are flushed. */
  get offset(): number {
    this.#flush();
    return this.#bytes;
  }

  append(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= GATHERED) this.#flush();
  }

  /** Writes bytes as they are, after what was appended before; they may be changed by their owner afterwards. */
  appendBytes(bytes: Uint8Array): void {
    this.#flush();
    this.#write(bytes);
  }

  close(table?: TableFacts): WrittenFile {
    this.#flush();
    closeSync(this.#descriptor);
    return { path: this.#path, bytes: this.#bytes, sha256: this.#digest.digest('hex'), ...(table ? { table } : {}) };
  }

  #flush(): void {
    if (this.#waiting === '') return;
    const waiting = this.#waiting;
    this.#waiting = '';
    this.#write(Buffer.from(waiting, 'utf8'));
  }

  #write(bytes: Uint8Array): void {
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
