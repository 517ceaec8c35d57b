/** Decides what somebody must look at in the morning: few things, each once, each with what it rests on. */

/** What an alarm is about. The first four are told once; the others last until they are over. */
export type AlarmKind = 'text-shrunk' | 'replacement-characters' | 'checks-failing' | 'layout-changed' | 'nothing-listed' | 'portal-silent' | 'overdue';

export interface AlarmSettings {
  /** Harvests in a row in which a portal gave no page. */
  readonly silentRuns: number;
  /** A new text shorter than this share of the one before is an alarm. */
  readonly textShare: number;
  /** Days after a deadline in which a missing report is an alarm; later, the ledger tells it. */
  readonly overdueDays: number;
}

/** One thing to look at. */
export interface Alarm {
  readonly kind: AlarmKind;
  /** What tells it from others of its kind: the same key on another night is the same alarm. */
  readonly key: string;
  readonly portalId: string | null;
  readonly reportId: string | null;
  readonly agency: string | null;
  readonly code: string | null;
  readonly year: number | null;
  readonly url: string | null;
  /** The numbers and names that it rests on, by kind. */
  readonly facts: Readonly<Record<string, number | string | readonly string[]>>;
}

/** How a portal answered in the runs that asked it, newest first. */
export interface AskedPortal {
  readonly portalId: string;
  readonly agency: string | null;
  readonly code: string | null;
  readonly url: string;
  /** Pages that came in each of the last runs that asked it, this one first. */
  readonly pagesCame: readonly number[];
  /** Why pages did not come in this run: the most frequent reason. */
  readonly reason: string | null;
  /** Reports that its lists named in this run; null when none was read. */
  readonly listed: number | null;
  /** And in the last run before in which they named any; 0 when there was none. */
  readonly listedBefore: number;
}

/** A report with a new version, or a new report of a portal that was harvested before. */
export interface WrittenReport {
  readonly reportId: string;
  readonly portalId: string | null;
  readonly agency: string | null;
  readonly code: string | null;
  readonly year: number | null;
  readonly url: string;
  readonly version: number;
  readonly characters: number;
  readonly replacements: number;
  /** Arithmetic rules that its tables break. */
  readonly failing: readonly string[];
  /** The same of the version before; null for a new report. */
  readonly before: { readonly characters: number; readonly replacements: number; readonly failing: readonly string[] } | null;
}

/** A year without a report though the agency published one for the year before and its portal was read. */
export interface MissingYear {
  readonly agency: string;
  readonly code: string | null;
  readonly year: number;
  readonly dueOn: string;
  readonly daysSince: number;
}

/** A portal whose lists are elsewhere, or of another CMS, than before. */
export interface ChangedLayout {
  readonly portalId: string;
  readonly agency: string | null;
  readonly code: string | null;
  /** Where its first list is now. */
  readonly url: string | null;
  /** Addresses of the lists with their families. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface AlarmFacts {
  readonly portals: readonly AskedPortal[];
  readonly reports: readonly WrittenReport[];
  readonly missing: readonly MissingYear[];
  readonly layouts: readonly ChangedLayout[];
}

const NOTHING = { portalId: null, reportId: null, agency: null, code: null, year: null, url: null };

function ofPortal(portal: AskedPortal, { silentRuns }: AlarmSettings): Alarm[] {
  const { portalId, agency, code, url, pagesCame, listed, listedBefore, reason } = portal;
  const whose = { ...NOTHING, portalId, agency, code, url };
  const latest = pagesCame.slice(0, silentRuns);
  if (latest.length >= silentRuns && latest.every((pages) => pages === 0)) {
    return [{ ...whose, kind: 'portal-silent', key: portalId, facts: { runs: silentRuns, reason: reason ?? 'unknown' } }];
  }
  // A portal that gave no page at all says nothing about its lists.
  if ((pagesCame[0] ?? 0) === 0 || listedBefore === 0 || (listed ?? 0) > 0) return [];
  return [{ ...whose, kind: 'nothing-listed', key: portalId, facts: { before: listedBefore } }];
}

function ofReport(report: WrittenReport, { textShare }: AlarmSettings): Alarm[] {
  const { reportId, portalId, agency, code, year, url, version, characters, replacements, failing, before } = report;
  const about = { portalId, reportId, agency, code, year, url, key: `${reportId} ${version}` };
  const alarms: Alarm[] = [];
  if (before && characters < before.characters * textShare) alarms.push({ ...about, kind: 'text-shrunk', facts: { before: before.characters, after: characters } });
  if (replacements > (before?.replacements ?? 0)) alarms.push({ ...about, kind: 'replacement-characters', facts: { before: before?.replacements ?? 0, after: replacements } });
  const rules = failing.filter((rule) => !before?.failing.includes(rule));
  if (rules.length > 0) alarms.push({ ...about, kind: 'checks-failing', facts: { rules } });
  return alarms;
}

function ofLayout({ portalId, agency, code, url, before, after }: ChangedLayout): Alarm {
  return { ...NOTHING, kind: 'layout-changed', key: `${portalId} ${after.join(' ')}`, portalId, agency, code, url, facts: { before, after } };
}

function ofYear({ agency, code, year, dueOn, daysSince }: MissingYear, { overdueDays }: AlarmSettings): Alarm[] {
  if (daysSince <= 0 || daysSince > overdueDays) return [];
  return [{ ...NOTHING, kind: 'overdue', key: `${code ?? ''} ${agency} ${year}`, agency, code, year, facts: { dueOn } }];
}

/** Everything that is amiss after a run, in the order in which it is to be read. */
export function alarmsOf(facts: AlarmFacts, settings: AlarmSettings): Alarm[] {
  return [
    ...facts.portals.flatMap((portal) => ofPortal(portal, settings)), ...facts.layouts.map(ofLayout),
    ...facts.reports.flatMap((report) => ofReport(report, settings)), ...facts.missing.flatMap((year) => ofYear(year, settings)),
  ];
}
