/** Harvests tell whom the settings name: what they tell, when, and that a notice which fails fails nothing. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/context.js';
import { harvestCommand, recrawlCommand } from '../../src/commands/harvest.js';
import type { UserConfig } from '../../src/config.js';
import { takeWriterLock } from '../../src/store/writer-lock.js';
import { QUICK_ENV, run } from '../harvest/command-line.js';
import { openNights } from '../harvest/nights.js';
import type { Nights } from '../harvest/nights.js';
import { openMail, openWeb } from '../notify/receivers.js';
import type { MailReceiver, WebReceiver } from '../notify/receivers.js';

interface Data { text: string; event: string; exitCode: number; counts?: Record<string, number>; alarms?: { kind: string; sentence: string }[]; run?: { runId: number }; code?: string; message?: string }

let nights: Nights;
let web: WebReceiver;
let mail: MailReceiver;

beforeEach(async () => {
  [nights, web, mail] = await Promise.all([openNights({ only: ['moved-column'] }), openWeb(), openMail()]);
});
afterEach(() => Promise.all([nights.close(), web.close(), mail.close()]));

const hook = (path: string): string => `http://127.0.0.1:${web.port}/${path}`;
const told = (path: string): Data[] => web.posted.filter((posted) => posted.path === `/${path}`).map(({ body }) => JSON.parse(body) as Data);

function context(changes: UserConfig = {}): CommandContext {
  return {
    ...nights.context({ notify: { onFinish: [hook('finish'), 'mailto:leser@example.org'], onFailure: [hook('failure')] }, ...changes }),
    secrets: { smtpUrl: `smtp://127.0.0.1:${mail.port}`, webhookToken: null }, patience: { attempts: 2, firstPauseMs: 5, longestPauseMs: 10, attemptMs: 10_000 },
  };
}

describe('a harvest', () => {
  it('that goes well tells those of onFinish, with counts, and mails the morning page', async () => {
    expect(await harvestCommand(context(), { places: [] })).toBe(0);
    const reports = nights.farm.reports.length;
    expect(told('finish')).toMatchObject([{ event: 'harvest-ended', exitCode: 0, counts: { new: reports, changed: 0 }, alarms: [], run: { runId: 1 } }]);
    expect(told('finish')[0]?.text).toContain(`${reports} new`);
    expect(told('failure')).toEqual([]);
    expect(mail.mailed).toHaveLength(1);
    expect(mail.mailed[0]?.source).toContain('text/html');
  });

  it('that raises an alarm, or in which portals fail, tells those of onFailure too', async () => {
    await harvestCommand(context(), { places: [] });
    nights.farm.setSeason(2);
    const code = await harvestCommand(context(), { places: [] });
    const alarms = nights.rows<{ kind: string }>('SELECT kind FROM v_alarm WHERE raised_run_id = 2');
    expect(alarms.length).toBeGreaterThan(0);
    expect(told('failure')).toMatchObject([{ event: 'harvest-ended', exitCode: code, alarms: alarms.map(({ kind }) => ({ kind })) }]);
    expect(told('finish')).toHaveLength(2);
  });

  it('that breaks off tells so, and still breaks off', async () => {
    writeFileSync(nights.seedsFile, 'code,agency,home\n');
    await expect(harvestCommand(context(), { places: [] })).rejects.toMatchObject({ code: 'no-seeds' });
    expect(told('failure')).toMatchObject([{ event: 'harvest-failed', code: 'no-seeds', exitCode: 2 }]);
    expect(told('finish')).toHaveLength(1);
  });

  it('that finds another one at work tells nobody', async () => {
    const lock = takeWriterLock(nights.folder, 'harvest', new Date().toISOString());
    try {
      await expect(harvestCommand(context(), { places: [] })).rejects.toMatchObject({ exitCode: 4 });
    } finally {
      lock.release();
    }
    expect(web.posted).toEqual([]);
  });

  it('whose notices fail ends as it would have, and says what could not be told', async () => {
    web.answers.push(404);
    const code = await harvestCommand({ ...context({ notify: { onFinish: [hook('finish'), 'mailto:leser@example.org'] } }), secrets: { smtpUrl: null, webhookToken: null } }, { places: [] });
    expect(code).toBe(0);
    const { err } = nights.said();
    expect(err).toContain(`127.0.0.1:${web.port} could not be told how the harvest ended: it answered 404`);
    expect(err).toContain('NIANBAO_SMTP_URL is not set');
  });

  it('from the command line takes its secrets from the environment, and shows none of them', async () => {
    const guarded = await openMail({ user: 'archiv@example.org', pass: 'geheim-1' });
    try {
      const env = {
        ...QUICK_ENV, NIANBAO_NOTIFY_ON_FINISH: `${hook('finish?key=geheim-2')},mailto:leser@example.org`, NIANBAO_WEBHOOK_TOKEN: 'geheim-3',
        NIANBAO_SMTP_URL: `smtp://archiv%40example.org:geheim-1@127.0.0.1:${guarded.port}`,
      };
      const { code, out, err } = await run(['harvest', '--storage', nights.folder, '--seeds', nights.seedsFile, '--allow-private', '--verbose'], { cwd: nights.folder, env });
      expect([code, out]).toEqual([0, expect.stringMatching(/^Run \d+: /u)]);
      expect(web.posted.map(({ path, headers }) => [path, headers.authorization])).toEqual([['/finish?key=geheim-2', 'Bearer geheim-3']]);
      expect(guarded.mailed).toMatchObject([{ user: 'archiv@example.org', to: ['leser@example.org'] }]);
      expect(err).toContain('Told leser@example.org.');
      expect(out + err).not.toContain('geheim');
    } finally {
      await guarded.close();
    }
  });

  it('by hand of one city (recrawl) tells nobody', async () => {
    await harvestCommand(nights.context(), { places: [] });
    await recrawlCommand(context(), { places: ['宝鸡'] });
    expect(web.posted).toEqual([]);
    expect(mail.mailed).toEqual([]);
  });
});

describe('a secret in the configuration file', () => {
  const check = (address: string, env: Record<string, string> = {}): { status: number | null; err: string } => {
    writeFileSync(join(nights.folder, 'crawler.config.json'), JSON.stringify({ storage: '.', notify: { onFinish: [address] } }));
    const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli.js'), 'portals', 'list', '--seeds', nights.seedsFile], { cwd: nights.folder, encoding: 'utf8', env: { ...process.env, ...env } });
    return { status, err: stderr };
  };

  it('ends with exit 2 and is not repeated', () => {
    const { status, err } = check('https://user:geheim@hook.example.org/x');
    expect(status).toBe(2);
    expect(err).toContain('notify.onFinish.0');
    expect(err).not.toContain('geheim');
  });

  it('is no fault in the environment', () => {
    expect(check('https://hook.example.org/x', { NIANBAO_NOTIFY_ON_FINISH: 'https://hook.example.org/?key=geheim', NIANBAO_SMTP_URL: 'smtps://u:p@mail.example.org', NIANBAO_WEBHOOK_TOKEN: 'geheim' }).status).toBe(0);
  });
});
