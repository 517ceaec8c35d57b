/** `nianbao serve`: the corpus in the browser. Tells the serving room what other rooms know. */
import { usageError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { csvText } from '../export/csv.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { urlKey } from '../frontier/url-key.js';
import { diffText } from '../report/change-report.js';
import { resolvePlace } from '../seeds/places.js';
import { serveArchive } from '../serve/serve.js';
import type { Knowledge } from '../serve/visit.js';
import { TOOL_VERSION } from '../version.js';
import type { CommandContext } from './context.js';
import { cellsOfRule, statutoryCells, statutoryForms } from './statutory-forms.js';

/** Where the pages are when nobody says otherwise. */
export const DEFAULT_PORT = 8008;

export interface ServeCommandOptions {
  /** As typed. */
  readonly port?: number | string | undefined;
  /** The address to listen on; loopback when not given. */
  readonly host?: string;
  /** Names under which the server may be asked besides `localhost` and bare addresses. */
  readonly names?: readonly string[];
}

function keyOf(address: string): string | null {
  const canonical = canonicalUrl(address);
  return canonical === null ? null : urlKey(canonical);
}

/** What the pages need from rooms that they may not open themselves. */
export function knowledgeFor(context: Pick<CommandContext, 'divisions'>): Knowledge {
  return {
    diffText, keyOf, placeCode: (word) => resolvePlace(word).code, provinceName: (prefix) => context.divisions().byCode(`${prefix}0000`)?.name ?? null,
    forms: statutoryForms(), cells: statutoryCells(), cellsOfRule, csv: csvText, toolVersion: TOOL_VERSION,
  };
}

function checkedPort(typed: number | string): number {
  const port = /^\d{1,5}$/u.test(String(typed)) ? Number(typed) : NaN;
  if (port <= 65_535) return port;
  throw usageError('serve-port', `--port takes a whole number from 0 to 65535, not "${typed}"; 0 takes any free port.`);
}

/** Serves until a signal comes. Errors: no archive, a port that is taken. Exit 130 when stopped. */
export async function serveCommand(context: CommandContext, options: ServeCommandOptions = {}): Promise<ExitCode> {
  const host = options.host ?? '127.0.0.1';
  const serving = await serveArchive({
    storage: context.config.storage, knowledge: knowledgeFor(context), log: context.log, port: checkedPort(options.port ?? DEFAULT_PORT), host, names: [...(options.names ?? []), host],
  });
  if (context.json) context.print(`${JSON.stringify({ url: serving.url })}\n`);
  context.log.line(`The archive is at ${serving.url} (read only). Stop it with Ctrl-C.`);
  if (!/^(?:127\.|::1$|localhost$)/u.test(host)) context.log.warn(`It listens on ${host}: everybody who can reach this machine can read the archive. Nothing asks who they are.`);
  if (!context.signal.aborted) await new Promise<void>((resolve) => { context.signal.addEventListener('abort', () => resolve(), { once: true }); });
  await serving.close();
  return 130;
}
