/** The table of settings: precedence, environment names, and how faults are worded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variableName } from '../src/config-env.js';
import { nearest } from '../src/config-faults.js';
import { loadConfig } from '../src/config-load.js';
import { isCron, isQuietHours, isTimeZone, isUserAgent } from '../src/config-rules.js';
import { DEFAULTS, resolveConfig, settings } from '../src/config.js';
import { NianbaoError } from '../src/errors.js';

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (fault) {
    expect(fault).toBeInstanceOf(NianbaoError);
    expect((fault as NianbaoError).exitCode).toBe(2);
    return (fault as NianbaoError).message;
  }
  throw new Error('nothing was thrown');
}

async function faultOf(promise: Promise<unknown>): Promise<NianbaoError> {
  return promise.then(() => { throw new Error('nothing was thrown'); }, (fault: unknown) => fault as NianbaoError);
}

describe('the table', () => {
  it('has a sentence and an expectation for every setting', () => {
    for (const setting of settings()) {
      expect(setting.description, setting.path).toMatch(/\.$/u);
      expect(setting.expected, setting.path).not.toBe('');
    }
    expect(new Set(settings().map(({ path: name }) => variableName(name))).size).toBe(settings().length);
  });

  it('holds the defaults promised to users', () => {
    expect(DEFAULTS).toMatchObject({
      seeds: ['seeds/*.csv'], storage: 'storage',
      politeness: { delaySeconds: 3, maxHosts: 64, respectRobots: true, quietHours: null },
      limits: { responseBytes: 33_554_432, attachmentBytes: 67_108_864, responseSeconds: 60, redirects: 10, depth: 6, pagesPerPortal: 2000, retries: 3 },
      browser: { use: 'when-needed', executablePath: null },
      network: { allowPrivateAddresses: false, proxies: [], insecureTls: [] },
      schedule: { cron: '30 1 * * *', timeZone: 'Asia/Shanghai' },
      notify: { onFailure: [], onFinish: [] },
    });
  });
});

describe('precedence', () => {
  const cases = [
    { name: 'default', file: {}, env: {}, flags: {}, expected: 3 },
    { name: 'file over default', file: { politeness: { delaySeconds: 5 } }, env: {}, flags: {}, expected: 5 },
    { name: 'environment over file', file: { politeness: { delaySeconds: 5 } }, env: { NIANBAO_POLITENESS_DELAY_SECONDS: '7.5' }, flags: {}, expected: 7.5 },
    { name: 'flag over environment', file: {}, env: { NIANBAO_POLITENESS_DELAY_SECONDS: '7' }, flags: { politeness: { delaySeconds: 9 } }, expected: 9 },
    { name: 'undefined says nothing', file: { politeness: { delaySeconds: 5 } }, env: {}, flags: { politeness: { delaySeconds: undefined } }, expected: 5 },
  ];
  it.each(cases)('$name', ({ file, env, flags, expected }) => {
    const config = resolveConfig(file, env, flags);
    expect(config.politeness).toEqual({ ...DEFAULTS.politeness, delaySeconds: expected });
  });
});

describe('the environment', () => {
  const cases: [string, string, (config: typeof DEFAULTS) => unknown, unknown][] = [
    ['NIANBAO_STORAGE', '/data/年报', (config) => config.storage, '/data/年报'],
    ['NIANBAO_SEEDS', 'a.csv, b.csv', (config) => config.seeds, ['a.csv', 'b.csv']],
    ['NIANBAO_SEEDS', '["a,b.csv"]', (config) => config.seeds, ['a,b.csv']],
    ['NIANBAO_NETWORK_ALLOW_PRIVATE_ADDRESSES', 'TRUE', (config) => config.network.allowPrivateAddresses, true],
    ['NIANBAO_NETWORK_ALLOW_PRIVATE_ADDRESSES', '0', (config) => config.network.allowPrivateAddresses, false],
    ['NIANBAO_NETWORK_PROXIES', '', (config) => config.network.proxies, []],
    ['NIANBAO_POLITENESS_QUIET_HOURS', '22:00-06:30', (config) => config.politeness.quietHours, '22:00-06:30'],
    ['NIANBAO_POLITENESS_QUIET_HOURS', 'null', (config) => config.politeness.quietHours, null],
    ['NIANBAO_BROWSER_EXECUTABLE_PATH', '', (config) => config.browser.executablePath, null],
    ['NIANBAO_LIMITS_DEPTH', '2', (config) => config.limits.depth, 2],
    ['NIANBAO_SCHEDULE_TIME_ZONE', 'Asia/Urumqi', (config) => config.schedule.timeZone, 'Asia/Urumqi'],
    ['NIANBAO_NOTIFY_ON_FAILURE', 'mailto:a@example.org,https://hook.example.org/x', (config) => config.notify.onFailure, ['mailto:a@example.org', 'https://hook.example.org/x']],
  ];
  it.each(cases)('%s=%s', (name, text, read, expected) => {
    expect(read(resolveConfig({ politeness: { quietHours: '08:00-18:00' } }, { [name]: text }))).toEqual(expected);
  });

  it('leaves other variables alone', () => {
    expect(resolveConfig({}, { PATH: '/bin', NIANBAO: 'x' })).toEqual(DEFAULTS);
  });
});

describe('secrets of notices', () => {
  const inFile = (address: string): (() => unknown) => () => resolveConfig({ notify: { onFailure: [address] } });

  it.each([
    ['https://hook.example.org/?access_token=geheim', 'the parameter "access_token"'], ['https://hook.example.org/cgi-bin/send?key=geheim', 'the parameter "key"'],
    ['https://user:geheim@hook.example.org/', 'a user name or password'], ['https://geheim@hook.example.org/', 'a user name or password'],
    ['https://hook.example.org/services/T0A1B2C3D/B0A1B2C3D/geheim3XyZ0aBcDeFgHiJkLm', 'a key in its path'],
    ['https://hook.example.org/bot/v2/hook/0f1e2d3c-4b5a-6978-8796-a5b4c3d2geheim', 'a key in its path'],
  ])('are refused in the file, and not repeated: %s', (address, what) => {
    const message = messageOf(inFile(address));
    expect(message).toContain(what);
    expect(message).toContain('NIANBAO_NOTIFY_ON_FAILURE');
    expect(message).not.toContain('geheim');
    expect(resolveConfig({}, { NIANBAO_NOTIFY_ON_FAILURE: address }).notify.onFailure).toEqual([address]);
  });

  it.each(['https://hook.example.org/', 'https://hook.example.org/nianbao/harvest-of-the-night-2026', 'http://127.0.0.1:8080/hook?channel=archive', 'mailto:leser@example.org'])('are not seen in %s', (address) => {
    expect(inFile(address)).not.toThrow();
  });

  it.each(['mailto:', 'mailto:nobody', 'mailto:a@b.org?bcc=c@d.org', 'mailto:a@b.org,c@d.org', 'ftp://x.example.org/'])('%s is no address for notices', (address) => {
    expect(messageOf(inFile(address))).toContain('notify.onFailure.0');
  });

  it('have variables of their own, which are no settings', () => {
    expect(resolveConfig({}, { NIANBAO_SMTP_URL: 'smtps://u:p@mail.example.org', NIANBAO_WEBHOOK_TOKEN: 'geheim' })).toEqual(DEFAULTS);
  });
});

describe('faults', () => {
  const cases: [string, unknown, Record<string, string>, string[]][] = [
    ['typo at the top', { politness: {} }, {}, ['politness: no such setting; did you mean politeness?']],
    ['typo in a group', { politeness: { delaySecond: 1 } }, {}, ['politeness.delaySecond: no such setting; did you mean politeness.delaySeconds?']],
    ['known key in the wrong place', { delaySeconds: 1 }, {}, ['did you mean politeness.delaySeconds?']],
    ['unknown key', { browser: { zoom: 1 } }, {}, ['browser.zoom: no such setting; expected one in browser of use, executablePath']],
    ['wrong type', { limits: { depth: 'six' } }, {}, ['limits.depth: found "six", expected a whole number of links, 0 to 50']],
    ['out of range', { politeness: { maxHosts: 0 } }, {}, ['politeness.maxHosts: found 0, expected a whole number of hosts, 1 to 1024']],
    ['a group that is none', { limits: 5 }, {}, ['limits: found 5, expected a group of settings: responseBytes']],
    ['one wrong entry of a list', { seeds: ['a.csv', 7] }, {}, ['seeds.1: found 7, expected a list of CSV files']],
    ['a choice', { browser: { use: 'sometimes' } }, {}, ["browser.use: found \"sometimes\", expected 'never', 'when-needed' or 'always'"]],
    ['quiet hours', { politeness: { quietHours: '8-18' } }, {}, ['politeness.quietHours: found "8-18", expected null or HH:MM-HH:MM']],
    ['proxy', { network: { proxies: ['ftp://x'] } }, {}, ['network.proxies.0: found "ftp://x"']],
    ['environment value', {}, { NIANBAO_LIMITS_DEPTH: 'many' }, ['limits.depth (from NIANBAO_LIMITS_DEPTH): found "many"']],
    ['environment name', {}, { NIANBAO_STORAGEE: 'x' }, ['NIANBAO_STORAGEE: no such setting; did you mean NIANBAO_STORAGE?']],
    ['several at once', { limits: { depth: -1, retries: 1.5 }, storage: '' }, {}, ['storage: found ""', 'limits.depth: found -1', 'limits.retries: found 1.5']],
    ['no object', 7, {}, ['configuration: found 7, expected an object of settings']],
    ['null', null, {}, ['configuration: found null']],
    ['a list', [], {}, ['configuration: found []']],
  ];
  it.each(cases)('%s', (_name, user, env, lines) => {
    const message = messageOf(() => resolveConfig(user, env));
    for (const line of lines) expect(message).toContain(line);
  });

  it('names a key only when it is near', () => {
    expect(nearest('storrage', ['storage', 'seeds'])).toBe('storage');
    expect(nearest('xyz', ['storage', 'seeds'])).toBeNull();
    expect(nearest('x'.repeat(100_000), ['storage'])).toBeNull();
  });
});

describe('single rules', () => {
  const crons: [string, boolean][] = [
    ['30 1 * * *', true], ['*/15 0-6 1,15 * 1-5', true], ['0 0 * * 7', true], ['60 1 * * *', false], ['30 1 * *', false], ['30 1 * * MON', false],
    ['*/0 * * * *', false], ['5-1 * * * *', false], ['', false],
  ];
  it.each(crons)('cron %s: %s', (text, good) => { expect(isCron(text)).toBe(good); });

  const spans: [string, boolean][] = [['08:00-18:00', true], ['22:30-06:00', true], ['8:00-18:00', false], ['24:00-06:00', false], ['08:00-08:00', false], ['', false]];
  it.each(spans)('quiet hours %s: %s', (text, good) => { expect(isQuietHours(text)).toBe(good); });

  it('knows time zones and user agents', () => {
    expect([isTimeZone('Asia/Shanghai'), isTimeZone('UTC'), isTimeZone('Mars/Base'), isTimeZone('')]).toEqual([true, true, false, false]);
    expect([isUserAgent('nianbao/1.0'), isUserAgent(''), isUserAgent('年报'), isUserAgent('a\r\nb: c')]).toEqual([true, false, false, false]);
  });
});

describe('loading', () => {
  let folder = '';
  const put = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
  beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'nianbao-config-')); });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const order = (configFile: string | null, more: object = {}) => ({ configFile, env: {}, overrides: {}, cwd: folder, ...more });

  it('takes the defaults when there is no file', async () => {
    const { config, file, digest } = await loadConfig(order(null));
    expect(file).toBeNull();
    expect(config.storage).toBe(path.join(folder, 'storage'));
    expect(config.seeds).toEqual([path.join(folder, 'seeds', '*.csv')]);
    expect(digest).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('runs TypeScript that imports nianbao, and JSON with a BOM', async () => {
    put('one.config.ts', "import { defineConfig } from 'nianbao';\nconst seconds: number = 2 * 4;\nexport default defineConfig({ storage: 'archive', politeness: { delaySeconds: seconds } });\n");
    put('one.config.json', '\uFEFF{ "storage": "archive", "politeness": { "delaySeconds": 8 } }');
    const script = await loadConfig(order('one.config.ts'));
    const json = await loadConfig(order('one.config.json'));
    expect(script.config.politeness.delaySeconds).toBe(8);
    expect(script.config.storage).toBe(path.join(folder, 'archive'));
    expect(json.digest).toBe(script.digest);
  });

  it('reads the file of this project', async () => {
    const { config, file } = await loadConfig({ env: {}, overrides: {}, cwd: process.cwd() });
    expect(path.basename(file ?? '')).toBe('crawler.config.ts');
    expect(path.isAbsolute(config.storage)).toBe(true);
  });

  it('takes paths in flags and the environment from where the user stands', async () => {
    put('two.config.json', '{ "storage": "archive" }');
    const elsewhere = path.join(folder, 'elsewhere');
    const file = path.join(folder, 'two.config.json');
    const loaded = async (more: object) => (await loadConfig({ ...order(file, { cwd: elsewhere }), ...more })).config;
    expect((await loaded({})).storage).toBe(path.join(folder, 'archive'));
    expect((await loaded({ overrides: { storage: 's' } })).storage).toBe(path.join(elsewhere, 's'));
    expect((await loaded({ env: { NIANBAO_SEEDS: 'x.csv' } })).seeds).toEqual([path.join(elsewhere, 'x.csv')]);
  });

  it('names the file that is missing, throws, has no default, or holds a wrong key', async () => {
    put('throws.config.mjs', "throw new Error('no such secret');\n");
    put('bare.config.mjs', 'export const config = {};\n');
    put('broken.config.json', '{');
    put('wrong.config.json', '{ "sedes": [] }');
    const cases = [
      ['absent.ts', 'config-missing', 'absent.ts'], ['throws.config.mjs', 'config-unreadable', 'no such secret'], ['bare.config.mjs', 'config-unreadable', 'no default export'],
      ['broken.config.json', 'config-unreadable', 'broken.config.json'], ['wrong.config.json', 'config-invalid', 'did you mean seeds?'],
    ] as const;
    for (const [name, code, words] of cases) {
      const fault = await faultOf(loadConfig(order(name)));
      expect([name, fault.code, fault.exitCode]).toEqual([name, code, 2]);
      expect(fault.message).toContain(words);
      expect(fault.message).toContain(name);
    }
  });
});
