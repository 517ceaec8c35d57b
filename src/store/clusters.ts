/** Puts the pairs of copies together into clusters: documents that are linked, directly or through others. */
import type { DuplicateLink } from '../record.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

export interface DuplicatePair {
  readonly reportId: string;
  readonly otherReportId: string;
  readonly kind: DuplicateLink['kind'];
  readonly similarity: number;
}

/** Documents that are copies of each other, by id, and the pairs that link them. */
export interface Cluster {
  readonly reportIds: readonly string[];
  readonly pairs: readonly DuplicatePair[];
}

/** The representative of `id`, with every step on the way pointed at it. */
function rootOf(parents: Map<string, string>, id: string): string {
  let root = id;
  for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
  for (let step = id; step !== root;) {
    const next = parents.get(step) ?? root;
    parents.set(step, root);
    step = next;
  }
  return root;
}

/** Clusters of `pairs`, largest first, then by their first id. */
export function clustersOf(pairs: readonly DuplicatePair[]): Cluster[] {
  const parents = new Map<string, string>();
  for (const { reportId, otherReportId } of pairs) {
    const [one, other] = [rootOf(parents, reportId), rootOf(parents, otherReportId)];
    parents.set(one, other);
    parents.set(other, other);
  }
  const clusters = new Map<string, { ids: Set<string>; pairs: DuplicatePair[] }>();
  for (const pair of pairs) {
    const root = rootOf(parents, pair.reportId);
    const cluster = clusters.get(root) ?? { ids: new Set<string>(), pairs: [] };
    clusters.set(root, cluster);
    cluster.ids.add(pair.reportId).add(pair.otherReportId);
    cluster.pairs.push(pair);
  }
  return [...clusters.values()].map(({ ids, pairs: own }) => ({ reportIds: [...ids].sort(), pairs: own }))
    .sort((a, b) => b.reportIds.length - a.reportIds.length || ((a.reportIds[0] ?? '') < (b.reportIds[0] ?? '') ? -1 : 1));
}

/** All pairs of copies, by id. */
export function readDuplicatePairs(database: Sqlite): DuplicatePair[] {
  return statement(database, 'SELECT document_id AS reportId, other_document_id AS otherReportId, kind, similarity FROM duplicate ORDER BY 1, 2').all() as DuplicatePair[];
}
