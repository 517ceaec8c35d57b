/** The public shelf: what `import … from 'nianbao'` gives. */
export { defineConfig } from './config.js';
export type { Config, UserConfig } from './config.js';
export type * from './record.js';
