/**
 * Takes commas out that a copying site put in front of other marks: 公開,、透明,、高效。12月31日,。 No writer puts two such marks together; a slip of the
 * pen does so once, so the document must do it at least three times.
 */
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const INJECTED = /[,，](?=[、。，；])/gu;
const LEAST = 3;

export const injectedCommas: NamedRepair = {
  name: 'injected-commas',
  find: (text) => {
    const changes = replaceMatches(text, INJECTED, () => '');
    return changes.length >= LEAST ? changes : [];
  },
};
