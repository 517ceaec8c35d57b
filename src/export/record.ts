/** Builds the export record: the fields of a report and their order, fixed for everybody who reads the corpus. */
import type { DuplicateLink, FetchedBy, Grade, Notice, Redirect, Repair, ReportIdentity, Section, Statement, StoredCell, StoredCheck } from '../record.js';
import type { DocumentParts, DocumentVersion } from '../store/read.js';

/** One report as every format carries it. Unknown is null. Documented field by field in codebook.ts. */
export interface ExportRecord extends Omit<ReportIdentity, 'agencyFrom' | 'yearFrom'> {
  readonly reportId: string;
  readonly url: string;
  readonly finalUrl: string;
  readonly kind: 'annual-report' | 'other';
  readonly grade: Grade | null;
  /** When the portal was seen to have it no longer at this address. */
  readonly removedAt: string | null;
  readonly mediaType: string | null;
  readonly charset: { readonly used: string | null; readonly declared: string | null; readonly from: string | null };
  readonly text: string;
  readonly sections: readonly Section[];
  readonly cells: readonly StoredCell[];
  readonly checks: readonly StoredCheck[];
  readonly statements: readonly Statement[];
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly repairs: readonly Repair[];
  readonly attachments: readonly { readonly name: string; readonly url: string; readonly sha256: string | null; readonly mediaType: string | null }[];
  readonly rawSha256: string;
  readonly textSha256: string;
  readonly notices: readonly Notice[];
  readonly duplicates: readonly DuplicateLink[];
  readonly provenance: {
    readonly captureId: string;
    readonly runId: string | null;
    readonly fetchedAt: string;
    readonly via: FetchedBy;
    readonly status: number | null;
    readonly redirects: readonly Redirect[];
    readonly robots: string | null;
    readonly tool: string | null;
    readonly derivation: string;
  };
}

function provenanceOf(document: DocumentVersion): ExportRecord['provenance'] {
  const { provenance } = document;
  return {
    captureId: String(provenance.captureId), runId: provenance.runId === null ? null : String(provenance.runId), fetchedAt: provenance.fetchedAt,
    via: provenance.via, status: provenance.status, redirects: provenance.redirects, robots: provenance.robots,
    tool: provenance.toolVersion === null ? null : `nianbao ${provenance.toolVersion}`, derivation: document.derivation,
  };
}

/** The record of a document's version with what hangs on it. Names every field, so that a new column cannot slip in unseen. */
export function buildRecord(document: DocumentVersion, parts: DocumentParts): ExportRecord {
  const { charset } = document;
  return {
    reportId: document.reportId, url: document.url, finalUrl: document.finalUrl, kind: document.kind, title: document.title,
    agency: document.agency, code: document.code, province: document.province, city: document.city, county: document.county, level: document.level,
    year: document.year, periodStart: document.periodStart, periodEnd: document.periodEnd, publishedOn: document.publishedOn,
    formatEra: document.formatEra, legalBasis: document.legalBasis, grade: document.grade, removedAt: document.removedAt,
    mediaType: document.mediaType, charset: { used: charset.used ?? null, declared: charset.declared ?? null, from: charset.from ?? null },
    text: document.text,
    sections: document.sections.map(({ heading, level, start, end }) => ({ heading, level, start, end })),
    cells: parts.cells.map(({ table, row, column, raw, value, state, place }) => ({ table, row, column, raw, value, state, place })),
    checks: parts.checks.map(({ rule, state, expected, actual, otherReportId }) => ({ rule, state, expected, actual, otherReportId })),
    statements: document.statements.map(({ key, value, unit, isApproximate, sentence, start, end, method }) => ({ key, value, unit, isApproximate, sentence, start, end, method })),
    metadata: document.metadata,
    repairs: parts.repairs.map(({ step, start, end, before, after, method, confidence }) => ({ step, start, end, before, after, method, confidence })),
    attachments: parts.attachments.map(({ name, url, sha256, mediaType }) => ({ name, url, sha256, mediaType })),
    rawSha256: document.rawSha256, textSha256: document.textSha256,
    notices: document.notices.map(({ code, room, message }) => ({ code, room, message })),
    duplicates: parts.duplicates.map(({ reportId, kind, similarity }) => ({ reportId, kind, similarity })),
    provenance: provenanceOf(document),
  };
}
