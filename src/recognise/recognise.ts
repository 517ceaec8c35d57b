/** Says whose report this is, for which year, in which format, with which tables. */
import { foldForMatching } from '../han/fold.js';
import { claimsOf } from '../html/page-title.js';
import { parse, rootOf } from '../html/parse.js';
import { textOf } from '../html/text-of.js';
import type { Divisions, Recognised, Repaired } from '../record.js';
import { UNKNOWN_AGENCY, findAgency } from './agency.js';
import { attachmentsOf } from './attachments.js';
import { formatEra } from './format-era.js';
import { legalBasis } from './legal-basis.js';
import { linesOfText } from './lines.js';
import { pageKind } from './page-kind.js';
import { publicationDates, publishedOn } from './published-on.js';
import { reportYear } from './report-year.js';
import { sectionsOf } from './sections.js';
import { findTitle } from './title.js';

/** What a still room may not look up itself. */
export interface RecogniseAids {
  readonly divisions: Divisions;
  /** Repairs a piece of the page's source as the text was repaired. */
  readonly mend?: (text: string) => string;
}

/** The page with everything its words say of it. */
export function recognise(page: Repaired, aids: RecogniseAids): Recognised {
  const mend = aids.mend ?? ((text: string): string => text);
  const tree = page.isMarkup ? parse(page.markup) : null;
  const claims = tree === null ? null : claimsOf(tree);
  const lines = linesOfText(page.text);
  const title = findTitle({ claims, lines, anchor: page.anchor, mend });
  const kind = pageKind({ title, lines, tree, markup: page.markup, status: page.status, divisions: aids.divisions });
  const isReport = kind === 'annual-report';
  const folded = title === null ? null : foldForMatching(title.title);
  const agency = isReport ? findAgency({ title: folded, lines, seed: page.seed, divisions: aids.divisions }) : UNKNOWN_AGENCY;
  const dates = publicationDates({ claims, pageText: () => (tree === null ? '' : mend(textOf(rootOf(tree)))), lines, listedOn: page.listedOn, title: folded });
  const year = isReport
    ? reportYear({ title: folded, text: foldForMatching(page.text), url: page.finalUrl, publishedOn: dates[0] ?? null })
    : { year: null, yearFrom: null, periodStart: null, periodEnd: null };
  return {
    ...page, ...agency, ...year, pageKind: kind, title: title?.title ?? null, publishedOn: publishedOn(dates, year.year),
    formatEra: formatEra(lines, isReport).era, legalBasis: legalBasis(page.text), sections: sectionsOf(lines, page.text.length), cells: [], checks: [],
    attachments: tree === null ? [] : attachmentsOf(tree, page.finalUrl),
  };
}
