/** Requests carried over: the end of one year's report against the beginning of the next, whichever of the two changes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDocument, readParts } from '../../src/store/read.js';
import { verifyArchive } from '../../src/store/verify.js';
import { ArchiveFixture } from './archive-fixture.js';
import type { FixtureReport } from './archive-fixture.js';

const COLUMNS = ['natural', 'commercial', 'research', 'welfare', 'legal', 'other', 'total'] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], number | null>>>;

let archive: ArchiveFixture;
beforeEach(() => { archive = new ArchiveFixture(); });
afterEach(() => archive.remove());

/** A version of a report with the two rows that years share; a null stands for a blank cell. */
function report(row: FixtureReport, carried: { readonly in: Row; readonly out: Row }): void {
  archive.report({ agency: '清河市公安局', code: '430100', ...row });
  const version = archive.database.prepare('SELECT current_version FROM document WHERE document_id = ?').pluck().get(row.id) as number;
  for (const column of COLUMNS) {
    for (const [key, values] of [['carriedIn', carried.in], ['carriedOut', carried.out], ['new', {}]] as const) {
      const value = (values as Row)[column] === undefined ? 0 : (values as Row)[column] ?? null;
      archive.cell(row.id, ['requests', key, column], value === null ? '' : String(value), value, version);
    }
  }
}

interface Check { rule: string; state: string; expected: number | null; actual: number | null; other_report_id: string | null }

/** The verdicts on a report by applicant column. */
function verdicts(id: string): Map<string, Check> {
  const rows = archive.database.prepare("SELECT rule, state, expected, actual, other_report_id FROM v_check WHERE report_id = ? AND rule LIKE 'T3-XYEAR-CARRY.%'").all(id) as Check[];
  return new Map(rows.map((row) => [row.rule.replace('T3-XYEAR-CARRY.', ''), row]));
}
const states = (id: string): string[] => COLUMNS.map((column) => verdicts(id).get(column)?.state ?? 'none');

describe('carry-over checks', () => {
  it('compare each column with the report of the year before, and name that report', () => {
    report({ id: 'y2021', year: 2021 }, { in: { natural: 2 }, out: { natural: 3, total: 3 } });
    report({ id: 'y2022', year: 2022 }, { in: { natural: 3, total: 4 }, out: {} });
    expect(states('y2022')).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'fail']);
    expect(verdicts('y2022').get('total')).toEqual({ rule: 'T3-XYEAR-CARRY.total', state: 'fail', expected: 3, actual: 4, other_report_id: 'y2021' });
    expect(verdicts('y2022').get('natural')).toMatchObject({ expected: 3, actual: 3 });
  });

  it('are not assessable when a cell is blank or the year before has no table, and there are none when that year is not held', () => {
    archive.report({ id: 'y2020', agency: '清河市公安局', code: '430100', year: 2020 });
    report({ id: 'y2021', year: 2021 }, { in: {}, out: { natural: null } });
    report({ id: 'y2022', year: 2022 }, { in: { research: null }, out: {} });
    expect(states('y2022')).toEqual(['not-assessable', 'pass', 'not-assessable', 'pass', 'pass', 'pass', 'pass']);
    expect(verdicts('y2022').get('natural')).toMatchObject({ expected: null, actual: null, other_report_id: 'y2021' });
    expect(new Set(states('y2021'))).toEqual(new Set(['not-assessable']));
    expect(verdicts('y2021').get('natural')?.other_report_id).toBe('y2020');
    archive.database.exec("UPDATE version SET agency = '沙岭县公安局' WHERE document_id = 'y2020'");
    expect(verdicts('y2021').size).toBe(0);
  });

  it('follow a new version of either report', () => {
    report({ id: 'y2021', year: 2021 }, { in: {}, out: { total: 3 } });
    report({ id: 'y2022', year: 2022 }, { in: { total: 4 }, out: { total: 1 } });
    report({ id: 'y2023', year: 2023 }, { in: { total: 1 }, out: {} });
    expect([verdicts('y2022').get('total')?.state, verdicts('y2023').get('total')?.state]).toEqual(['fail', 'pass']);
    report({ id: 'y2021', year: 2021, text: '更正后的报告' }, { in: {}, out: { total: 4 } });
    expect([verdicts('y2022').get('total')?.state, verdicts('y2023').get('total')?.state]).toEqual(['pass', 'pass']);
    report({ id: 'y2022', year: 2022, text: '更正后的报告' }, { in: { total: 5 }, out: { total: 2 } });
    expect(verdicts('y2022').get('total')).toMatchObject({ state: 'fail', expected: 4, actual: 5 });
    expect(verdicts('y2023').get('total')).toMatchObject({ state: 'fail', expected: 2, actual: 1 });
  });

  it('ask the report of the same agency: of the same name, and with it of the same place', () => {
    report({ id: 'a2021', agency: '朝阳分局', code: '110105', year: 2021 }, { in: {}, out: { total: 7 } });
    report({ id: 'b2022', agency: '朝阳分局', code: '220104', year: 2022 }, { in: { total: 1 }, out: {} });
    report({ id: 'c2022', agency: '朝阳分局', code: null, year: 2022 }, { in: { total: 1 }, out: {} });
    for (const id of ['b2022', 'c2022']) expect(verdicts(id).size).toBe(0);
  });

  it('prefer the official report to a copy, and never rest on an altered one', () => {
    report({ id: 'clone', year: 2021, grade: 'clone' }, { in: {}, out: { total: 9 } });
    report({ id: 'y2022', year: 2022 }, { in: { total: 3 }, out: {} });
    expect(verdicts('y2022').size).toBe(0);
    report({ id: 'mirror', year: 2021, grade: 'mirror' }, { in: {}, out: { total: 3 } });
    expect(verdicts('y2022').get('total')).toMatchObject({ state: 'pass', other_report_id: 'mirror' });
    report({ id: 'official', year: 2021 }, { in: {}, out: { total: 4 } });
    expect(verdicts('y2022').get('total')).toMatchObject({ state: 'fail', other_report_id: 'official' });
  });

  it('are not made for a report without the table, nor for a document that is no report', () => {
    report({ id: 'y2021', year: 2021 }, { in: {}, out: {} });
    archive.report({ id: 'y2022', agency: '清河市公安局', code: '430100', year: 2022 });
    report({ id: 'other', year: 2022, kind: 'other' }, { in: {}, out: {} });
    for (const id of ['y2022', 'other']) expect(verdicts(id).size).toBe(0);
  });

  it('stand among the checks of a record, for the current version only, and no seal covers them', () => {
    report({ id: 'y2022', year: 2022 }, { in: { total: 3 }, out: {} });
    report({ id: 'y2022', year: 2022, text: '更正后的报告' }, { in: { total: 3 }, out: {} });
    report({ id: 'y2021', year: 2021 }, { in: {}, out: { total: 3 } });
    const checks = (version: number | null): readonly unknown[] => {
      const document = readDocument(archive.database, 'y2022', version);
      return document === null ? [] : readParts(archive.database, document).checks;
    };
    expect(checks(null)).toContainEqual({ rule: 'T3-XYEAR-CARRY.total', state: 'pass', expected: 3, actual: 3, otherReportId: 'y2021' });
    expect(checks(1)).toEqual([]);
    expect(verifyArchive(archive.database).problems).toEqual([]);
  });
});
