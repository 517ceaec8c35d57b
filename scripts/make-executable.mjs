/** Lets the built command be run: npx looks at the file itself, and the compiler writes it anew without the right to execute. */
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/src/cli.js', import.meta.url), 0o755);
