/** Holds an archive against the farm's truth: every report is held, or named with the reason why not. */
import type { Farm, FarmReport } from './shapes.js';

/** What an archive says of addresses. */
export interface ArchiveWord {
  /** Addresses of annual reports that are held. */
  readonly held: ReadonlySet<string>;
  /** Addresses with the reason why nothing is held there. */
  readonly named: ReadonlyMap<string, string>;
}

/** A report that is not held, and the reason under which the archive names it. */
export interface NamedReport {
  readonly report: FarmReport;
  readonly reason: string;
}

export interface Account {
  readonly held: readonly FarmReport[];
  readonly named: readonly NamedReport[];
  /** Neither held nor named: there must be none. */
  readonly lost: readonly FarmReport[];
  /** Withheld pages with the reason that the archive has for them; null: it has none. */
  readonly refusals: readonly { readonly url: string; readonly reason: string | null }[];
}

/** Where the archive may name a report: its own page, the page that links to the document, the column without which nobody can know of it. */
function namedAt(farm: Farm, report: FarmReport): string[] {
  const portal = farm.portals.find(({ id }) => id === report.portal);
  const columns = report.needsBrowser === true ? portal?.columns ?? [] : [];
  return [report.url, ...(report.attachedTo === undefined ? [] : [report.attachedTo]), ...columns.map((column) => `${farm.origin(portal?.host ?? '')}${column}`)];
}

function isHeld(report: FarmReport, held: ReadonlySet<string>): boolean {
  return held.has(report.url) || (report.attachedTo !== undefined && held.has(report.attachedTo));
}

/** The farm's books, closed against what an archive says. */
export function accountFor(farm: Farm, word: ArchiveWord): Account {
  const rest = farm.reports.filter((report) => !isHeld(report, word.held));
  const reasonOf = (report: FarmReport): string | undefined => namedAt(farm, report).map((url) => word.named.get(url)).find((reason) => reason !== undefined);
  return {
    held: farm.reports.filter((report) => isHeld(report, word.held)),
    named: rest.flatMap((report) => { const reason = reasonOf(report); return reason === undefined ? [] : [{ report, reason }]; }),
    lost: rest.filter((report) => reasonOf(report) === undefined),
    refusals: farm.portals.flatMap((portal) => portal.refusals).map(({ url }) => ({ url, reason: word.named.get(url) ?? null })),
  };
}
