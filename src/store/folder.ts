/** Makes the archive's folder. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes `folder` and what is missing above it. Level by level: below /proc, `mkdirSync` with `recursive` never returns in Node 20, deaf to every signal but
 * SIGKILL. Throws as `mkdirSync` does.
 */
export function makeFolder(folder: string): void {
  const lacking: string[] = [];
  for (let at = resolve(folder); !existsSync(at) && dirname(at) !== at; at = dirname(at)) lacking.push(at);
  for (const level of lacking.reverse()) {
    try {
      mkdirSync(level);
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if ((error as { code?: string }).code !== 'EEXIST' || !existsSync(level)) throw error;
    }
  }
}
