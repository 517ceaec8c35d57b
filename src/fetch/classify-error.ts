/** Decides which outcome an error of undici, Node, OpenSSL or Chromium stands for. */
import type { OutcomeReason } from './outcome.js';

/** Reasons by error code: Node's system errors, its TLS and HTTP parser, undici, and our own address guard. */
const BY_CODE: Readonly<Record<string, OutcomeReason>> = {
  ERR_PRIVATE_ADDRESS: 'private-address', ERR_INVALID_URL: 'bad-url',

  ENOTFOUND: 'dns', EAI_NONAME: 'dns', EAI_NODATA: 'dns', ENODATA: 'dns', EAI_FAIL: 'dns', ESERVFAIL: 'dns', EAI_AGAIN: 'dns', EREFUSED: 'dns', EBADNAME: 'dns', EBADRESP: 'dns',
  ETIMEOUT: 'dns-timeout',

  ECONNREFUSED: 'refused', ECONNRESET: 'reset', EPIPE: 'reset', ECONNABORTED: 'reset', ERR_STREAM_PREMATURE_CLOSE: 'reset', UND_ERR_SOCKET: 'reset',
  EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', EADDRNOTAVAIL: 'unreachable', EHOSTDOWN: 'unreachable', ENETDOWN: 'unreachable', EACCES: 'unreachable', EPERM: 'unreachable',

  ETIMEDOUT: 'timeout-connect', ERR_SOCKET_CONNECTION_TIMEOUT: 'timeout-connect', UND_ERR_CONNECT_TIMEOUT: 'timeout-connect',
  UND_ERR_HEADERS_TIMEOUT: 'timeout-headers', UND_ERR_BODY_TIMEOUT: 'timeout-body',

  CERT_HAS_EXPIRED: 'tls-expired', CERT_NOT_YET_VALID: 'tls-expired', CRL_HAS_EXPIRED: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name', HOSTNAME_MISMATCH: 'tls-name', ERR_TLS_CERT_ALTNAME_FORMAT: 'tls-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted', SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted', CERT_UNTRUSTED: 'tls-untrusted', CERT_REJECTED: 'tls-untrusted',
  CERT_REVOKED: 'tls-untrusted', CERT_SIGNATURE_FAILURE: 'tls-untrusted', CERT_CHAIN_TOO_LONG: 'tls-untrusted', INVALID_CA: 'tls-untrusted', INVALID_PURPOSE: 'tls-untrusted',
  PATH_LENGTH_EXCEEDED: 'tls-untrusted', UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'tls-untrusted', UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'tls-untrusted',
  CA_MD_TOO_WEAK: 'tls-untrusted', EE_KEY_TOO_SMALL: 'tls-untrusted', CA_KEY_TOO_SMALL: 'tls-untrusted',

  HPE_HEADER_OVERFLOW: 'headers-too-large', UND_ERR_HEADERS_OVERFLOW: 'headers-too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated', UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  HPE_INVALID_EOF_STATE: 'truncated',
  UND_ERR_ABORTED: 'stopped', ABORT_ERR: 'stopped', UND_ERR_CLOSED: 'stopped', UND_ERR_DESTROYED: 'stopped',
};

/**
 * Reasons by the words of OpenSSL, which reports five different causes as `EPROTO` (measured on OpenSSL 3).
 * First match counts: the alerts name a cause, `handshake failure` names none.
 */
const BY_OPENSSL_WORDS: readonly (readonly [words: string, reason: OutcomeReason])[] = [
  ['unsafe legacy renegotiation', 'tls-renegotiation'],
  ['wrong version number', 'tls-not-https'],
  ['packet length too long', 'tls-not-https'],
  ['http request', 'tls-not-https'],
  ['unknown protocol', 'tls-not-https'],
  ['unsupported protocol', 'tls-protocol'],
  ['protocol version', 'tls-protocol'],
  ['no protocols available', 'tls-protocol'],
  ['inappropriate fallback', 'tls-protocol'],
  ['key too small', 'tls-protocol'],
  ['no cipher', 'tls-protocol'],
  ['cipher list', 'tls-protocol'],
  ['insufficient security', 'tls-protocol'],
  ['wrong signature type', 'tls-protocol'],
  ['bad ecpoint', 'tls-protocol'],
  ['certificate has expired', 'tls-expired'],
  ['certificate verify failed', 'tls-untrusted'],
  ['handshake failure', 'tls-handshake'],
  ['unexpected eof', 'tls-handshake'],
  ['internal error', 'tls-handshake'],
  ['alert', 'tls-handshake'],
];

/** Chromium's names (`net::ERR_…`), as Playwright and the DevTools protocol report them. First match counts. */
const BY_CHROMIUM_NAME: readonly (readonly [name: string, reason: OutcomeReason])[] = [
  ['ERR_NAME_NOT_RESOLVED', 'dns'], ['ERR_NAME_RESOLUTION_FAILED', 'dns'], ['ERR_DNS_TIMED_OUT', 'dns-timeout'],
  ['ERR_CONNECTION_REFUSED', 'refused'], ['ERR_CONNECTION_RESET', 'reset'], ['ERR_CONNECTION_CLOSED', 'reset'], ['ERR_CONNECTION_ABORTED', 'reset'], ['ERR_SOCKET_NOT_CONNECTED', 'reset'],
  ['ERR_EMPTY_RESPONSE', 'reset'], ['ERR_CONNECTION_TIMED_OUT', 'timeout-connect'], ['ERR_TIMED_OUT', 'timeout-headers'],
  ['ERR_ADDRESS_UNREACHABLE', 'unreachable'], ['ERR_SOCKS_CONNECTION_HOST_UNREACHABLE', 'unreachable'], ['ERR_SOCKS_CONNECTION_FAILED', 'refused'], ['ERR_PROXY_CONNECTION_FAILED', 'network'],
  ['ERR_TUNNEL_CONNECTION_FAILED', 'network'], ['ERR_INTERNET_DISCONNECTED', 'network'],
  ['ERR_CERT_DATE_INVALID', 'tls-expired'], ['ERR_CERT_COMMON_NAME_INVALID', 'tls-name'], ['ERR_CERT_', 'tls-untrusted'],
  ['ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'tls-protocol'], ['ERR_SSL_OBSOLETE', 'tls-protocol'], ['ERR_SSL_PROTOCOL_ERROR', 'tls-not-https'], ['ERR_SSL_', 'tls-handshake'],
  ['ERR_CONTENT_LENGTH_MISMATCH', 'truncated'], ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'truncated'], ['ERR_CONTENT_DECODING', 'bad-encoding'],
  ['ERR_RESPONSE_HEADERS_TOO_BIG', 'headers-too-large'], ['ERR_TOO_MANY_REDIRECTS', 'too-many-redirects'], ['ERR_UNSAFE_REDIRECT', 'unsupported-scheme'],
  ['ERR_UNKNOWN_URL_SCHEME', 'unsupported-scheme'], ['ERR_INVALID_URL', 'bad-url'], ['ERR_UNSAFE_PORT', 'bad-url'],
  ['ERR_INVALID_HTTP_RESPONSE', 'bad-http'], ['ERR_INVALID_CHUNKED_ENCODING', 'bad-http'], ['ERR_RESPONSE_HEADERS_MULTIPLE', 'bad-http'], ['ERR_ABORTED', 'browser-failed'],
];

/** Errors wrap errors (`cause`, `AggregateError`); deeper than this there is only noise, or a ring. */
const DEEPEST = 6;

interface ErrorLike {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly message?: unknown;
  readonly reason?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** The error and what it wraps, outermost first. */
function withCauses(error: unknown): ErrorLike[] {
  const all: ErrorLike[] = [];
  let layer: unknown[] = [error];
  for (let depth = 0; depth < DEEPEST && layer.length > 0; depth += 1) {
    const objects = layer.filter((each): each is ErrorLike => typeof each === 'object' && each !== null);
    all.push(...objects);
    layer = objects.flatMap((each) => [each.cause, ...(Array.isArray(each.errors) ? each.errors as unknown[] : [])]).slice(0, 20);
  }
  return all;
}

function byWords(text: string): OutcomeReason | null {
  const lower = text.toLowerCase();
  return BY_OPENSSL_WORDS.find(([words]) => lower.includes(words))?.[1] ?? null;
}

function reasonOf(error: ErrorLike): OutcomeReason | null {
  const code = typeof error.code === 'string' ? error.code : '';
  const message = typeof error.message === 'string' ? error.message : '';
  if (error.name === 'TimeoutError') return 'timeout-total';
  // Undici's words for a status below 200 that nobody asked for; the code says only that the socket failed.
  if (code === 'UND_ERR_SOCKET' && (message === 'bad response' || message === 'bad upgrade')) return 'bad-http';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL')) {
    return byWords(`${typeof error.reason === 'string' ? error.reason : ''} ${message}`) ?? 'tls-handshake';
  }
  // Node's own words for a server that hangs up during the TLS handshake; the code says only ECONNRESET.
  if (code === 'ECONNRESET' && message.includes('before secure TLS connection')) return 'tls-handshake';
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code] ?? null;
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError') return 'bad-http';
  if (code.startsWith('ERR_TLS')) return 'tls-handshake';
  const chromium = message.includes('ERR_') ? BY_CHROMIUM_NAME.find(([name]) => message.includes(name)) : undefined;
  if (chromium) return chromium[1];
  return error.name === 'AbortError' ? 'stopped' : null;
}

/** What undici says of any socket fault; what it wraps says more. */
const VAGUE: ReadonlySet<OutcomeReason> = new Set(['reset', 'stopped']);

/**
 * The outcome an error stands for; `network` for a fault that names no cause. Never throws.
 * A precise reason of a wrapped error goes before a vague one of the wrapper.
 */
export function classifyError(error: unknown): OutcomeReason {
  const reasons = withCauses(error).map(reasonOf).filter((reason): reason is OutcomeReason => reason !== null);
  return reasons.find((reason) => !VAGUE.has(reason)) ?? reasons[0] ?? 'network';
}
