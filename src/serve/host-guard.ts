/** Refuses questions that come under a name which is not this server's: a hostile site that points its own name at this machine (DNS rebinding). */
import { isIP } from 'node:net';

/** The host of a Host header without its port; null when it is none. */
function hostOf(header: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(?::\d{1,5})?$/iu.exec(header);
  return match?.[1]?.toLowerCase().replace(/^\[|\]$/gu, '') ?? null;
}

/**
 * Whether a Host header names this server: an address written in digits (no name was resolved, so none can have been bound anew), `localhost`,
 * or one of `names`, which the owner gave.
 */
export function isOwnHost(header: string | undefined, names: readonly string[]): boolean {
  const host = header === undefined ? null : hostOf(header);
  if (host === null) return false;
  return isIP(host) !== 0 || host === 'localhost' || names.some((name) => name.toLowerCase() === host);
}
