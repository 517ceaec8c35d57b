/** Makes a seed row of what a walk found: whose list it is, where it stands, which CMS prints it. What is not known stays empty. */
import { namesOtherAgency } from '../discover/agency-words.js';
import { foldWords } from '../discover/report-words.js';
import { foldForMatching } from '../han/fold.js';
import { mentionsIn } from '../recognise/agency-name.js';
import type { AgencyName } from '../recognise/agency-name.js';
import type { Divisions, Seed } from '../record.js';
import type { SeedCells } from '../seeds/add-row.js';
import { checkRow } from '../seeds/check-row.js';
import type { SeedProblem } from '../seeds/problem.js';
import type { FoundReport, Scouted } from './scout.js';

export interface Proposal {
  readonly cells: SeedCells;
  /** Null when the row would not pass `portals check`. */
  readonly seed: Seed | null;
  readonly problems: readonly SeedProblem[];
  /** The reports of the agency among those found. */
  readonly reports: readonly FoundReport[];
  /** Reports in the same list that name another agency. */
  readonly others: number;
}

export interface ProposalFacts {
  readonly scouted: Scouted;
  /** The agency as the user named it. */
  readonly agency: string | null;
  /** An address of the portal's home page that has answered. */
  readonly home: string | null;
  readonly divisions: Divisions;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** The police body that most titles name; null when none does. */
export function agencyOfTitles(reports: readonly FoundReport[], divisions: Divisions): AgencyName | null {
  const named = new Map<string, { agency: AgencyName; count: number }>();
  for (const { title } of reports) {
    const agency = title === null ? null : mentionsIn(foldForMatching(title), { divisions, within: null })[0]?.agency ?? null;
    if (agency) named.set(agency.name, { agency, count: (named.get(agency.name)?.count ?? 0) + 1 });
  }
  return [...named.values()].sort((a, b) => b.count - a.count)[0]?.agency ?? null;
}

function yearsOf(reports: readonly FoundReport[]): string {
  const years = reports.flatMap(({ year }) => year ?? []);
  if (years.length === 0) return '';
  return Math.min(...years) === Math.max(...years) ? `, ${years[0]}` : `, ${Math.min(...years)} to ${Math.max(...years)}`;
}

/** The row that a seed list would have for what was found. */
export function propose(facts: ProposalFacts): Proposal {
  const { scouted, divisions, home, today } = facts;
  const read = agencyOfTitles(scouted.reports, divisions);
  const agency = facts.agency ?? read?.name ?? scouted.agency;
  const code = agency !== null && agency === read?.name ? read.code : null;
  const own = scouted.reports.filter(({ title }) => title === null || agency === null || !namesOtherAgency(foldWords(title), { agency } as Seed));
  const written: SeedCells = {
    agency: agency ?? '', code: code ?? '', home: home ?? '', columns: scouted.column ?? '', platform: scouted.family === null || scouted.family === 'generic' ? 'auto' : scouted.family,
    render: 'auto', enabled: 'yes', note: scouted.outcome === 'found' ? `column seen on ${today}: ${own.length} reports${yearsOf(own)}` : `seen on ${today}`,
  };
  const { seed, problems } = checkRow({ file: '', line: 0, cells: written }, divisions);
  const seat = seed === null ? {} : { code: seed.code ?? '', province: seed.province ?? '', city: seed.city ?? '', county: seed.county ?? '', agency: seed.agency ?? '', level: seed.level ?? '' };
  return { cells: { ...written, ...seat }, seed, problems, reports: own, others: scouted.reports.length - own.length };
}
