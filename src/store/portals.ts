/** Keeps the portals in step with the seed lists. */
import type { Seed } from '../record.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

const UPSERT = `
  INSERT INTO portal (portal_id, code, province, city, county, agency, level, home, columns, platform, render, charset, delay_seconds,
    enabled, note, source_file, source_line, first_seen, last_seen)
  VALUES (@portalId, @code, @province, @city, @county, @agency, @level, @home, @columns, @platform, @render, @charset, @delaySecs,
    @enabled, @note, @file, @line, @seenAt, @seenAt)
  ON CONFLICT (portal_id) DO UPDATE SET code = excluded.code, province = excluded.province, city = excluded.city, county = excluded.county,
    agency = excluded.agency, level = excluded.level, home = excluded.home, columns = excluded.columns, platform = excluded.platform,
    render = excluded.render, charset = excluded.charset, delay_seconds = excluded.delay_seconds, enabled = excluded.enabled,
    note = excluded.note, source_file = excluded.source_file, source_line = excluded.source_line, last_seen = excluded.last_seen`;

/** Writes every seed to its portal row; rows of portals no longer in any list stay, with their history. */
export function syncPortals(database: Sqlite, seeds: readonly Seed[], seenAt: string): void {
  const upsert = statement(database, UPSERT);
  database.transaction(() => {
    for (const seed of seeds) {
      const { source, columns, enabled, ...plain } = seed;
      upsert.run({ ...plain, columns: JSON.stringify(columns), enabled: enabled ? 1 : 0, file: source.file, line: source.line, seenAt });
    }
  }).immediate();
}

interface PortalRow {
  portal_id: string; code: string | null; province: string | null; city: string | null; county: string | null; agency: string | null;
  level: string | null; home: string | null; columns: string; platform: string; render: string; charset: string | null;
  delay_seconds: number | null; enabled: number; note: string | null; source_file: string | null; source_line: number | null;
}

/** The seed as it was last written to its portal row; null when the portal is unknown. */
export function readSeed(database: Sqlite, portalId: string): Seed | null {
  const row = statement(database, 'SELECT * FROM portal WHERE portal_id = ?').get(portalId) as PortalRow | undefined;
  if (!row) return null;
  return {
    portalId: row.portal_id, code: row.code, province: row.province, city: row.city, county: row.county, agency: row.agency,
    level: row.level as Seed['level'], home: row.home, columns: JSON.parse(row.columns) as string[], platform: row.platform,
    render: row.render as Seed['render'], charset: row.charset, delaySecs: row.delay_seconds, enabled: row.enabled === 1, note: row.note,
    source: { file: row.source_file ?? '', line: row.source_line ?? 0 },
  };
}
