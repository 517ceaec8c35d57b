/** Finds the report that an address means. */
import { findDocument } from '../store/find-document.js';
import { readDocument } from '../store/read.js';
import type { DocumentVersion } from '../store/read.js';
import { askedNumber } from './asked.js';
import type { Visit } from './visit.js';

/** The document by its id, an unmistakable beginning of it, or its URL, in the version asked for; null when there is none. */
export function askedDocument(visit: Visit, wanted: string): DocumentVersion | null {
  const found = findDocument(visit.database, wanted, visit.knowledge.keyOf);
  return found === null ? null : readDocument(visit.database, found, askedNumber(visit, 'version', [1, 1_000_000]));
}
