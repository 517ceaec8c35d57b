#!/usr/bin/env node
/** Words to command, ending to exit code. */
import { Command, CommanderError, Option } from 'commander';
import type { CommandContext } from './commands/context.js';
import { loadConfig } from './config-load.js';
import { NianbaoError, damageMessage, diskFaultMessage, usageError } from './errors.js';
import type { ExitCode } from './errors.js';
import { createLog, safeForTerminal, safeJson } from './log.js';
import type { LogLevel } from './log.js';
import { loadDivisions } from './seeds/divisions.js';
import { TOOL_VERSION } from './version.js';

/** Options every command takes. */
interface GlobalOptions {
  readonly config?: string;
  readonly storage?: string;
  readonly seeds?: string[];
  readonly allowPrivate?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

type Action = (context: CommandContext) => Promise<ExitCode>;

const stopping = new AbortController();

/** The first signal lets the request in flight end; a second one ends at once (nothing acknowledged is lost: commits are durable). */
function watchSignals(): void {
  // A limit on the size of files would end the process without a word; taken notice of, it is a write that fails, and told like a full disk.
  if (process.platform !== 'win32') process.on('SIGXFSZ', () => undefined);
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(130);
      process.stderr.write('\nStopping after the requests in flight; once more to stop at once.\n');
      stopping.abort();
    });
  }
}

function levelOf(options: GlobalOptions): LogLevel {
  if (options.quiet) return 'quiet';
  return options.verbose ? 'verbose' : 'normal';
}

/** Who reads our output may leave before its end (`nianbao search … | head -1`): what nobody reads is dropped, the work goes on. */
function watchReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });
  }
}

/** Flags that override the configuration, in the shape of the configuration file. */
function overridesOf(options: GlobalOptions): Record<string, unknown> {
  return {
    ...(options.storage === undefined ? {} : { storage: options.storage }),
    ...(options.seeds === undefined ? {} : { seeds: options.seeds }),
    ...(options.allowPrivate === undefined ? {} : { network: { allowPrivateAddresses: options.allowPrivate } }),
  };
}

async function contextOf(options: GlobalOptions): Promise<CommandContext> {
  const { config, digest } = await loadConfig({ configFile: options.config, env: process.env, overrides: overridesOf(options), cwd: process.cwd() });
  return {
    config, configDigest: digest, cwd: process.cwd(), json: options.json === true, log: createLog(levelOf(options), (text) => { process.stderr.write(text); }),
    terminal: { progress: process.stderr.isTTY === true, table: process.stdout.isTTY === true, columns: process.stdout.columns ?? 100 },
    print: (text) => { process.stdout.write(options.json === true ? safeJson(text) : text); }, divisions: loadDivisions, now: Date.now, signal: stopping.signal,
    secrets: { smtpUrl: process.env['NIANBAO_SMTP_URL'] || null, webhookToken: process.env['NIANBAO_WEBHOOK_TOKEN'] || null },
  };
}

function tellFault(error: unknown, options: GlobalOptions): ExitCode {
  if (error instanceof NianbaoError) {
    process.stderr.write(`nianbao: ${safeForTerminal(error.message)}\n`);
    if (options.json) process.stdout.write(`${JSON.stringify({ error: { code: error.code, message: error.message } })}\n`);
    return error.exitCode;
  }
  const code = (error as { code?: string }).code;
  const damage = damageMessage(error);
  const message = damage ?? diskFaultMessage(error) ?? (error as Error).stack ?? String(error);
  process.stderr.write(`nianbao: ${safeForTerminal(message)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify({ error: { code: code ?? 'unexpected', message: damage ?? (error as Error).message } })}\n`);
  return damage === null ? 1 : 5;
}

/** Runs an action and leaves with its exit code once stdout is drained. */
async function leaveWith(action: Action, options: GlobalOptions): Promise<void> {
  try {
    process.exitCode = await action(await contextOf(options));
  } catch (error) {
    process.exitCode = tellFault(error, options);
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const collect = (value: string, earlier: string[] | undefined): string[] => [...(earlier ?? []), value];

const WAIT_WORDS = 'wait this long for another harvest of the same storage to end (default: 0 for harvest, 600 for recrawl)';

function seconds(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const written = text(value) ?? '';
  if (!/^\d{1,6}$/u.test(written)) throw usageError('wrong-wait', `--wait takes whole seconds, 0 to 999999, not "${written}".`);
  return Number(written);
}

function addGlobalOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: crawler.config.ts)')
    .option('--storage <dir>', 'folder of the archive')
    .option('--seeds <file...>', 'seed lists instead of the configured ones')
    .option('--allow-private', 'allow private and loopback addresses (intranets, tests, the demo)')
    .option('--json', 'one JSON document or JSON lines on stdout, nothing else there')
    .option('--quiet', 'only what went wrong')
    .option('--verbose', 'every page as it comes');
}

function addFilters(command: Command): Command {
  return command
    .option('--place <place>', 'only this place: name, pinyin or division code; may be given again', collect)
    .option('--province <province>', 'only this province (a city or county: --place); may be given again', collect)
    .option('--year <year>', 'only this report year; may be given again', collect)
    .option('--since <date>', 'only what is new or changed since this date (YYYY-MM-DD)')
    .addOption(new Option('--grade <grade>', 'only copies of this grade; may be given again').argParser(collect));
}

/** Options as commander gives them. */
type Words = Readonly<Record<string, unknown>>;
type Define = (name: string, description: string, action: (context: CommandContext, words: string[], options: Words) => Promise<ExitCode>) => Command;

function buildProgram(): Command {
  const program = addGlobalOptions(new Command('nianbao'))
    .description('Archive crawler for the annual reports on government-information disclosure of China\'s police portals (年报)')
    .version(TOOL_VERSION).showHelpAfterError('(nianbao --help shows the commands)').exitOverride();
  const define = (name: string, description: string, action: Parameters<Define>[2]): Command =>
    addGlobalOptions(program.command(name).description(description)).showHelpAfterError(`(nianbao ${name} --help shows its options)`).exitOverride().action(async (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      const options = command.optsWithGlobals<GlobalOptions & Words>();
      await leaveWith((context) => action(context, command.args, options), options);
    });

  define('harvest', 'fetch what is due for all portals, or those of the places; safe to stop and run again', async (context, places, options) =>
    (await import('./commands/harvest.js')).harvestCommand(context, { places, waitSeconds: seconds(options.wait) })).argument('[place...]')
    .option('--wait <seconds>', WAIT_WORDS);
  define('recrawl', 'fetch every known page of the places again now and say what changed', async (context, places, options) =>
    (await import('./commands/harvest.js')).recrawlCommand(context, { places, waitSeconds: seconds(options.wait) })).argument('<place...>')
    .option('--wait <seconds>', WAIT_WORDS);
  define('schedule', 'stay and harvest at night, as configured; a night that was missed is made up for', async (context, _words, options) =>
    (await import('./commands/schedule.js')).scheduleCommand(context, { once: Boolean(options['once']), print: text(options['print']), given: options }))
    .option('--once', 'harvest now if a night is due, and end').option('--print <kind>', 'print what starts it on this machine instead: systemd or cron');
  define('status', 'the ledger (agency × year), portal health, last runs', async (context, places) =>
    (await import('./commands/status.js')).statusCommand(context, { places })).argument('[place...]');
  define('derive', 'derive text, metadata, tables and duplicates again from the stored bytes', async (context, _words, options) =>
    (await import('./commands/derive.js')).deriveCommand(context, { all: Boolean(options['all']) })).option('--all', 'every version, not only those an older version of the code derived');
  addSearch(define);
  addArchiveCommands(define);
  return program;
}

function addSearch(define: Define): void {
  define('search', 'ranked hits with snippets, found words between « and »; Simplified and Traditional find each other', async (context, words, options) =>
    (await import('./commands/search.js')).searchCommand(context, { query: words.join(' '), place: text(options['place']), year: text(options['year']), limit: text(options['limit']) }))
    .argument('<query...>').option('--place <place>', 'only this place').option('--year <year>', 'only this report year').option('--limit <n>', 'at most n hits');
  define('show', 'one report: metadata, sections, tables, repairs, provenance', async (context, words, options) =>
    (await import('./commands/show.js')).showCommand(context, { wanted: words[0] ?? '', raw: Boolean(options['raw']), diff: Boolean(options['diff']) }))
    .argument('<id|url>').option('--raw', 'the original bytes on stdout').option('--diff', 'what changed between its versions');
}

function addArchiveCommands(define: Define): void {
  addFilters(define('export', 'the corpus as jsonl, csv, parquet, text, warc or wacz files with a manifest and a codebook', async (context, _words, options) =>
    (await import('./commands/export.js')).exportCommand(context, {
      format: text(options['format']) ?? '', out: text(options['out']) ?? '', places: options['place'] as string[] | undefined, provinces: options['province'] as string[] | undefined,
      years: options['year'] as string[] | undefined, since: text(options['since']) ?? null, grades: options['grade'] as string[] | undefined, redact: Boolean(options['redact']),
    }))).requiredOption('--format <format>', 'jsonl, csv, parquet, text, warc or wacz').requiredOption('--out <dir>', 'folder to write')
    .option('--redact', 'mask identity numbers, phone numbers and plates (not with warc and wacz: raw bytes stay home)');
  define('import', 'bring in saved pages (.html), texts (.txt), documents and web archives (.warc, .warc.gz, .wacz), files or folders', async (context, paths) =>
    (await import('./commands/import.js')).importCommand(context, paths)).argument('<path...>');
  define('repair', 'repair a text, a page or a document from a file, or from stdin with -', async (context, words, options) =>
    (await import('./commands/repair.js')).repairCommand(context, { file: words[0] ?? '-', explain: Boolean(options['explain']) })).argument('<file|->').option('--explain', 'say on stderr what each repair did');
  define('portals', 'list or check the seed lists, propose a row for an address, see which portals work', async (context, words, options) =>
    (await import('./commands/portals.js')).portalsCommand(context, words, { to: text(options['to']), agency: text(options['agency']) })).argument('<list|check|add|probe>').argument('[place-or-url...]')
    .option('--to <file>', 'with add: write the row into this seed list').option('--agency <name>', 'with add: whose reports are meant, when the pages name several or none');
  define('verify', 're-hash every stored byte, check the chain of runs and the database', async (context) =>
    (await import('./commands/verify.js')).verifyCommand(context));
  define('backup', 'a verified copy of the archive in one file, while a harvest may be running', async (context, words) =>
    (await import('./commands/backup.js')).backupCommand(context, { file: words[0] ?? '' })).argument('<file>');
  define('serve', 'the corpus in the browser, read only, on this machine', async (context, _words, options) =>
    (await import('./commands/serve.js')).serveCommand(context, { port: text(options['port']), host: text(options['host']), names: options['allowHost'] as string[] | undefined }))
    .option('--port <n>', 'port to listen on (default: 8008; 0: any free one)').option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--allow-host <name>', 'another name under which browsers may ask; may be given again', collect);
  define('doctor', 'what this machine has, what is missing and how to mend it', async (context) =>
    (await import('./commands/doctor.js')).doctorCommand(context, { findChromium: (await import('./fetch/chromium.js')).findChromium }));
  define('demo', 'harvest the bundled portal farm into storage/demo and show what came of it', async (context) =>
    (await import('./commands/demo.js')).demoCommand(context));
}

/** Wrong words end with 2, asking for help or the version with 0. */
function exitCodeOfWords(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  throw error;
}

watchSignals();
watchReaders();
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOfWords(error);
}
