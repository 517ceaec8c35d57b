/** The table of CMS families, in the order in which they are asked: marks that nobody else has come first. */
import type { PageView } from '../page-view.js';
import type { Family } from './family.js';
import { epoint } from './epoint.js';
import { generic } from './generic.js';
import { gkmlpt } from './gkmlpt.js';
import { hanweb } from './hanweb.js';
import { jpaas } from './jpaas.js';
import { lonsun } from './lonsun.js';
import { nc } from './nc.js';
import { openness } from './openness.js';
import { shga } from './shga.js';
import { trs } from './trs.js';
import { ucap } from './ucap.js';
import { vsb } from './vsb.js';

export const FAMILIES: readonly Family[] = [jpaas, gkmlpt, shga, openness, lonsun, hanweb, ucap, vsb, epoint, trs, nc, generic];

/** Other names by which seed lists call a family. */
const ALIASES: Readonly<Record<string, string>> = { 'trs-wcm': 'trs', 'hanweb-jcms': 'hanweb', 'hanweb-jpaas': 'jpaas', 'gd-post': 'gkmlpt', 'nc-content': 'nc' };

/**
 * The page's family: the first whose marks it shows, the seed's own before all others. A page without marks belongs to the
 * family the seed names. Marks outweigh the seed's word because sites are redesigned and seed lists are not.
 */
export function familyOf(view: PageView): Family {
  const named = view.page.seed?.platform.toLowerCase() ?? 'auto';
  const own = FAMILIES.find(({ id }) => id === (ALIASES[named] ?? named)) ?? generic;
  if (own !== generic && own.recognises(view)) return own;
  const shown = FAMILIES.find((family) => family.recognises(view)) ?? generic;
  return shown === generic ? own : shown;
}
