/** The farm's HTTP server: one handler for all hosts, told apart by the Host header; conditional requests, delays, cuts, the log. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FarmLogEntry } from './shapes.js';
import type { Answer, FarmRequest, Respond } from './site.js';
import { plain } from './site.js';

export interface Reception {
  /** The site at a host name or address without port; null when there is none. */
  readonly siteOf: (host: string) => Respond | null;
  readonly clock: () => Date;
  readonly record: (entry: FarmLogEntry) => void;
}

/** No form that a crawler posts to a list is longer. */
const FORM_BYTES = 65_536;

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
}

/** A posted form is read as if it stood in the query: list endpoints of real CMSs take both. */
async function readForm(request: IncomingMessage, query: URLSearchParams): Promise<void> {
  if (request.method !== 'POST') return;
  let form = '';
  for await (const part of request) {
    form += String(part);
    if (form.length > FORM_BYTES) return;
  }
  for (const [name, value] of new URLSearchParams(form)) query.set(name, value);
}

function headersOf(request: IncomingMessage): FarmRequest['headers'] {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

const strong = (tag: string): string => tag.trim().replace(/^W\//, '');

/** RFC 9110: If-None-Match compares weakly, and decides alone when present. */
function isFresh(answer: Answer, headers: FarmRequest['headers']): boolean {
  if (answer.status !== 200) return false;
  const match = headers['if-none-match'];
  const etag = answer.headers['ETag'];
  if (match !== undefined) return etag !== undefined && match.split(',').some((one) => strong(one) === strong(etag));
  const since = headers['if-modified-since'];
  const modified = answer.headers['Last-Modified'];
  return since !== undefined && modified !== undefined && Date.parse(modified) <= Date.parse(since);
}

function notModified(answer: Answer): Answer {
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name === 'ETag' || name === 'Last-Modified'));
  return { status: 304, headers, body: Buffer.alloc(0), ...(answer.delayMs ? { delayMs: answer.delayMs } : {}) };
}

function send(answer: Answer, request: IncomingMessage, response: ServerResponse, now: Date): void {
  if (answer.cut) {
    request.socket.resetAndDestroy();
    return;
  }
  response.sendDate = false;
  response.writeHead(answer.status, {
    Date: now.toUTCString(),
    ...answer.headers,
    ...(answer.chunked || answer.status === 304 ? {} : { 'Content-Length': answer.body.length }),
  });
  if (answer.chunked && request.method !== 'HEAD') {
    const half = answer.body.length >> 1;
    response.write(answer.body.subarray(0, half));
    response.end(answer.body.subarray(half));
  } else response.end(request.method === 'HEAD' ? undefined : answer.body);
}

const NO_SITE = plain(404, '<html><head><title>404</title></head><body>no such host on this farm</body></html>');

async function receive(desk: Reception, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrived = desk.clock();
  const url = new URL(request.url ?? '/', 'http://farm.localhost');
  await readForm(request, url.searchParams);
  const headers = headersOf(request);
  const asked: FarmRequest = { method: request.method ?? 'GET', pathname: url.pathname, query: url.searchParams, headers };
  const host = hostOf(request);
  const answer = desk.siteOf(host)?.(asked) ?? NO_SITE;
  const given = isFresh(answer, headers) ? notModified(answer) : answer;
  desk.record({
    ...{ time: arrived.getTime(), host, method: asked.method, path: request.url ?? '/', status: given.cut ? 0 : given.status },
    bodyBytes: asked.method === 'HEAD' ? 0 : given.body.length,
    userAgent: headers['user-agent'] ?? '',
    conditional: 'if-none-match' in headers || 'if-modified-since' in headers,
  });
  if (given.delayMs) setTimeout(() => send(given, request, response, arrived), given.delayMs).unref();
  else send(given, request, response, arrived);
}

/** Listens at `address`:`port` (0: any free one) and gives the server and the port it got. */
export async function listen(desk: Reception, address: string, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    receive(desk, request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Closes a server and cuts what is still open. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
