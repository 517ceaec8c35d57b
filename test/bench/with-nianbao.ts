/** The course run by nianbao: the harvest as the command runs it, derived text and metadata included. */
import { resolveConfig } from '../../src/config.js';
import { harvest } from '../../src/harvest/harvest.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { readSeeds } from '../../src/seeds/read.js';
import { openArchive } from '../../src/store/open.js';
import type { Course } from './contestant.js';

/** Harvests the course into `<folder>/nianbao.sqlite`. Returns when the last page was stored, on the clock of `performance.now()`; reading goes on after that. */
export async function crawlWithNianbao(course: Course): Promise<number> {
  const config = resolveConfig({
    storage: course.folder, seeds: [course.seeds], politeness: { delaySeconds: course.delaySecs, maxHosts: 256 }, network: { allowPrivateAddresses: true }, browser: { use: 'never' },
  });
  const divisions = loadDivisions();
  const { seeds } = await readSeeds([course.seeds], divisions);
  const database = openArchive(course.folder);
  let storedMs = 0;
  await harvest({
    command: 'harvest', database, config, configDigest: '', toolVersion: 'bench', seeds, places: [], divisions, now: Date.now,
    signal: new AbortController().signal, onVisit: ({ half }) => { if (half === 'harvest') storedMs = performance.now(); },
  });
  database.close();
  return storedMs;
}
