/** Writes the table of the farm's portals for people. */
import type { FarmPortal, FarmReport } from './shapes.js';

/** A Markdown table, one row a portal. */
export function portalTable(portals: readonly FarmPortal[], reports: readonly FarmReport[]): string {
  const rows = portals.map((portal) => {
    const count = reports.filter((report) => report.portal === portal.id).length;
    return [portal.id, `\`${portal.host}\``, portal.family, portal.charset, String(count), portal.difficulty, portal.outcome];
  });
  const header = ['portal', 'host', 'family', 'charset', 'reports', 'what makes it hard', 'what must come out'];
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n') + '\n';
}
