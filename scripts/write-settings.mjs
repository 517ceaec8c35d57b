/** Writes docs/settings.md from the settings table: `npm run build && node scripts/write-settings.mjs`. */
import { writeFileSync } from 'node:fs';
import { settingsPage } from '../dist/src/config-page.js';

writeFileSync(new URL('../docs/settings.md', import.meta.url), settingsPage());
