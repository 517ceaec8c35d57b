/** Reads settings from environment variables: `NIANBAO_` and the setting's path in capitals. */
import { nearest } from './config-faults.js';
import { secretIn } from './config-rules.js';

const PREFIX = 'NIANBAO_';

/** Variables that hold secrets: they are no settings, stand in no file, and are read where they are used. */
export const SECRET_VARIABLES: ReadonlySet<string> = new Set(['NIANBAO_SMTP_URL', 'NIANBAO_WEBHOOK_TOKEN']);

/** Whether a variable's value must not be shown or copied: it is a secret, or holds a webhook's address with one in it. */
export function isSecretVariable(name: string, value: string): boolean {
  return SECRET_VARIABLES.has(name) || (/^NIANBAO_NOTIFY_ON_/u.test(name) && value.split(/[\s,"[\]]+/u).some((address) => secretIn(address) !== null));
}

export interface EnvironmentSettings {
  /** Nested as the configuration is. */
  readonly values: Record<string, unknown>;
  /** Setting path to the variable that set it, for messages. */
  readonly variables: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** `politeness.delaySeconds` gives `NIANBAO_POLITENESS_DELAY_SECONDS`. */
export function variableName(path: string): string {
  return PREFIX + path.replaceAll('.', '_').replace(/[A-Z]/gu, (capital) => `_${capital}`).toUpperCase();
}

function list(text: string): unknown {
  if (!text.trimStart().startsWith('[')) return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Text in the shape of the setting's default; text that does not fit stays text and is refused by the table. */
function valueOf(text: string, initial: unknown): unknown {
  if (Array.isArray(initial)) return list(text);
  if (typeof initial === 'number') return /^-?\d+(?:\.\d+)?$/u.test(text.trim()) ? Number(text) : text;
  if (typeof initial === 'boolean') return { true: true, yes: true, 1: true, false: false, no: false, 0: false }[text.trim().toLowerCase()] ?? text;
  return initial === null && (text === '' || text === 'null') ? null : text;
}

function place(values: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let group = values;
  for (const key of keys) group = (group[key] ??= {}) as Record<string, unknown>;
  group[last] = value;
}

/** Settings named in the environment. A `NIANBAO_` variable that names no setting is a problem: it would silently do nothing. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  settings: readonly { readonly path: string; readonly default: unknown }[],
): EnvironmentSettings {
  const byName = new Map(settings.map((setting) => [variableName(setting.path), setting]));
  const values: Record<string, unknown> = {};
  const variables = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || text === undefined || SECRET_VARIABLES.has(name)) continue;
    const setting = byName.get(name);
    if (setting) {
      place(values, setting.path, valueOf(text, setting.default));
      variables.set(setting.path, name);
    } else {
      const close = nearest(name, [...byName.keys()]);
      problems.push(`${name}: no such setting${close ? `; did you mean ${close}?` : ''}`);
    }
  }
  return { values, variables, problems };
}
