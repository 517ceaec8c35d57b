/** Writes the settings as a page of the documentation. */
import { variableName } from './config-env.js';
import { settings } from './config.js';

/** Settings that are checked but change nothing yet; the page says so. `test/docs.test.ts` compares them with what the code reads. */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['notify.onFailure', 'notify.onFinish']);

/** The text of docs/settings.md: every setting with its default, what it may be, its environment variable and its sentence. */
export function settingsPage(): string {
  const rows = settings().map((setting) =>
    `| \`${setting.path}\` | \`${JSON.stringify(setting.default)}\` | ${setting.expected.replace(/\|/gu, '\\|')} | \`${variableName(setting.path)}\` | ${setting.description.replace(/\|/gu, '\\|')}${WITHOUT_EFFECT.has(setting.path) ? ' *(no effect yet)*' : ''} |`);
  return [
    '# Settings', '',
    'Each can stand in `crawler.config.ts`, in an environment variable, or (`storage`, `seeds`, `--allow-private`) in a flag; flags win over the environment, the environment over the file.',
    'An unknown or wrong key ends with exit code 2, its path and what was expected. Lists in variables are separated by commas or written as JSON. What is marked *no effect yet* is checked, and kept for a later version.', '',
    '| setting | default | may be | variable | meaning |', '|---|---|---|---|---|', ...rows, '',
  ].join('\n');
}
