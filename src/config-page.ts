/** Writes the settings as a page of the documentation. */
import { variableName } from './config-env.js';
import { settings } from './config.js';

/** Settings that are checked but change nothing yet; the page says so. `test/docs.test.ts` compares them with what the code reads. */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set<string>();

/** The text of docs/settings.md: every setting with its default, what it may be, its environment variable and its sentence. */
export function settingsPage(): string {
  const rows = settings().map((setting) =>
    `| \`${setting.path}\` | \`${JSON.stringify(setting.default)}\` | ${setting.expected.replace(/\|/gu, '\\|')} | \`${variableName(setting.path)}\` | ${setting.description.replace(/\|/gu, '\\|')}${WITHOUT_EFFECT.has(setting.path) ? ' *(no effect yet)*' : ''} |`);
  return [
    '# Settings', '',
    'Each can stand in `crawler.config.ts`, in an environment variable, or (`storage`, `seeds`, `--allow-private`) in a flag; flags win over the environment, the environment over the file.',
    'An unknown or wrong key ends with exit code 2, its path and what was expected. Lists in variables are separated by commas or written as JSON.', '',
    'Secrets stand in the environment only, never in the file: `NIANBAO_SMTP_URL` (`smtps://user:password@mail.example.org`, or `smtp://` for STARTTLS) for mail, `NIANBAO_WEBHOOK_TOKEN` (sent as `Authorization: Bearer`) for webhooks.',
    'A webhook whose address is itself a secret is given in `NIANBAO_NOTIFY_ON_FAILURE` or `NIANBAO_NOTIFY_ON_FINISH`; in the file it is refused.', '',
    '| setting | default | may be | variable | meaning |', '|---|---|---|---|---|', ...rows, '',
  ].join('\n');
}
