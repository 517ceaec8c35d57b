/** The portal farm: imitations of real portals on loopback, deterministic from a seed number. All texts are made up. */
import type { Server } from 'node:http';
import { FAMILY_PORTALS, FURTHER_PORTALS, PORTALS } from './portals/index.js';
import type { World } from './publisher.js';
import { scaledHosts } from './scale.js';
import { seedList } from './seed-list.js';
import type { Reception } from './server.js';
import { listen, shut } from './server.js';
import type { Farm, FarmLogEntry, FarmOptions, FarmPortal, FarmReport, Season } from './shapes.js';
import type { Respond, Site } from './site.js';

export type * from './shapes.js';

/** The present state of the farm, whichever kind it is. */
interface Stand {
  readonly portals: readonly FarmPortal[];
  readonly reports: () => readonly FarmReport[];
  readonly respond: ReadonlyMap<string, Respond>;
}

function standOfPortals(world: World, { families = false, large = false, only }: FarmOptions): Stand {
  const builders = [...PORTALS, ...(families || large || only ? FAMILY_PORTALS : []), ...(large || only ? FURTHER_PORTALS : [])];
  return standOfSites(builders.map((build) => build(world)).filter((site) => !only || only.includes(site.portal.id)));
}

function standOfSites(sites: readonly Site[]): Stand {
  const reports = sites.flatMap((site) => site.reports);
  return { portals: sites.map((site) => site.portal), reports: () => reports, respond: new Map(sites.map((site) => [site.portal.host, site.respond])) };
}

function standOfMany(options: FarmOptions, origin: (host: string) => string): Stand {
  const hosts = scaledHosts(options.seed ?? 1, options.scale ?? { hosts: 1, reportsPerHost: 1 }, origin);
  let reports: FarmReport[] | null = null;
  const respond = new Map(hosts.map((host) => [host.portal.host, host.respond]));
  return { portals: hosts.map((host) => host.portal), reports: () => (reports ??= hosts.flatMap((host) => host.reports())), respond };
}

/** 127.0.1.1, 127.0.1.2 …: an address of its own for each host. */
function addressOf(index: number): string {
  return `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
}

/** Which address each scaled host has, by host name; empty without `anyLoopback`. */
function addresses(options: FarmOptions): Map<string, string> {
  if (!options.anyLoopback || !options.scale) return new Map();
  const name = (index: number): string => `h${String(index + 1).padStart(4, '0')}.farm.localhost`;
  return new Map(Array.from({ length: options.scale.hosts }, (_, index) => [name(index), addressOf(index)]));
}

/** Listens on 127.0.0.1 first, then on the same port of every other address. Closes what it opened when one fails. */
async function listenEverywhere(desk: Reception, port: number, more: Iterable<string>): Promise<{ servers: Server[]; port: number }> {
  const first = await listen(desk, '127.0.0.1', port);
  const servers = [first.server];
  try {
    for (const address of more) servers.push((await listen(desk, address, first.port)).server);
  } catch (error) {
    await Promise.all(servers.map(shut));
    throw error;
  }
  return { servers, port: first.port };
}

/** Starts a farm. Throws when the port, or with `anyLoopback` one of the addresses, cannot be listened on. */
export async function startFarm(options: FarmOptions = {}): Promise<Farm> {
  const log: FarmLogEntry[] = [];
  const byHost = addresses(options);
  const byAddress = new Map([...byHost].map(([host, address]) => [address, host]));
  const state: { port: number; stand: Stand | null } = { port: 0, stand: null };
  const failures = new Map<string, Map<string, number>>();
  const desk: Reception = {
    siteOf: (host) => state.stand?.respond.get(byAddress.get(host) ?? host) ?? null,
    clock: options.clock ?? (() => new Date()),
    record: (entry) => {
      log.push(entry);
      options.onRequest?.(entry);
    },
  };
  const { servers, port } = await listenEverywhere(desk, options.port ?? 0, byAddress.keys());
  const origin = (host: string): string => `http://${byHost.get(host) ?? host}:${port}`;
  const failuresOf = (host: string): Map<string, number> => {
    const known = failures.get(host) ?? new Map<string, number>();
    failures.set(host, known);
    return known;
  };
  const worldOf = (season: Season): World => ({ seed: options.seed ?? 1, season, origin, failures: failuresOf });
  const calendar = options.calendar?.(worldOf(1));
  const build = (season: Season): Stand => (options.scale ? standOfMany(options, origin) : standOfPortals(worldOf(season), options));
  let stand = (state.stand = calendar ? standOfSites(calendar(options.clock?.() ?? new Date())) : build(options.season ?? 1));
  return {
    ...{ port, origin, log },
    get reports() {
      return stand.reports();
    },
    get portals() {
      return stand.portals;
    },
    seedsCsv: () => seedList(stand.portals, origin),
    setSeason: (season) => {
      stand = state.stand = build(season);
    },
    turnPage: () => {
      if (calendar) stand = state.stand = standOfSites(calendar(options.clock?.() ?? new Date()));
    },
    close: async () => {
      await Promise.all(servers.map(shut));
    },
  };
}
