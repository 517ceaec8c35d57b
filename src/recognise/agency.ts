/** Says whose report it is: from the title, then the body, then the signature, then the seed; never from an address. */
import { foldForMatching } from '../han/fold.js';
import type { Division, Divisions, Level, Seed } from '../record.js';
import type { AgencyName, Mention, NameContext } from './agency-name.js';
import { mentionsIn } from './agency-name.js';
import type { TextLine } from './lines.js';
import { headOf } from './lines.js';
import { placeNamed } from './place.js';

export interface Agency {
  readonly agency: string | null;
  readonly agencyFrom: 'title' | 'text' | 'signature' | 'seed' | null;
  readonly code: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly level: Level | null;
}

export interface AgencyEvidence {
  /** Folded. */
  readonly title: string | null;
  readonly lines: readonly TextLine[];
  readonly seed: Seed | null;
  readonly divisions: Divisions;
}

export const UNKNOWN_AGENCY: Agency = { agency: null, agencyFrom: null, code: null, province: null, city: null, county: null, level: null };

function placed(name: AgencyName, from: Agency['agencyFrom'], divisions: Divisions): Agency {
  const place: Division | null = name.code === null ? null : divisions.byCode(name.code);
  return {
    agency: name.name, agencyFrom: from, code: name.code, level: name.level,
    province: place?.province ?? null, city: place?.city ?? null, county: place?.county ?? null,
  };
}

function fromSeed(seed: Seed, divisions: Divisions): Agency | null {
  if (seed.agency === null) return null;
  const read = mentionsIn(foldForMatching(seed.agency), { divisions, within: seed.code })[0]?.agency;
  return placed({ name: seed.agency, code: seed.code ?? read?.code ?? null, level: seed.level ?? read?.level ?? null }, 'seed', divisions);
}

/** 市公安局 and 公安局 are the seed's agency when its name ends so; 区公安局 on a city's portal is somebody else's. */
function completed(mention: Mention | undefined, seed: Seed | null): boolean {
  return mention !== undefined && seed?.agency !== null && seed?.agency !== undefined && foldForMatching(seed.agency).endsWith(mention.written);
}

const REPORT_WORDS = /(?:19|20)?\d{2,4}年?度?|[〇○零一二三四五六七八九]{4}年?度?|(?:主动公开)?(?:政府信息公开|政务信息公开|信息公开|政务公开).*|年度?(?:工作)?报告.*|关于|的?$/gu;
const BODY = /(?:局|委|委员会|厅|处|办|办公室|中心|院|学校|大学|公司|政府|街道|镇|乡|管委会|集团|站|所|协会|联合会|银行)$/u;

/** The body that a title names when it is not the police (教育局, 人民政府): its report is none of ours. */
export function namesOtherBody(title: string, divisions: Divisions): boolean {
  const rest = title.replace(/[^\p{Script=Han}\d〇○]/gu, '').replace(REPORT_WORDS, '');
  if (/公安|警/u.test(rest) || rest.length < 3) return false;
  return BODY.test(rest) || /(?:人民)?政府$/u.test(rest) || placeNamed(rest, divisions) !== null;
}

/** Where a report says whose it is: 现公布某市公安局2016年…年度报告, 《某市公安局2021年…年度报告》. */
const REPORT_NEAR = /^(?:(?!。).){0,30}(?:信息公开|政务公开)(?:(?!。).){0,15}(?:报告|年报|总结)(?!的?(?:通知|要求|格式|编制|编写|编报))/u;
/** How much of a text counts as its opening, see report-year.ts. */
const OPENING = 1500;

function fromText(lines: readonly TextLine[], context: NameContext): AgencyName | null {
  const opening = headOf(lines, OPENING);
  const named = mentionsIn(opening, context);
  const stated = named.find(({ agency, end }) => agency !== null && REPORT_NEAR.test(opening.slice(end, end + 80)));
  return stated?.agency ?? mostNamed(mentionsIn(lines.map(({ folded }) => folded).join('\n'), context));
}

/** A name that a text gives at least twice and more often than all others together. */
function mostNamed(mentions: readonly Mention[]): AgencyName | null {
  const counts = new Map<string, { readonly agency: AgencyName; count: number }>();
  let all = 0;
  for (const { agency } of mentions) {
    if (agency === null || agency.level === 'ministry') continue;
    all += 1;
    const known = counts.get(agency.name);
    if (known) known.count += 1;
    else counts.set(agency.name, { agency, count: 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most && most.count >= 2 && most.count * 2 > all ? most.agency : null;
}

/** The signature stands in the last lines, alone or with the date. */
const SIGNATURE_LINES = 6;
const LONGEST_SIGNATURE = 40;

function signatureMention(lines: readonly TextLine[], context: NameContext): Mention | undefined {
  const last = lines.slice(-SIGNATURE_LINES).filter(({ folded }) => folded.length <= LONGEST_SIGNATURE && !/[。；]/u.test(folded)).reverse();
  return last.flatMap(({ folded }) => mentionsIn(folded, context).filter(({ end }) => /^(?:\d|[二〇○]|$|[)）])/u.test(folded.slice(end)))).at(0);
}

/** Bodies without a division of their own (公安部) have the code that the seed list gives them. */
function withSeedCode(name: AgencyName, seed: Seed | null): AgencyName {
  return name.code === null && seed?.agency === name.name ? { ...name, code: seed.code } : name;
}

/** The agency of a report with its place; all null when nothing names it. */
export function findAgency({ title, lines, seed, divisions }: AgencyEvidence): Agency {
  const context: NameContext = { divisions, within: seed?.code ?? null };
  const inTitle = title === null ? [] : mentionsIn(title, context);
  const named = inTitle.find(({ agency }) => agency !== null)?.agency;
  if (named) return placed(withSeedCode(named, seed), 'title', divisions);
  if (title !== null && namesOtherBody(title, divisions)) return UNKNOWN_AGENCY;
  const seeded = seed === null ? null : fromSeed(seed, divisions);
  if (seeded && completed(inTitle[0], seed)) return seeded;
  const text = fromText(lines, context);
  if (text) return placed(text, 'text', divisions);
  const signature = signatureMention(lines, context);
  if (signature?.agency) return placed(signature.agency, 'signature', divisions);
  return seeded ?? UNKNOWN_AGENCY;
}
