/** Decides whether we have met these words before; told what is known, never looks it up. */
import type { DuplicateLink, Judged, KnownText, Recognised } from '../record.js';
import { foldedDigest, foldText, textDigest } from './digest.js';
import { fingerprint, similarity } from './fingerprint.js';
import { gradeOf } from './mirror.js';

/**
 * Pairs below are another text. Found on five reports and edits of them: true copies measured 0.78 to 1.00 (2 % of the
 * characters lost: 0.82; every tenth sentence dropped: 0.78), different agencies at most 0.30 even where both carry the same
 * statutory tables. Moves with the bands in fingerprint.ts.
 */
const NEAR = 0.8;

/** Folded characters below which likeness means nothing: pages that only say 见附件 are all alike. */
const ENOUGH_TEXT = 200;

export interface JudgeFacts {
  /** This document's own id: what is known of it is not a duplicate. */
  readonly reportId: string | null;
  /** The fingerprint of the text where the caller has made it already, to look up what is known. */
  readonly fingerprint?: readonly number[];
  /** Digest and length of the folded text where they were made before. */
  readonly folded?: { readonly digest: string; readonly length: number };
}

/** One agency may be unknown (a clone often hides it), two different ones are two reports whatever their likeness. */
function sameReport(recognised: Recognised, known: KnownText): boolean {
  const agencies = recognised.agency === null || known.agency === null || recognised.agency === known.agency;
  return agencies && recognised.year !== null && recognised.year === known.year;
}

interface Own {
  readonly recognised: Recognised;
  readonly folded: string;
  readonly foldedLength: number;
  readonly print: readonly number[];
}

/**
 * The link between this text and one known text. Next year's report with re-used sentences reaches a similarity of 0.98: likeness
 * alone never makes a pair; it takes the same agency and the same year.
 */
function linkTo(own: Own, known: KnownText): DuplicateLink | null {
  if (known.payloadDigest === own.recognised.payloadDigest) return { reportId: known.reportId, kind: 'raw', similarity: 1 };
  if (own.foldedLength === 0) return null;
  if (known.foldedDigest === own.folded) return { reportId: known.reportId, kind: 'text', similarity: 1 };
  if (own.foldedLength < ENOUGH_TEXT || !sameReport(own.recognised, known)) return null;
  const likeness = similarity(own.print, known.fingerprint);
  return likeness >= NEAR ? { reportId: known.reportId, kind: 'near', similarity: Math.round(likeness * 1000) / 1000 } : null;
}

function linksTo(own: Own, known: readonly KnownText[], facts: JudgeFacts): DuplicateLink[] {
  return known
    .filter((text) => text.reportId !== facts.reportId)
    .flatMap((text) => linkTo(own, text) ?? [])
    .sort((a, b) => (a.reportId < b.reportId ? -1 : 1));
}

/**
 * Judges a recognised page against `known`: what the store found under the same payload digest, the same folded digest or a
 * shared band. Nothing is merged; pairs are linked with their kind, and each document keeps its own grade.
 */
export function judge(recognised: Recognised, known: readonly KnownText[], facts: JudgeFacts = { reportId: null }): Judged {
  const print = facts.fingerprint ?? fingerprint(recognised.text);
  const folded = facts.folded ?? { digest: foldedDigest(recognised.text), length: foldText(recognised.text).length };
  const own: Own = { recognised, folded: folded.digest, foldedLength: folded.length, print };
  return {
    ...recognised,
    textDigest: textDigest(recognised.text),
    foldedDigest: own.folded,
    fingerprint: print,
    grade: gradeOf({ ...recognised, url: recognised.finalUrl }),
    duplicates: linksTo(own, known, facts),
  };
}
