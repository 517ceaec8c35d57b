/** 安徽 Openness: every branch (agency) has a page of annual reports of its own. */
import { namesOwnAgency } from '../agency-words.js';
import type { FoundLink } from '../discovery.js';
import { PRIORITY } from '../list.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /\/[oO]penness(?:AnnualReport|Content)?(?:\/|$|\?)|\/oshow\/\d+\.html$/u;
const MARKUP = /\/[oO]penness(?:AnnualReport|Content)\/|\/oshow\/\d{1,12}\.html/u;

/** Links to the seed's own agency carry its branch id; the CMS builds the address of its annual reports from that id. */
function annualOfBranch(view: PageView): FoundLink[] {
  const branches = view.links.flatMap((link) => {
    const branch = new URL(link.url).searchParams.get('branch_id');
    return branch !== null && namesOwnAgency(link.folded, view.page.seed) ? [{ branch, label: link.label, origin: new URL(link.url).origin }] : [];
  });
  return branches.slice(0, 3).map(({ branch, label, origin }) => (
    { url: `${origin}/OpennessAnnualReport/?branch_id=${encodeURIComponent(branch)}`, kind: 'column', heardVia: 'link', anchor: label, listedOn: null, priority: PRIORITY.column }));
}

function read(view: PageView): FamilyReading | null {
  const isReportColumn = /\/[oO]pennessAnnualReport\/?(?:\?|$)/u.test(view.url);
  const found = isReportColumn ? [] : annualOfBranch(view);
  return isReportColumn || found.length > 0 ? { isReportColumn, found } : null;
}

export const openness: Family = { id: 'openness', recognises: (view) => marks(view, ADDRESS, MARKUP), read };
