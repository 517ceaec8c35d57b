/** What starts the scheduler on a machine: a systemd unit, or a line for cron, with the paths and settings of here. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSecretVariable } from '../config-env.js';
import { usageError } from '../errors.js';
import type { CommandContext } from './context.js';

/** The global options as typed. */
export type GivenOptions = Readonly<Record<string, unknown>>;

const CLI = fileURLToPath(new URL('../cli.js', import.meta.url));

/** The options that name what is harvested, with whole paths: the unit may start anywhere. */
function optionWords(cwd: string, given: GivenOptions): string[] {
  const path = (name: string): string[] => (typeof given[name] === 'string' ? [`--${name}`, resolve(cwd, given[name])] : []);
  const seeds = Array.isArray(given['seeds']) ? (given['seeds'] as string[]).map((file) => resolve(cwd, file)) : [];
  return [...path('config'), ...path('storage'), ...(seeds.length > 0 ? ['--seeds', ...seeds] : []), ...(given['allowPrivate'] ? ['--allow-private'] : [])];
}

function refuseLineBreaks(words: readonly string[]): void {
  const wrong = words.find((word) => /[\n\r\0]/u.test(word));
  if (wrong !== undefined) throw usageError('schedule-print', `${JSON.stringify(wrong)} holds a line break, which no unit can carry. Rename it, or write the unit by hand.`);
}

/** A word of a systemd unit: quoted, with what systemd would replace doubled (systemd.syntax, systemd.exec). */
const systemdWord = (word: string): string => `"${word.replace(/[\\"]/gu, '\\$&').replaceAll('%', '%%').replaceAll('$', () => '$$')}"`;

/** Settings from the environment hold for the unit too. Values are not expanded, so `$` stays single. */
const systemdSetting = ([name, value]: readonly [string, string]): string => `Environment="${name}=${value.replace(/[\\"]/gu, '\\$&').replaceAll('%', '%%')}"`;

/** What a unit is made of. `secrets`: names of variables that are set here and whose values are not printed. */
interface UnitFacts {
  readonly cwd: string;
  readonly words: readonly string[];
  readonly settings: readonly (readonly [string, string])[];
  readonly secrets: readonly string[];
}

/** A unit can be read by everybody on the machine, and printed text ends in logs and chats. */
function systemdSecrets(secrets: readonly string[]): string {
  return secrets.length === 0 ? '' : `# Secrets are not printed. Put ${secrets.join(', ')} into this file, as NAME="value" lines, and: chmod 600
EnvironmentFile=-%h/.config/nianbao/secrets
`;
}

function systemdUnit({ cwd, words, settings, secrets }: UnitFacts): string {
  return `# Save as ~/.config/systemd/user/nianbao.service, then:
#   systemctl --user daemon-reload && systemctl --user enable --now nianbao
#   loginctl enable-linger "$USER"      (so that it runs while nobody is logged in)
#   journalctl --user -u nianbao -f
[Unit]
Description=nianbao, archive crawler for annual reports

[Service]
Type=simple
WorkingDirectory=${cwd.replaceAll('%', '%%')}
${settings.map((setting) => `${systemdSetting(setting)}\n`).join('')}${systemdSecrets(secrets)}ExecStart=${words.map(systemdWord).join(' ')}
# 130: ended by a signal after a clean checkpoint. 2 and 4 do not get better by starting again.
SuccessExitStatus=130
Restart=on-failure
RestartSec=300
RestartPreventExitStatus=2 4
# The request in flight may take its time; what is committed is safe in any case.
TimeoutStopSec=180
Nice=10

[Install]
WantedBy=default.target
`;
}

/** A word for the shell that cron starts; cron itself reads % as a line end unless it is marked. */
const shellWord = (word: string): string => (/^[\w@+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`);

function cronLine({ cwd, words, settings, secrets }: UnitFacts): string {
  const environment = settings.map(([name, value]) => `${name}=${shellWord(value)} `).join('');
  const command = `cd ${shellWord(cwd)} && ${environment}${words.map(shellWord).join(' ')}`;
  return `# For "crontab -e". cron only asks every quarter of an hour whether a night is due: time zone, season, jitter and missed nights are nianbao's own.${secrets.length === 0 ? '' : `\n# Secrets are not printed. Put ${secrets.join(', ')} above this line, as NAME="value" lines of the crontab.`}
*/15 * * * * ${command.replaceAll('%', '\\%')}
`;
}

/** The text to install: `kind` is `systemd` or `cron`. Error: `schedule-print`. */
export function printedUnit(kind: string, context: Pick<CommandContext, 'cwd'>, given: GivenOptions, env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (kind !== 'systemd' && kind !== 'cron') throw usageError('schedule-print', `"${kind}" cannot be printed; there are systemd and cron.`);
  const words = [process.execPath, CLI, 'schedule', ...(kind === 'cron' ? ['--once', '--quiet'] : []), ...optionWords(context.cwd, given)];
  const all = Object.entries(env).filter((pair): pair is [string, string] => pair[0].startsWith('NIANBAO_') && pair[1] !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  const settings = all.filter((pair) => !isSecretVariable(...pair));
  const secrets = all.filter((pair) => isSecretVariable(...pair)).map(([name]) => name);
  refuseLineBreaks([context.cwd, ...words, ...settings.flat()]);
  const facts: UnitFacts = { cwd: context.cwd, words, settings, secrets };
  return kind === 'systemd' ? systemdUnit(facts) : cronLine(facts);
}
