/** A fuzzer against the clock: no throw, no hang over a second, no growth. `FUZZ_SEED=N FUZZ_SECONDS=S npm run test:long` begins at a number; one that failed stands in the message. */
import { expect, it } from 'vitest';
import { loadDivisions } from '../src/seeds/divisions.js';
import { caseOf, corpus, readCase } from './fuzz.js';
import type { Trouble } from './fuzz.js';

const FIRST = Number(process.env['FUZZ_SEED'] ?? 1);
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 300);
/** Of our own time: a machine with other work takes longer for the same. */
const LONGEST_MS = 1000;
const GROWTH = 128 * 2 ** 20;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Of one case the second reading counts: the first may pay for tables that are made once, or for the garbage of others. */
async function troubleOf(seed: number, pages: readonly Buffer[]): Promise<Trouble | null> {
  const fuzzed = caseOf(seed, pages);
  const { room } = fuzzed;
  try {
    let took = Infinity;
    for (let times = 0; times < 2 && took > LONGEST_MS; times += 1) {
      const began = cpuMs();
      await readCase(fuzzed, loadDivisions());
      took = cpuMs() - began;
    }
    return took > LONGEST_MS ? { seed, room, what: `took ${Math.round(took)} ms for ${fuzzed.bytes.length} bytes` } : null;
  } catch (error) {
    return { seed, room, what: (error as Error).stack?.split('\n').slice(0, 4).join(' ') ?? String(error) };
  }
}

it('rooms read whatever is sent', async () => {
  const pages = await corpus();
  expect(pages.length).toBeGreaterThan(50);
  const troubles: Trouble[] = [];
  const until = performance.now() + SECONDS * 1000;
  let [seed, settled, most] = [FIRST, 0, 0];
  for (; performance.now() < until && troubles.length < 20; seed += 1) {
    const trouble = await troubleOf(seed, pages);
    if (trouble) troubles.push(trouble);
    if ((seed - FIRST) % 500 !== 499) continue;
    const held = process.memoryUsage().heapUsed;
    // What was held after the first thousands is what the tables need.
    if (seed - FIRST < 3000) settled = Math.max(settled, held);
    else most = Math.max(most, held);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  console.log(`fuzzed ${seed - FIRST} cases, numbers ${FIRST} to ${seed - 1}`);
  expect(troubles).toEqual([]);
  expect(seed - FIRST).toBeGreaterThan(SECONDS);
  if (most > 0) expect(most - settled).toBeLessThan(GROWTH);
});
