/** The addresses of the pages, in one table. */
import { inOneView } from '../store/browse.js';
import { agencyPage } from './pages/agency.js';
import { coveragePage, provincePage } from './pages/coverage.js';
import { duplicatesPage } from './pages/duplicates.js';
import { numbersChart, numbersPage, numbersTable } from './pages/numbers.js';
import { portalPage } from './pages/portal.js';
import { rawPage } from './pages/raw.js';
import { reportPage } from './pages/report.js';
import { runPage, runsChart, runsPage } from './pages/runs.js';
import { searchPage } from './pages/search.js';
import { versionsPage } from './pages/versions.js';
import type { Answer, PageMaker, Visit } from './visit.js';

/** Paths below the language, still percent-encoded, and who answers them. */
const ROUTES: readonly (readonly [pattern: RegExp, make: PageMaker])[] = [
  [/^\/(?:coverage)?$/u, coveragePage],
  [/^\/coverage\/(\d\d|none)$/u, provincePage],
  [/^\/agency\/([^/]+)$/u, agencyPage],
  [/^\/portal\/([^/]+)$/u, portalPage],
  [/^\/report\/([^/]+)$/u, reportPage],
  [/^\/report\/([^/]+)\/versions$/u, versionsPage],
  [/^\/report\/([^/]+)\/raw$/u, rawPage],
  [/^\/search$/u, searchPage],
  [/^\/numbers$/u, numbersPage],
  [/^\/numbers\.svg$/u, numbersChart],
  [/^\/numbers\.csv$/u, numbersTable],
  [/^\/runs$/u, runsPage],
  [/^\/runs\.svg$/u, runsChart],
  [/^\/run\/(\d{1,15})$/u, runPage],
  [/^\/duplicates$/u, duplicatesPage],
];

/** The answer of the page at `path`, read in one unchanging view of the archive; null when there is none. */
export async function makeAnswer(visit: Visit, path: string): Promise<Answer | null> {
  for (const [pattern, make] of ROUTES) {
    const found = pattern.exec(path);
    if (!found) continue;
    const answer = inOneView(visit.database, () => make(visit, found.slice(1).map(decodeURIComponent)));
    return typeof answer === 'function' ? answer() : answer;
  }
  return null;
}
