/** The table of the farm's portals: one a difficulty, one a further CMS family, and the rest of the large world. */
import type { World } from '../publisher.js';
import type { Site } from '../site.js';
import { attachmentPortal } from './attachment.js';
import { big5Portal } from './big5.js';
import { countyColumnPortal, countyCopyPortal } from './county.js';
import { gbkBarePortal } from './gbk-bare.js';
import { genericPortal } from './generic.js';
import { hanwebPortal } from './hanweb.js';
import { modulePortal, ncPortal, treePortal } from './module-families.js';
import { copyistPortal, damagedPortal } from './damaged.js';
import { emptyListPortal, fencedPortal, softMissingPortal } from './hollow.js';
import { annualEndpointPortal, lonsunPortal, opennessPortal, shanghaiPortal } from './query-families.js';
import { mirrorPortal } from './mirror.js';
import { gkmlptPortal, jpaasPortal } from './script-families.js';
import { movedColumnPortal, newPlatformPortal } from './redesigned.js';
import { epointPortal, framedPortal, ucapPortal, vsbPagingPortal, yearFoldersPortal } from './static-families.js';
import { trsPortal } from './trs.js';
import { challengePortal, failingPortal, slowPortal } from './unreliable.js';
import { captchaPortal, deadLinksPortal, loginPortal, refusedPortal, ruishuPortal, silentPortal, stubPortal } from './walls.js';
import {
  calendarPortal, departmentsPortal, framesetPortal, irsPortal, postbackPortal, scriptListPortal, sessionsPortal, shortListPortal, siteMapPortal, siteSearchPortal,
} from './ways.js';
import { wrongTotalsPortal } from './wrong-totals.js';
import { wrongHeaderPortal } from './wrong-header.js';

/** The ordinary world: TRS, Hanweb, the generic reader, and every difficulty. */
export const PORTALS: readonly ((world: World) => Site)[] = [
  trsPortal,
  hanwebPortal,
  gbkBarePortal,
  wrongHeaderPortal,
  big5Portal,
  slowPortal,
  failingPortal,
  challengePortal,
  softMissingPortal,
  countyColumnPortal,
  countyCopyPortal,
  fencedPortal,
  emptyListPortal,
  genericPortal,
  mirrorPortal,
];

/** One portal for each CMS family beyond those, the odder ways from a home page to a list, and reports in Word files. */
export const FAMILY_PORTALS: readonly ((world: World) => Site)[] = [
  vsbPagingPortal,
  ucapPortal,
  epointPortal,
  yearFoldersPortal,
  framedPortal,
  lonsunPortal,
  opennessPortal,
  shanghaiPortal,
  annualEndpointPortal,
  gkmlptPortal,
  jpaasPortal,
  attachmentPortal,
  newPlatformPortal,
  movedColumnPortal,
];

/** The rest of the large world: the modules of larger CMSs, the hard ways from a home page to a list, one portal for each wall, and damaged and mistaken reports. */
export const FURTHER_PORTALS: readonly ((world: World) => Site)[] = [
  ncPortal,
  modulePortal,
  treePortal,
  framesetPortal,
  siteMapPortal,
  departmentsPortal,
  siteSearchPortal,
  sessionsPortal,
  calendarPortal,
  shortListPortal,
  scriptListPortal,
  irsPortal,
  postbackPortal,
  ruishuPortal,
  refusedPortal,
  captchaPortal,
  loginPortal,
  stubPortal,
  silentPortal,
  deadLinksPortal,
  damagedPortal,
  copyistPortal,
  wrongTotalsPortal,
];
