/** The tool's own version, read from its package file. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

function packageVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const found = require(place) as { name?: string; version?: string };
      if (found.name === 'nianbao' && found.version !== undefined) return found.version;
    } catch {
      continue;
    }
  }
  return '0.0.0';
}

/** Such as `1.0.0`. */
export const TOOL_VERSION = packageVersion();
