/** Servers that break TCP, HTTP or content codings. */
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { ChaosFault, Named } from './fault.js';
import { REPORT, endless, head, raw, whole } from './wire.js';
import type { Serve } from './wire.js';

const HTML = ['Content-Type', 'text/html; charset=utf-8'] as const;
const CHUNKED = ['Transfer-Encoding', 'chunked'] as const;
const BYTES = Buffer.from(REPORT);

const failed = (reason: string): Named => ({ reason, state: 'failed' });
const OK: Named = { reason: 'ok', state: 'captured' };

/** An answer in a content coding, all in one piece. */
function coded(coding: string, body: Buffer): Serve {
  return whole(body, [HTML, ['Content-Encoding', coding]]);
}

/** 64 MiB of nothing in 64 KB, in some hundred bytes, and twice wrapped. */
const ZEROS = Buffer.alloc(64 * 2 ** 20);
const BOMB_GZIP = gzipSync(ZEROS);
const BOMB_BR = brotliCompressSync(ZEROS, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

const length = (bytes: number): readonly [string, string] => ['Content-Length', String(bytes)];
const page = (...lines: (readonly [string, string])[]): string => head('200 OK', [HTML, ...lines]);

export const FAULTS_OF_THE_WIRE: readonly ChaosFault[] = [
  { name: 'refused', hazard: 'Nobody listens.', door: 'closed', outcome: failed('refused'), serve: raw('') },
  { name: 'no-such-name', hazard: 'The name cannot be resolved.', door: 'unknown-name', outcome: failed('dns'), serve: raw('') },
  { name: 'hangs-up', hazard: 'The connection is closed without a word.', outcome: failed('reset'), serve: raw('', 'end') },
  { name: 'reset-in-header', hazard: 'The connection is reset within the headers.', outcome: failed('reset'), serve: raw('HTTP/1.1 200 OK\r\nContent-Ty', 'reset') },
  { name: 'closed-in-header', hazard: 'The connection ends within the headers.', outcome: failed('reset'), serve: raw('HTTP/1.1 200 OK\r\nContent-Ty', 'end') },
  { name: 'reset-in-body', hazard: 'The connection is reset within the body.', outcome: failed('truncated'), serve: (wire) => { wire.socket.write(page(length(BYTES.length)) + REPORT.slice(0, 300)); setTimeout(() => wire.socket.resetAndDestroy(), 50); } },
  { name: 'length-too-long', hazard: 'Content-Length promises more than comes.', outcome: failed('truncated'), serve: raw(Buffer.concat([Buffer.from(page(length(BYTES.length + 500))), BYTES]), 'end') },
  { name: 'length-too-short', hazard: 'More comes than Content-Length says; what follows must not become the next page.', outcome: OK, serve: raw(Buffer.concat([Buffer.from(page(length(BYTES.length - 14))), BYTES])) },
  { name: 'length-negative', hazard: 'Content-Length is below zero.', outcome: failed('bad-http'), serve: raw(page(length(-1)) + REPORT) },
  { name: 'length-twice', hazard: 'Two Content-Length headers that differ.', outcome: failed('truncated'), serve: raw(page(length(5), length(BYTES.length)) + REPORT) },
  { name: 'silence', hazard: 'The request is taken and never answered.', outcome: failed('timeout-headers'), serve: raw('') },
  { name: 'header-drip', hazard: 'The headers come a byte at a time, for ever.', outcome: failed('timeout-headers'), serve: endless('HTTP/1.1 200 OK\r\nX: ', 'y', 100) },
  { name: 'body-drip', hazard: 'The body comes a byte at a time, for ever.', outcome: failed('timeout-total'), serve: endless(page(), '.', 100) },
  { name: 'body-stalls', hazard: 'The body stops in the middle and the connection stays.', outcome: failed('timeout-body'), serve: raw(page(length(BYTES.length)) + REPORT.slice(0, 300)) },
  { name: 'body-endless', hazard: 'The body never ends and comes as fast as it is taken.', outcome: failed('too-large'), serve: endless(page(), Buffer.alloc(65_536, 0x20), 0) },
  { name: 'headers-endless', hazard: 'The headers never end and come as fast as they are taken.', outcome: failed('headers-too-large'), serve: endless('HTTP/1.1 200 OK\r\n', `X-Filler: ${'y'.repeat(1000)}\r\n`, 0) },
  { name: 'header-huge', hazard: 'One header of 200 KB.', outcome: failed('headers-too-large'), serve: raw(page(['X-Filler', 'y'.repeat(200_000)], length(2)) + 'ok') },
  { name: 'cookie-flood', hazard: 'Ten thousand Set-Cookie headers.', outcome: failed('headers-too-large'), serve: raw(page(...Array.from({ length: 10_000 }, (_, at) => ['Set-Cookie', `c${at}=1`] as const), length(2)) + 'ok') },
  { name: 'cookies-many', hazard: 'Five hundred Set-Cookie headers, which is allowed.', outcome: OK, serve: whole(REPORT, [HTML, ...Array.from({ length: 500 }, (_, at) => ['Set-Cookie', `c${at}=1`] as const)]) },
  { name: 'header-twice', hazard: 'Content-Type twice, with different charsets.', outcome: OK, serve: whole(REPORT, [HTML, ['Content-Type', 'text/html; charset=gbk']]) },
  { name: 'header-nul', hazard: 'A NUL byte in a header.', outcome: failed('bad-http'), serve: raw(page(['X', 'a\0b'], length(2)) + 'ok') },
  { name: 'header-prototype', hazard: 'Headers named __proto__ and constructor.', outcome: OK, serve: whole(REPORT, [HTML, ['__proto__', 'x'], ['constructor', 'y']]) },
  { name: 'line-feeds-only', hazard: 'Headers end with LF instead of CR LF.', outcome: failed('bad-http'), serve: raw(`HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: ${BYTES.length}\n\n${REPORT}`) },
  { name: 'http-0-9', hazard: 'A body without status line or headers (HTTP/0.9).', outcome: failed('bad-http'), serve: raw(REPORT, 'end') },
  { name: 'not-http', hazard: 'An SSH server.', outcome: failed('bad-http'), serve: raw('SSH-2.0-OpenSSH_9.2\r\n\r\n') },
  { name: 'continue-flood', hazard: 'Status 100 without end.', outcome: failed('bad-http'), serve: endless('', 'HTTP/1.1 100 Continue\r\n\r\n', 0) },
  { name: 'hints-flood', hazard: 'Status 103 without end.', outcome: failed('timeout-total'), serve: endless('', 'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n', 20) },
  { name: 'upgrade-unasked', hazard: 'Status 101 that nobody asked for.', outcome: failed('bad-http'), serve: raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n') },
  { name: 'two-answers', hazard: 'Two answers to one request: the second must not be taken for another page.', outcome: OK, serve: raw(`${page(length(BYTES.length))}${REPORT}${page(length(2))}no`) },
  { name: 'chunk-broken', hazard: 'A chunk length that is no number.', outcome: failed('truncated'), serve: raw(`${page(CHUNKED)}5\r\nhello\r\nzz\r\n`) },
  { name: 'chunk-huge', hazard: 'A chunk that says it has 16 EiB.', outcome: failed('bad-http'), serve: raw(`${page(CHUNKED)}ffffffffffffffffff\r\nhello\r\n`) },
  { name: 'chunk-cut', hazard: 'Chunks without the last one.', outcome: failed('truncated'), serve: raw(`${page(CHUNKED)}5\r\nhello\r\n`, 'end') },
  { name: 'chunk-extension', hazard: 'A chunk extension of 200 KB, which says nothing.', outcome: OK, serve: raw(Buffer.concat([Buffer.from(`${page(CHUNKED)}${BYTES.length.toString(16)};${'x'.repeat(200_000)}\r\n`), BYTES, Buffer.from('\r\n0\r\n\r\n')])) },
  { name: 'gzip-cut', hazard: 'A gzip stream that ends early.', outcome: failed('truncated'), serve: coded('gzip', gzipSync(REPORT).subarray(0, -20)) },
  { name: 'gzip-false', hazard: 'Plain text that says it is gzip.', outcome: failed('bad-encoding'), serve: coded('gzip', BYTES) },
  { name: 'gzip-trailer', hazard: 'A gzip stream whose checksum is wrong.', outcome: failed('bad-encoding'), serve: coded('gzip', Buffer.concat([gzipSync(REPORT).subarray(0, -8), Buffer.alloc(8, 1)])) },
  { name: 'br-cut', hazard: 'A Brotli stream that ends early.', outcome: failed('truncated'), serve: coded('br', brotliCompressSync(REPORT).subarray(0, -20)) },
  { name: 'deflate-raw', hazard: 'Raw deflate without the zlib wrapper.', outcome: OK, serve: coded('deflate', deflateRawSync(REPORT)) },
  { name: 'gzip-twice', hazard: 'Gzip within gzip, and said so.', outcome: OK, serve: coded('gzip, gzip', gzipSync(gzipSync(REPORT))) },
  { name: 'gzip-thrice', hazard: 'Three layers of coding.', outcome: failed('bad-encoding'), serve: coded('gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(REPORT)))) },
  { name: 'coding-unknown', hazard: 'A content coding that there is not.', outcome: failed('bad-encoding'), serve: coded('zst-9000', BYTES) },
  { name: 'bomb-gzip', hazard: '64 MiB in a gzip stream of 64 KB.', outcome: failed('too-large'), serve: coded('gzip', BOMB_GZIP) },
  { name: 'bomb-br', hazard: '64 MiB in a Brotli stream of some hundred bytes.', outcome: failed('too-large'), serve: coded('br', BOMB_BR) },
  { name: 'bomb-deflate', hazard: '64 MiB in a deflate stream.', outcome: failed('too-large'), serve: coded('deflate', deflateSync(ZEROS)) },
  { name: 'bomb-nested', hazard: '64 MiB in gzip within gzip.', outcome: failed('too-large'), serve: coded('gzip, gzip', gzipSync(BOMB_GZIP)) },
  { name: 'tls-expired', hazard: 'The certificate has expired.', door: 'expired', outcome: failed('tls-expired'), serve: whole(REPORT) },
  { name: 'tls-wrong-name', hazard: 'The certificate is another host\'s.', door: 'wrong-name', outcome: failed('tls-name'), serve: whole(REPORT) },
  { name: 'tls-untrusted', hazard: 'Nobody vouches for the certificate.', door: 'untrusted', outcome: failed('tls-untrusted'), serve: whole(REPORT) },
  { name: 'tls-old', hazard: 'Only TLS 1.1 is spoken.', door: 'old-protocol', outcome: failed('tls-protocol'), serve: whole(REPORT) },
  { name: 'tls-silent', hazard: 'The TLS handshake is never answered.', door: 'silent-handshake', outcome: failed('timeout-connect'), serve: whole(REPORT) },
  { name: 'tls-broken', hazard: 'The TLS handshake is broken off with an alert.', door: 'broken-handshake', outcome: failed('tls-handshake'), serve: whole(REPORT) },
  { name: 'tls-none', hazard: 'Plain HTTP at an https address.', door: 'plain-behind-https', outcome: failed('tls-not-https'), serve: whole(REPORT) },
];
