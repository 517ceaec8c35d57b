/** The doors of the chaos portal: the plain one, one that nobody opens, and one for each way in which TLS goes wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { hasOpenssl, openssl, readPair, selfSigned } from '../../fetch/certificate.js';
import type { KeyPair } from '../../fetch/certificate.js';
import type { ChaosFault } from './fault.js';

type Door = NonNullable<ChaosFault['door']>;

export interface Doors {
  /** Port of each door that could be opened. Without the openssl command those that need a certificate are not there. */
  readonly ports: ReadonlyMap<Door, number>;
  /** The authority that signed the certificates, for NODE_EXTRA_CA_CERTS; null without the openssl command. */
  readonly authorityFile: string | null;
  close(): Promise<void>;
}

/** A fatal handshake_failure alert, as servers send that have SM2 certificates only. */
const ALERT = Buffer.from([0x15, 3, 3, 0, 2, 2, 40]);

/** A certificate for the chaos hosts, signed by the folder's authority, with its days of life. */
function signed(folder: string, name: string, facts: { altName: string; from: string; to: string }): KeyPair {
  openssl(folder, 'req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  writeFileSync(join(folder, `${name}.cnf`), `[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=.\ndatabase=${name}.txt\nserial=${name}.srl\ndefault_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=DNS:${facts.altName}\n`);
  writeFileSync(join(folder, `${name}.txt`), '');
  writeFileSync(join(folder, `${name}.srl`), '01');
  openssl(folder, 'ca', '-batch', '-config', `${name}.cnf`, '-cert', 'authority.crt', '-keyfile', 'authority.key', '-in', `${name}.csr`, '-out', `${name}.crt`, '-startdate', facts.from, '-enddate', facts.to);
  return readPair(folder, name);
}

function tlsSettings(folder: string): ReadonlyMap<Door, TlsOptions> {
  selfSigned(folder, 'authority', '-addext', 'basicConstraints=critical,CA:TRUE');
  const altName = '*.chaos.localhost';
  const sound = signed(folder, 'sound', { altName, from: '20200101000000Z', to: '20990101000000Z' });
  return new Map<Door, TlsOptions>([
    ['expired', signed(folder, 'expired', { altName, from: '20010101000000Z', to: '20020101000000Z' })],
    ['wrong-name', signed(folder, 'other', { altName: 'gaj.example.test', from: '20200101000000Z', to: '20990101000000Z' })],
    ['untrusted', selfSigned(folder, 'stranger.chaos.localhost')],
    ['old-protocol', { ...sound, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
  ]);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(0, '127.0.0.1', resolve); });
  return (server.address() as AddressInfo).port;
}

/** A port that was free a moment ago and is not listened on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** Opens the doors; `receive` gets each connection through which HTTP may be spoken. */
export async function openDoors(receive: (socket: Socket) => void): Promise<Doors> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const open = async (server: Server): Promise<number> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => { sockets.add(socket); socket.on('error', () => undefined); socket.once('close', () => sockets.delete(socket)); });
    return listen(server);
  };
  const plain = await open(createServer(receive));
  const ports = new Map<Door, number>([
    ['plain', plain], ['plain-behind-https', plain], ['unknown-name', plain], ['closed', await closedPort()],
    ['silent-handshake', await open(createServer())],
    ['broken-handshake', await open(createServer((socket) => { socket.once('data', () => socket.end(ALERT)); }))],
  ]);
  if (hasOpenssl) for (const [door, settings] of tlsSettings(folder)) ports.set(door, await open(createTlsServer(settings, receive).on('tlsClientError', () => undefined)));
  return {
    ports, authorityFile: hasOpenssl ? join(folder, 'authority.crt') : null,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
