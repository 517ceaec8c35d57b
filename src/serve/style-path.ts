/** The style sheet's address: it names the contents, so that a browser may keep it for good and never shows an old one. */
import { createHash } from 'node:crypto';
import { STYLE } from './style.js';

export const STYLE_PATH = `/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
