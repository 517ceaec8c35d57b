/** The public shelf: what `import … from 'nianbao'` gives. */
export { defineConfig } from './config.js';
export type { Config, UserConfig } from './config.js';
export { decode } from './decode/decode.js';
export { explainRepairs as repair } from './repair/explain.js';
export type { ExplainedText } from './repair/explain.js';
export type * from './record.js';
