/** Writes the seed list that points at the farm. */
import type { FarmPortal } from './shapes.js';

const COLUMNS = ['code', 'agency', 'level', 'home', 'columns', 'platform', 'note'];

function field(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** One row a portal, columns as in `seeds/*.csv`; the note says what is difficult there. */
export function seedList(portals: readonly FarmPortal[], origin: (host: string) => string): string {
  const rows = portals.map((portal) => {
    const at = (path: string): string => `${origin(portal.host)}${path}`;
    const columns = portal.columns.map(at).join('|');
    return [portal.code, portal.agency, portal.level, portal.home ? at(portal.home) : '', columns, 'auto', portal.difficulty];
  });
  return [COLUMNS, ...rows].map((row) => row.map(field).join(',')).join('\n') + '\n';
}
