/** Decides what a host's next turn is spent on: lower numbers first. */
import type { CandidateKind } from '../record.js';

/**
 * Reports before the lists that lead to more of them: if a harvest is cut short, documents are what was wanted.
 * Columns come before home pages because a seeded column makes the search from the home page unnecessary.
 */
const PRIORITY: Readonly<Record<CandidateKind, number>> = { robots: 0, article: 10, attachment: 20, list: 30, column: 40, home: 50 };

/** The turn order of a kind of page. */
export function priorityOf(kind: CandidateKind): number {
  return PRIORITY[kind];
}
