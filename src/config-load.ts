/** Finds the configuration file, runs it, and resolves the settings with the environment and the flags. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { variableName } from './config-env.js';
import { defineConfig, resolveConfig, type Config, type UserConfig } from './config.js';
import { usageError } from './errors.js';

export interface LoadOrder {
  /** As given with `--config`; without it, `crawler.config.*` in `cwd`. */
  readonly configFile?: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What flags say. */
  readonly overrides: UserConfig;
  readonly cwd: string;
}

export interface LoadedConfig {
  /** `storage` and `seeds` are absolute. */
  readonly config: Config;
  /** Absolute path of the file read; null when there is none. */
  readonly file: string | null;
  /** SHA-256 of the resolved settings with paths as written, so that moving the folder does not change it. */
  readonly digest: string;
}

const NAMES = ['crawler.config.ts', 'crawler.config.mts', 'crawler.config.js', 'crawler.config.mjs', 'crawler.config.json'] as const;

function findFile(order: LoadOrder): string | null {
  if (order.configFile) {
    const named = path.resolve(order.cwd, order.configFile);
    if (!existsSync(named)) throw usageError('config-missing', `There is no configuration file ${named}.`);
    return named;
  }
  return NAMES.map((name) => path.join(order.cwd, name)).find((file) => existsSync(file)) ?? null;
}

/** Runs a configuration file. `nianbao` is this program's own shelf, so the file works with and without a build or an installation. */
async function runFile(file: string): Promise<unknown> {
  if (file.endsWith('.json')) return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/u, ''));
  const jiti = createJiti(pathToFileURL(file).href, { fsCache: false, moduleCache: false, virtualModules: { nianbao: { defineConfig } } });
  const loaded = await jiti.import<Record<string, unknown>>(file);
  if (!('default' in loaded)) throw new Error('it has no default export (expected `export default defineConfig({ … })`)');
  return loaded.default;
}

async function readUserConfig(file: string): Promise<unknown> {
  try {
    return await runFile(file);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw usageError('config-unreadable', `The configuration file ${file} cannot be read: ${reason}`, fault);
  }
}

/** JSON with sorted keys: the same settings always give the same text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part);
}

/** Paths in the file and the defaults are relative to the file; paths in flags and the environment to where the user stands. */
function absolutePaths(config: Config, order: LoadOrder, file: string | null): Config {
  const folder = file === null ? order.cwd : path.dirname(file);
  const base = (key: 'seeds' | 'storage') =>
    order.overrides[key] !== undefined || order.env[variableName(key)] !== undefined ? order.cwd : folder;
  return {
    ...config,
    storage: path.resolve(base('storage'), config.storage),
    seeds: config.seeds.map((seedFile) => path.resolve(base('seeds'), seedFile)),
  };
}

/**
 * The settings in force. Without a file the defaults hold; a file that is named but missing, fails to run, or holds a
 * wrong key is a usage error (exit 2) that names the file.
 */
export async function loadConfig(order: LoadOrder): Promise<LoadedConfig> {
  const file = findFile(order);
  const user = file === null ? {} : await readUserConfig(file);
  const resolved = resolveIn(file, user, order);
  const digest = createHash('sha256').update(canonicalJson(resolved)).digest('hex');
  return { config: absolutePaths(resolved, order, file), file, digest };
}

function resolveIn(file: string | null, user: unknown, order: LoadOrder): Config {
  try {
    return resolveConfig(user, order.env, order.overrides);
  } catch (fault) {
    if (file === null || !(fault instanceof Error)) throw fault;
    throw usageError('config-invalid', `${file}: ${fault.message}`, fault);
  }
}
