/** Runs the farm by hand: `node dist/test/farm/main.js [--port N] [--seed N] [--season 1|2] [--families] [--large] [--log FILE] [--seeds FILE] [--hosts N --reports N [--latency MS] [--addresses]]`. */
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FarmOptions } from './farm.js';
import { startFarm } from './farm.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    season: { type: 'string', default: '1' },
    families: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    log: { type: 'string' },
    seeds: { type: 'string' },
    hosts: { type: 'string' },
    reports: { type: 'string', default: '10' },
    latency: { type: 'string', default: '0' },
    addresses: { type: 'boolean', default: false },
  },
});

const logFile = values.log === undefined ? null : openSync(values.log, 'a');

const options: FarmOptions = {
  port: Number(values.port),
  seed: Number(values.seed),
  season: values.season === '2' ? 2 : 1,
  families: values.families,
  large: values.large,
  anyLoopback: values.addresses,
  onRequest: (entry) => {
    if (logFile !== null) writeSync(logFile, `${JSON.stringify(entry)}\n`);
  },
  ...(values.hosts === undefined
    ? {}
    : { scale: { hosts: Number(values.hosts), reportsPerHost: Number(values.reports), latencyMs: Number(values.latency) } }),
};

const farm = await startFarm(options);
const seedsFile = values.seeds ?? join(tmpdir(), `farm-seeds-${farm.port}.csv`);
writeFileSync(seedsFile, farm.seedsCsv());
process.stdout.write(`${JSON.stringify({ port: farm.port, seeds: seedsFile, portals: farm.portals.length })}\n`);

/** A line `season 2` on stdin changes the night; the end of stdin changes nothing. */
process.stdin.on('data', (line) => {
  const season = /season ([12])/.exec(String(line))?.[1];
  if (season) farm.setSeason(season === '2' ? 2 : 1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void farm.close().then(() => process.exit(0)));
