/**
 * Replaces the private-use characters of Wingdings and Symbol bullets (U+F020 to U+F0FF) by the marks they showed: Word writes
 * U+F06C where a reader saw ●. Limit: the private-use zones of GBK (U+E000 to U+E765) are something else and stay.
 */
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const BULLETS: Readonly<Record<string, string>> = {
  '\uf06c': '●', '\uf0b7': '•', '\uf0d8': '➢', '\uf0fc': '✓', '\uf0a7': '▪', '\uf06e': '■', '\uf075': '◆', '\uf0a8': '◻', '\uf0fe': '☑', '\uf0e0': '→', '\uf076': '❖',
};

export const symbolBullets: NamedRepair = {
  name: 'symbol-bullets',
  find: (text) => replaceMatches(text, /[\uf020-\uf0ff]/gu, ([mark]) => BULLETS[mark] ?? null),
};
