/** Makes certificates for servers on loopback, with the openssl command; tests that need one are skipped where it is absent. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Whether the openssl command is here. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export function openssl(folder: string, ...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

/** Key and certificate from `<name>.key` and `<name>.crt` in the folder. */
export function readPair(folder: string, name: string): KeyPair {
  return { key: readFileSync(join(folder, `${name}.key`), 'utf8'), cert: readFileSync(join(folder, `${name}.crt`), 'utf8') };
}

/** A certificate for the host `name`, signed by itself; `more` are further options of `openssl req`. */
export function selfSigned(folder: string, name: string, ...more: string[]): KeyPair {
  openssl(folder, 'req', '-x509', ...EC, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, ...more);
  return readPair(folder, name);
}

/** A request for a certificate for `portal.localhost`, as `<name>.csr`, with its key. */
export function requestFor(folder: string, name: string): void {
  openssl(folder, 'req', ...EC, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=portal.localhost');
}
