/** The chaos portal: one host for each fault, on bare sockets, beside the sound portals of the farm. */
import type { Socket } from 'node:net';
import { openDoors } from './doors.js';
import type { ChaosFault } from './fault.js';
import { FAULTS_OF_THE_PAGE } from './faults-of-the-page.js';
import { FAULTS_OF_THE_WIRE } from './faults-of-the-wire.js';
import { whole } from './wire.js';

export type { ChaosFault } from './fault.js';

/** A fault as it stands: where it is, and what must be said of which address. */
export interface StandingFault extends ChaosFault {
  readonly host: string;
  /** The address of the seed row. */
  readonly seedUrl: string;
  /** The address whose outcome is named. */
  readonly url: string;
}

export interface Chaos {
  readonly faults: readonly StandingFault[];
  /** Requests so far, by host. */
  readonly requests: ReadonlyMap<string, number>;
  /** Rows of a seed list, without the header: `code,agency,level,home,columns,platform,note`. */
  seedRows(): string;
  /** The fault's seed address for clients that do not know that names under .localhost are loopback. */
  atAddress(name: string): string;
  readonly authorityFile: string | null;
  close(): Promise<void>;
}

const COLUMN = '/nb/';
const SECURE: ReadonlySet<string> = new Set(['expired', 'wrong-name', 'untrusted', 'old-protocol', 'silent-handshake', 'broken-handshake', 'plain-behind-https']);
/** A label of 64 characters is one more than DNS has room for: no name server needs to be asked to know that the name is not there. */
const UNKNOWN_HOST = `${'n'.repeat(64)}.chaos.invalid`;
const LARGEST_REQUEST = 65_536;
/** First byte of a TLS client, and what an HTTP server says to it. */
const TLS_HANDSHAKE = 0x16;
const NOT_TLS = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';

function standing(fault: ChaosFault, ports: ReadonlyMap<string, number>): StandingFault[] {
  const door = fault.door ?? 'plain';
  const port = ports.get(door);
  if (port === undefined) return [];
  const host = `${door === 'unknown-name' ? UNKNOWN_HOST : `${fault.name}.chaos.localhost`}:${port}`;
  const at = (path: string): string => `${SECURE.has(door) ? 'https' : 'http'}://${host}${path}`;
  return [{ ...fault, host, seedUrl: at(COLUMN), url: at(fault.at ?? COLUMN) }];
}

/** Splits what comes on a socket into requests; bodies are never sent to this farm. */
function readRequests(socket: Socket, answer: (request: { host: string; path: string }) => void): void {
  let text = '';
  socket.on('data', (bytes: Buffer) => {
    if (text === '' && bytes[0] === TLS_HANDSHAKE) { socket.end(NOT_TLS); return; }
    text += bytes.toString('latin1');
    if (text.length > LARGEST_REQUEST) { socket.destroy(); return; }
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const head = text.slice(0, end);
      text = text.slice(end + 4);
      answer({ host: /^host: *(.*)$/imu.exec(head)?.[1]?.trim().toLowerCase() ?? '', path: /^\S+ (\S+)/u.exec(head)?.[1] ?? '/' });
    }
  });
}

/** A request by address names its fault in the path (`/at/NAME/nb/`). */
function named(request: { host: string; path: string }, byHost: ReadonlyMap<string, StandingFault>): { host: string; path: string } {
  const at = /^\/at\/([a-z0-9-]+)(\/.*)$/u.exec(request.path);
  const fault = at && !byHost.has(request.host) ? [...byHost.values()].find(({ name }) => name === at[1]) : undefined;
  return fault ? { host: fault.host, path: at?.[2] ?? '/' } : request;
}

/** Starts the chaos portal. Without the openssl command the faults that need a certificate are left out. */
export async function startChaos(): Promise<Chaos> {
  const requests = new Map<string, number>();
  const asked = new Map<string, number>();
  const byHost = new Map<string, StandingFault>();
  const missing = whole('no such page', [['Content-Type', 'text/plain']], '404 Not Found');
  const doors = await openDoors((socket) => {
    readRequests(socket, (request) => {
      const { host, path } = named(request, byHost);
      const fault = byHost.get(host);
      const before = asked.get(host + path) ?? 0;
      asked.set(host + path, before + 1);
      requests.set(host, (requests.get(host) ?? 0) + 1);
      const serve = path === '/robots.txt' ? fault?.robots ?? missing : fault?.serve ?? missing;
      serve({ socket, host, path, before, origin: `http://${host}` });
    });
  });
  const faults = [...FAULTS_OF_THE_WIRE, ...FAULTS_OF_THE_PAGE].flatMap((fault) => standing(fault, doors.ports));
  for (const fault of faults) byHost.set(fault.host, fault);
  return {
    faults, requests, authorityFile: doors.authorityFile,
    seedRows: () => faults.map(({ seedUrl, hazard, name }) => `,混沌县公安局,county,,${seedUrl},auto,"${name}: ${hazard.replace(/"/gu, '""')}"`).join('\n') + '\n',
    atAddress: (name) => `http://127.0.0.1:${doors.ports.get('plain')}/at/${name}${COLUMN}`,
    close: () => doors.close(),
  };
}
