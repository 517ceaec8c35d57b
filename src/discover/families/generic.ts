/** Every site that shows no family's marks: anchors with a date beside them, and the pager's own links. */
import type { Family } from './family.js';

export const generic: Family = { id: 'generic', recognises: () => true };
