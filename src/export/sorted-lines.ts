/** Sorts more lines than memory holds: sorted runs go to disk and are merged line by line. */
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Characters gathered before a run is written; the merge holds one piece of each run. */
const RUN_CHARACTERS = 16 << 20;
const PIECE_BYTES = 1 << 16;

/** By code points as bytes would be sorted: index lines are ASCII but for what addresses keep. */
const inByteOrder = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)));

function* linesOf(path: string): Generator<string> {
  const descriptor = openSync(path, 'r');
  try {
    const decoder = new TextDecoder('utf-8');
    const piece = Buffer.alloc(PIECE_BYTES);
    let rest = '';
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
      const lines = (rest + decoder.decode(piece.subarray(0, read), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Takes lines in any order and gives them back sorted by their bytes. */
export class SortedLines {
  readonly #folder: string;
  readonly #runCharacters: number;
  readonly #runs: string[] = [];
  #waiting: string[] = [];
  #characters = 0;

  /** `folder` is made when it is needed, and removed by `drain`. */
  constructor(folder: string, runCharacters = RUN_CHARACTERS) {
    this.#folder = folder;
    this.#runCharacters = runCharacters;
  }

  add(line: string): void {
    this.#waiting.push(line);
    this.#characters += line.length;
    if (this.#characters >= this.#runCharacters) this.#spill();
  }

  /** All lines in order; once. */
  *drain(): Generator<string> {
    const sources = [...this.#runs.map(linesOf), this.#sorted()[Symbol.iterator]()];
    const heads = sources.map((source) => source.next());
    for (;;) {
      let least = -1;
      heads.forEach((head, index) => {
        const known = heads[least];
        if (!head.done && (known === undefined || known.done || inByteOrder(head.value, known.value) < 0)) least = index;
      });
      const head = heads[least];
      const source = sources[least];
      if (!head || head.done || !source) break;
      yield head.value;
      heads[least] = source.next();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #sorted(): string[] {
    const sorted = this.#waiting.sort(inByteOrder);
    this.#waiting = [];
    return sorted;
  }

  #spill(): void {
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, String(this.#runs.length));
    writeFileSync(path, `${this.#sorted().join('\n')}\n`, { flag: 'wx' });
    this.#runs.push(path);
    this.#characters = 0;
  }
}
