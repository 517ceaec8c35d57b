/**
 * Removes characters that nobody can see and that split words for every search: zero-width spaces and joiners, soft hyphens,
 * direction controls, stray byte order marks. Seen in pages pasted from Word, WeChat and PDF (公\u200b安局 is found by nobody).
 * Limit: a zero-width joiner inside an emoji or an Indic script is meant; neither occurs between hanzi, and only those are touched.
 */
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u200e\u200f]+/gu;
/** Joiners and non-joiners beside a hanzi or its punctuation. */
const JOINERS = /(?<=[\u3000-\u9fff\uff00-\uffef])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u3000-\u9fff\uff00-\uffef])/gu;

export const invisibleCharacters: NamedRepair = {
  name: 'invisible-characters',
  find: (text) => [...replaceMatches(text, INVISIBLE, () => ''), ...replaceMatches(text, JOINERS, () => '')].sort((a, b) => a.start - b.start),
};
