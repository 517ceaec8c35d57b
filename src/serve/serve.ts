/** Shows the archive in a browser: read-only pages in Chinese and English, each with a JSON twin. Opens nothing but the archive, and nothing in it for writing. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faultInWords, NianbaoError, usageError } from '../errors.js';
import type { Log } from '../log.js';
import { openReader } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { faultPage } from './fault-page.js';
import { framed } from './frame.js';
import { isOwnHost } from './host-guard.js';
import { makeAnswer } from './routes.js';
import { ICON, STYLE } from './style.js';
import { STYLE_PATH } from './style-path.js';
import type { Answer, Knowledge, Page, Visit } from './visit.js';
import { address } from './visit.js';
import { LANGUAGES, preferredLanguage, say } from './words.js';
import type { Language } from './words.js';

export interface ServeOptions {
  readonly storage: string;
  readonly knowledge: Knowledge;
  readonly log: Log;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on; loopback unless told otherwise. */
  readonly host: string;
  /** Names besides `localhost` and bare addresses under which the server may be asked. */
  readonly names: readonly string[];
}

export interface Serving {
  /** `http://127.0.0.1:8008/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Nothing is loaded but the page's own style, images and frames; no script at all. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const EVERYWHERE: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cross-Origin-Resource-Policy': 'same-origin', 'Cross-Origin-Opener-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off', 'Permissions-Policy': 'interest-cohort=(), browsing-topics=()', 'X-Robots-Tag': 'noindex',
};

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const plain = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({ status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: `${body}\n` });

/** Where a question leads: its language, its path without language and `.json`, and whether the twin is wanted. */
interface Direction {
  readonly language: Language | null;
  readonly path: string;
  readonly wantsJson: boolean;
  readonly query: URLSearchParams;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Null for an address that is none. The path stays encoded: a `/` inside a name divides nothing. */
function directionOf(target: string): Direction | null {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  if (!path.startsWith('/') || path.length > 2000 || decoded(path) === null) return null;
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/su.exec(path) ?? [];
  const language = LANGUAGES.find((known) => first === known) ?? null;
  const below = language === null ? path : rest === '' ? '/' : rest;
  const wantsJson = below.endsWith('.json') || query.get('format') === 'json';
  query.delete('format');
  return { language, path: below.replace(/\.json$/u, ''), wantsJson, query };
}

function pageReply(visit: Visit, page: Page, wantsJson: boolean): Reply {
  const status = page.status ?? 200;
  const headers = { 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-cache', Vary: 'Accept-Language' };
  if (wantsJson) return { status, headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' }, body: `${JSON.stringify(page.data)}\n` };
  return { status, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': visit.language === 'zh' ? 'zh-Hans' : 'en' }, body: framed(visit, page).text };
}

function replyOf(visit: Visit, answer: Answer, wantsJson: boolean): Reply {
  if (answer.kind === 'page') return pageReply(visit, answer, wantsJson);
  const saved: Record<string, string> = answer.saveAs === null ? {} : { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(answer.saveAs)}` };
  return {
    status: 200, body: answer.body,
    headers: { 'Content-Type': answer.mediaType, 'Content-Security-Policy': answer.policy ?? "default-src 'none'; style-src 'unsafe-inline'; sandbox", 'Cache-Control': 'no-cache', ...saved },
  };
}

/** Faults that pass: the database is being written, restored or moved. */
const BUSY = /^SQLITE_(?:BUSY|LOCKED|SCHEMA)/u;

/** What went wrong, as a page. What the asker got wrong is said to them; the rest goes to the log, and they learn that it did. */
function faultOf(visit: Visit, error: unknown, log: Log): Page {
  const code = (error as { code?: string }).code ?? '';
  if (error instanceof NianbaoError && error.exitCode === 2) return faultPage(visit, 400, error.message);
  if (BUSY.test(code)) return faultPage(visit, 503, visit.say('busy'));
  log.warn(`${visit.path} could not be shown: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  return faultPage(visit, 500, error instanceof NianbaoError ? error.message : visit.say('broken'));
}

class Desk {
  readonly #database: Sqlite;
  readonly #options: ServeOptions;

  constructor(database: Sqlite, options: ServeOptions) {
    this.#database = database;
    this.#options = options;
  }

  #visit(direction: Direction, language: Language): Visit {
    return {
      database: this.#database, knowledge: this.#options.knowledge, language, path: direction.path, query: direction.query,
      say: (word, values) => say(language, word, values), to: (path, query) => address(`/${language}${path}`, query),
    };
  }

  /** Refuses what is no question of ours, before anything is read. */
  #refusal(request: IncomingMessage): Reply | null {
    if (!isOwnHost(request.headers.host, this.#options.names)) {
      return plain(421, 'This server is asked by its address or as localhost. To reach it under another name, start it with --allow-host NAME.\n请用本机地址或 localhost 访问；如需其他主机名，请以 --allow-host 启动。');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'These pages can only be read (GET, HEAD).\n本站只读（GET、HEAD）。', { Allow: 'GET, HEAD' });
    return null;
  }

  async reply(request: IncomingMessage): Promise<Reply> {
    const refusal = this.#refusal(request);
    if (refusal) return refusal;
    const target = request.url ?? '/';
    if (target === STYLE_PATH) return { status: 200, headers: { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=31536000, immutable' }, body: STYLE };
    if (target === '/icon.svg' || target === '/favicon.ico') return { status: 200, headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400', 'Content-Security-Policy': "default-src 'none'" }, body: ICON };
    const direction = directionOf(target);
    const preferred = preferredLanguage(request.headers['accept-language']);
    if (!direction) return plain(400, 'This is no address.\n网址有误。');
    const isFile = /\.(?:svg|csv)$|\/raw$/u.test(direction.path);
    if (direction.language === null && !direction.wantsJson && !isFile) {
      const query = direction.query.toString();
      return plain(302, 'Found', { Location: `/${preferred}${direction.path === '/' ? '/coverage' : direction.path}${query === '' ? '' : `?${query}`}`, Vary: 'Accept-Language', 'Cache-Control': 'no-cache' });
    }
    const visit = this.#visit(direction, direction.language ?? preferred);
    try {
      const answer = await makeAnswer(visit, direction.path);
      return replyOf(visit, answer ?? faultPage(visit, 404, visit.say('notFound', { path: decoded(visit.path) ?? visit.path })), direction.wantsJson);
    } catch (error) {
      return pageReply(visit, faultOf(visit, error, this.#options.log), direction.wantsJson);
    }
  }
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : reply.body;
  response.writeHead(reply.status, { ...EVERYWHERE, 'Content-Security-Policy': "default-src 'none'", ...reply.headers, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function explainListening(options: ServeOptions, error: NodeJS.ErrnoException): NianbaoError {
  const place = `${options.host} port ${options.port}`;
  if (error.code === 'EADDRINUSE') return usageError('serve-port', `Another program listens on ${place}. Choose another port with --port, or --port 0 for any free one.`, error);
  if (error.code === 'EACCES') return usageError('serve-port', `This user may not listen on ${place}. Choose a port above 1023 with --port.`, error);
  return usageError('serve-host', `${place} cannot be listened on (${faultInWords(error)}). Give an address of this machine with --host.`, error);
}

/** Opens the archive and listens. Errors: `storage-missing` and its like, `serve-port`, `serve-host`; each ends with exit code 2. */
export async function serveArchive(options: ServeOptions): Promise<Serving> {
  const database = openReader(options.storage);
  const desk = new Desk(database, options);
  const server = createServer({ requestTimeout: 30_000, maxHeaderSize: 16_384 }, (request, response) => {
    request.resume();
    desk.reply(request).then((reply) => send(request, response, reply)).catch((error: unknown) => {
      options.log.warn(`A request could not be answered: ${error instanceof Error ? error.message : String(error)}`);
      response.destroy();
    });
  });
  try {
    await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(options.port, options.host, resolve); });
  } catch (error) {
    database.close();
    throw explainListening(options, error as NodeJS.ErrnoException);
  }
  const { port, address: host, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${host}]` : host}:${port}/`,
    close: async () => {
      await new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); });
      database.close();
    },
  };
}
