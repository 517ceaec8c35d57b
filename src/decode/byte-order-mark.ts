/** Reads the byte order mark, the one declaration that cannot be a leftover of a template. */

/** The charset a payload's first bytes announce, and how many they are; null without a mark. */
export function byteOrderMark(payload: Uint8Array): { readonly charset: 'utf-8' | 'utf-16le' | 'utf-16be'; readonly length: number } | null {
  if (payload[0] === 0xef && payload[1] === 0xbb && payload[2] === 0xbf) return { charset: 'utf-8', length: 3 };
  if (payload[0] === 0xff && payload[1] === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (payload[0] === 0xfe && payload[1] === 0xff) return { charset: 'utf-16be', length: 2 };
  return null;
}
