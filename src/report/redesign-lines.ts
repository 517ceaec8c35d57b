/** Says in words which portals were redesigned, where their lists are now, and which row of the seed lists to mend. */
import type { ListPlace, MovedReport, Redesign } from '../store/redesigns.js';

/** Addresses named on each side. */
const NAMED = 3;

function places(all: readonly ListPlace[]): string {
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return all.slice(0, NAMED).map(({ url, family }) => `${url} (${family})`).join(', ') + more;
}

function mend({ seedFile, seedLine, before, after }: Redesign): string {
  const same = before.every(({ url }) => after.some((place) => place.url === url));
  return same || seedFile === null || seedFile === '' ? '' : ` Correct its row in ${seedFile}${seedLine === null ? '' : `, line ${seedLine}`}.`;
}

/** A line for each redesigned portal, and how many reports only changed their address. */
export function redesignLines(redesigns: readonly Redesign[], moved: readonly MovedReport[]): string[] {
  return [
    ...(moved.length > 0 ? [`Moved: ${moved.length} ${moved.length === 1 ? 'report was' : 'reports were'} held already, under an older address of the same portal.`] : []),
    ...redesigns.map((portal) => `Redesigned: ${portal.agency ?? portal.portalId}: the reports listed at ${places(portal.before)} are now listed at ${places(portal.after)}.${mend(portal)}`),
  ];
}
