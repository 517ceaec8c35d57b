/** A harvest among hosts that break every rule: each fault ends with its name, within its limits, and the sound portals do not notice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/fetch/outcome.js';
import { startChaos } from '../farm/chaos/chaos.js';
import type { Chaos } from '../farm/chaos/chaos.js';
import { FAULTS_OF_THE_PAGE } from '../farm/chaos/faults-of-the-page.js';
import { FAULTS_OF_THE_WIRE } from '../farm/chaos/faults-of-the-wire.js';
import { PATIENCE_SECONDS, chaosNight } from './chaos-night.js';
import type { ChaosNight } from './chaos-night.js';

const FAULTS = [...FAULTS_OF_THE_WIRE, ...FAULTS_OF_THE_PAGE];
/** Beyond what the sound harvest takes: two workers may each hold a tree of 400,000 elements. */
const MEMORY_BESIDE = 512 * 2 ** 20;
/** For a machine with other work: a fault that held up others would cost each of them its whole patience, several times. */
const SLACK_MS = 15_000;

let chaos: Chaos;
let alone: ChaosNight;
let night: ChaosNight;

beforeAll(async () => {
  alone = await chaosNight(null);
  chaos = await startChaos();
  night = await chaosNight(chaos);
}, 240_000);

afterAll(() => chaos.close());

describe('the chaos portal', () => {
  it('serves at least forty faults, each under a name of its own', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
    expect(FAULTS.filter(({ outcome }) => outcome.state !== 'waiting' && outcomeOf(outcome.reason).kind !== outcome.state).map(({ name }) => name)).toEqual([]);
  });
});

describe('each fault', () => {
  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', (name, { hazard, outcome, mostRequests }) => {
    const standing = chaos.faults.find((fault) => fault.name === name);
    if (!standing) { console.warn(`${name} is left out: its certificate needs the openssl command`); return; }
    const found = night.found.get(standing.url);
    expect({ reason: found?.reason, state: found?.state }, `${hazard} ${found?.detail ?? ''}`).toEqual({ reason: outcome.reason, state: outcome.state });
    expect(found?.longestMs).toBeLessThan(PATIENCE_SECONDS * 1000 + SLACK_MS);
    if (outcome.notice !== undefined) expect(found?.notices).toContain(outcome.notice);
    if (mostRequests !== undefined) expect(chaos.requests.get(standing.host) ?? 0).toBeLessThanOrEqual(mostRequests);
  });
});

describe('beside them', () => {
  it('the sound portals give all their reports', () => {
    expect(alone.soundHeld).toBe(alone.soundReports);
    expect(night.soundHeld).toBe(night.soundReports);
    expect(night.soundReports).toBeGreaterThan(50);
  });

  it('the sound portals finish as fast as alone', () => {
    expect(night.soundMs).toBeLessThan(2 * alone.soundMs + SLACK_MS);
  });

  it('the harvest ends by itself, says that portals failed, and stays within its memory', () => {
    expect(alone.exitCode).toBe(0);
    expect(night.exitCode).toBe(3);
    expect(night.err).not.toMatch(/\n {4}at /u);
    if (night.mostMemory !== null && alone.mostMemory !== null) expect(night.mostMemory - alone.mostMemory).toBeLessThan(MEMORY_BESIDE);
  });

  it('the archive is whole', () => {
    expect(night.problems).toEqual([]);
  });
});
