/** Shows a run as it goes: a live bar on a terminal, one line a portal in a pipe. */
import { performance } from 'node:perf_hooks';
import { SingleBar, Presets } from 'cli-progress';
import type { Log } from '../log.js';
import { safeForTerminal } from '../log.js';
import { counted } from '../report/counted.js';
import type { Seed } from '../record.js';
import { timeLeft } from './estimate.js';
import type { VisitEvent } from './world.js';

export interface Progress {
  readonly onVisit: (event: VisitEvent) => void;
  /** Takes the bar off and prints the lines of portals not yet told about. */
  end(): void;
}

interface PortalTally {
  pages: number;
  unchanged: number;
  newReports: number;
  changedReports: number;
  readonly troubles: Map<string, number>;
}

const UNCHANGED: ReadonlySet<string> = new Set(['not-modified', 'identical']);

function nameOf(seed: Seed | undefined, portalId: string): string {
  if (!seed) return portalId;
  const address = seed.columns[0] ?? seed.home;
  return `${seed.agency ?? portalId} (${address === null || address === undefined ? 'no address' : new URL(address).host})`;
}

function lineOf(name: string, tally: PortalTally): string {
  const troubles = [...tally.troubles].map(([reason, times]) => `${times} ${reason}`).join(', ');
  const parts = [counted(tally.pages, 'page'), `${tally.unchanged} unchanged`, `${tally.newReports} new`, `${tally.changedReports} changed`];
  return `${name}: ${parts.join(', ')}${troubles === '' ? '' : `; ${troubles}`}`;
}

/** Keeps the counts of each portal. */
class PortalTallies {
  readonly #tallies = new Map<string, PortalTally>();

  of(portalId: string): PortalTally {
    let tally = this.#tallies.get(portalId);
    if (!tally) this.#tallies.set(portalId, tally = { pages: 0, unchanged: 0, newReports: 0, changedReports: 0, troubles: new Map() });
    return tally;
  }

  add(event: VisitEvent): PortalTally {
    const tally = this.of(event.portalId);
    // A stored page that turns out to be none was counted when it came.
    if (event.half === 'derive' && event.state !== 'captured') tally.pages -= 1;
    if (event.half === 'harvest' && event.state === 'captured') tally.pages += 1;
    if (UNCHANGED.has(event.reason)) tally.unchanged += 1;
    if (event.isReport && event.change === 'new') tally.newReports += 1;
    if (event.isReport && event.change === 'changed') tally.changedReports += 1;
    if (event.state === 'failed' || event.state === 'skipped') tally.troubles.set(event.reason, (tally.troubles.get(event.reason) ?? 0) + 1);
    return tally;
  }

  entries(): IterableIterator<[string, PortalTally]> {
    return this.#tallies.entries();
  }
}

function barProgress(log: Log, portals: number): Progress {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} pages | {reports} reports | {hosts} portals | {left} | {last}', stream: process.stderr, hideCursor: true, clearOnComplete: true, forceRedraw: false,
  }, Presets.shades_classic);
  const tallies = new PortalTallies();
  let total = portals;
  let done = 0;
  let reports = 0;
  const beganMs = performance.now();
  bar.start(total, 0, { reports: 0, hosts: portals, left: '', last: '' });
  return {
    onVisit: (event) => {
      tallies.add(event);
      total += event.newCandidates;
      if (event.half === 'harvest' && event.state !== 'waiting') done += 1;
      if (event.isReport && event.change === 'new') reports += 1;
      bar.setTotal(Math.max(total, done));
      bar.update(done, { reports, hosts: portals, left: `${timeLeft(performance.now() - beganMs, done, total)} for the pages known so far`, last: safeForTerminal(event.url).slice(0, 60) });
    },
    end: () => {
      bar.stop();
      log.detail(`${counted(done, 'page')} visited`);
    },
  };
}

function lineProgress(log: Log, seeds: ReadonlyMap<string, Seed>): Progress {
  const tallies = new PortalTallies();
  return {
    onVisit: (event) => {
      tallies.add(event);
      log.detail(`${event.half} ${event.state} ${event.reason} ${event.url}${event.detail === null ? '' : ` (${event.detail})`}`);
    },
    end: () => {
      for (const [portalId, tally] of tallies.entries()) log.line(lineOf(nameOf(seeds.get(portalId), portalId), tally));
    },
  };
}

/** Progress for a run over `seeds`: `live` draws a bar on stderr, otherwise each portal gets its line at the end. */
export function createProgress(log: Log, seeds: readonly Seed[], live: boolean): Progress {
  if (live && log.level === 'normal') return barProgress(log, seeds.length);
  return lineProgress(log, new Map(seeds.map((seed) => [seed.portalId, seed])));
}
