/** Writes a made-up annual report: sentences drawn from the word tables around the year's numbers. */
import { annexRows, annexTitle } from './annex.js';
import type { Block, ReportDocument } from './document.js';
import type { FormFigures, FreeFigures } from './figures.js';
import type { Chance } from './random.js';
import { proactiveRows, requestTableRows, reviewRows } from './tables.js';
import * as closing from './words/closing.js';
import * as opening from './words/opening.js';
import * as publishing from './words/publishing.js';

export interface ReportFacts {
  readonly agency: string;
  /** 岳阳市, 靖宇县: what the report calls its area. */
  readonly place: string;
  readonly year: number;
  readonly publishedOn: string;
  /** Host named in the text as the agency's site. */
  readonly site: string;
  /** Which of the title shapes this publisher uses. */
  readonly titleShape: number;
  /** How the title calls the agency. */
  readonly titleAgency: string;
  readonly figures: FreeFigures | FormFigures;
  /** A free-form report of 2014 to 2018 with the statistics annex. */
  readonly annex: boolean;
}

/** Title shapes seen on portals; `A` the agency, `Y` the year. */
const TITLES: readonly string[] = [
  'A+Y年政府信息公开工作年度报告',
  'A+Y年度政府信息公开工作报告',
  'Y年度A+政府信息公开工作年度报告',
  'A+Y年政府信息公开年度报告',
  'A+Y年度政府信息公开工作年报',
  'A+Y年政府信息公开年度工作报告',
];

export function titleOf(facts: Pick<ReportFacts, 'titleAgency' | 'year' | 'titleShape'>): string {
  const shape = TITLES[facts.titleShape % TITLES.length] ?? '';
  return shape.replace('A+', facts.titleAgency).replace('Y', String(facts.year));
}

/** Draws the choices and numbers of a sentence template and fills in the facts. */
function sentence(template: string, facts: ReportFacts, draw: Chance): string {
  const known: Readonly<Record<string, string>> = {
    ...{ A: facts.agency, P: facts.place, D: facts.site, W: facts.place.endsWith('县') ? '我局' : draw.pick(['我局', '本局', '市局']) },
    ...{ Y: String(facts.year), Z: String(facts.year - 1), N: String(facts.year + 1), 全: facts.place.endsWith('县') ? '全县' : '全市' },
    文号: facts.year >= 2021 ? '国办公开办函〔2021〕30号' : '国办公开办函〔2019〕60号',
  };
  const chosen = template.replace(/\{([^{}]*)\}/g, (_, choices: string) => draw.pick(choices.split('|')));
  return chosen
    .replace(/#(\d+)-(\d+)/g, (_, low: string, high: string) => String(draw.int(Number(low), Number(high))))
    .replace(/\$(文号|[APDWYZN全])/g, (_, name: string) => known[name] ?? '');
}

function paragraph(bank: readonly string[], count: number, facts: ReportFacts, draw: Chance): Block {
  const text = draw.some(bank, count).map((template) => sentence(template, facts, draw)).join('');
  return { kind: 'paragraph', text };
}

/** Problems keep their numbering, so they are taken in order. */
function inOrder(bank: readonly string[], count: number, facts: ReportFacts, draw: Chance): Block {
  return { kind: 'paragraph', text: bank.slice(0, count).map((template) => sentence(template, facts, draw)).join('') };
}

const heading = (level: 1 | 2, text: string): Block => ({ kind: 'heading', level, text });
const plain = (text: string): Block => ({ kind: 'paragraph', text });

function signature(facts: ReportFacts): Block[] {
  const [year, month, day] = facts.publishedOn.split('-').map(Number);
  return [
    { kind: 'signature', text: facts.agency },
    { kind: 'signature', text: `${year}年${month}月${day}日` },
  ];
}

function freePublishing(f: FreeFigures, facts: ReportFacts): Block {
  const media = facts.year >= 2012 ? `，政务微博公开${f.weibo}条，政务微信公开${f.wechat}条，其他方式公开${f.other}条` : `，其他渠道公开${f.published - f.website}条`;
  return plain(`${facts.year}年，${facts.agency}共主动公开政府信息${f.published}条，其中门户网站公开${f.website}条${media}。`);
}

function freeRequests(f: FreeFigures, facts: ReportFacts): Block {
  const channels = `其中当面申请${f.counter}件，信函申请${f.letter}件，网络申请${f.online}件`;
  const replies = `同意公开${f.granted}件，同意部分公开${f.partly}件，不同意公开${f.refused}件，申请信息不存在${f.notHeld}件，不属于本机关公开${f.notOurs}件`;
  return plain(`${facts.year}年共收到政府信息公开申请${f.received}件，${channels}。已答复${f.received}件，其中${replies}。`);
}

function freeDisputes(f: FreeFigures, facts: ReportFacts): Block {
  if (f.reviews + f.suits === 0) return plain(`${facts.year}年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。`);
  return plain(`${facts.year}年因政府信息公开申请行政复议${f.reviews}件，提起行政诉讼${f.suits}件，均已依法办理。`);
}

/** The seven-part habit of 2008 to 2018. */
function freeForm(f: FreeFigures, facts: ReportFacts, draw: Chance): Block[] {
  const blocks: Block[] = [
    paragraph(opening.PREAMBLE_FREE, 1, facts, draw),
    paragraph(opening.PERIOD, 1, facts, draw),
    heading(1, draw.pick(['一、概述', '一、基本情况', '一、总体情况'])),
    paragraph(opening.OVERVIEW, 4, facts, draw),
    paragraph(opening.ORGANISATION, 4, facts, draw),
    heading(1, '二、主动公开政府信息情况'),
    freePublishing(f, facts),
    paragraph(publishing.CHANNELS, 4, facts, draw),
    ...draw.some(publishing.KEY_FIELDS, draw.int(4, 7)).map((template) => plain(sentence(template, facts, draw))),
    ...(facts.year >= 2012 ? [paragraph(publishing.NEW_MEDIA, 3, facts, draw)] : []),
    heading(1, '三、依申请公开政府信息办理情况'),
    freeRequests(f, facts),
    paragraph(closing.REQUEST_HANDLING, 3, facts, draw),
    heading(1, '四、政府信息公开的收费及减免情况'),
    paragraph(closing.FEES, 1, facts, draw),
    heading(1, '五、因政府信息公开申请行政复议、提起行政诉讼的情况'),
    freeDisputes(f, facts),
    heading(1, '六、存在的主要问题和改进措施'),
    inOrder(closing.PROBLEMS, draw.int(3, 5), facts, draw),
    paragraph(closing.MEASURES, draw.int(3, 5), facts, draw),
    heading(1, '七、其他需要报告的事项'),
    paragraph(closing.OTHER_FREE, 1, facts, draw),
  ];
  if (!facts.annex) return [...blocks, ...signature(facts)];
  return [...blocks, ...signature(facts), plain(`附件：${annexTitle(facts.year)}`), { kind: 'table', rows: annexRows(f) }];
}

function formRequests(form: FormFigures, facts: ReportFacts): Block {
  const total = (row: string): number => form.requests[`${row}/total`] ?? 0;
  return plain(
    `${facts.year}年，${facts.agency}新收政府信息公开申请${total('new')}件，上年结转${total('carriedIn')}件；本年度办结${total('r.total')}件，结转下年度${total('carriedOut')}件。`,
  );
}

/** The unified form from 2019 on: six parts, three tables. */
function unifiedForm(form: FormFigures, facts: ReportFacts, draw: Chance): Block[] {
  return [
    paragraph(opening.PREAMBLE_FORM, 1, facts, draw),
    paragraph(opening.PERIOD, 1, facts, draw),
    heading(1, '一、总体情况'),
    paragraph(opening.OVERVIEW, 3, facts, draw),
    heading(2, '（一）主动公开'),
    paragraph(publishing.CHANNELS, 3, facts, draw),
    ...draw.some(publishing.KEY_FIELDS, draw.int(3, 6)).map((template) => plain(sentence(template, facts, draw))),
    heading(2, '（二）依申请公开'),
    formRequests(form, facts),
    paragraph(closing.REQUEST_HANDLING, 3, facts, draw),
    heading(2, '（三）政府信息管理'),
    paragraph(publishing.MANAGEMENT, 3, facts, draw),
    heading(2, '（四）政府信息公开平台建设'),
    paragraph([...publishing.PLATFORM, ...publishing.NEW_MEDIA], 4, facts, draw),
    heading(2, '（五）监督保障'),
    paragraph([...publishing.SUPERVISION, ...opening.ORGANISATION], 5, facts, draw),
    heading(1, '二、主动公开政府信息情况'),
    { kind: 'table', rows: proactiveRows(form.format, form.proactive) },
    heading(1, '三、收到和处理政府信息公开申请情况'),
    { kind: 'table', rows: requestTableRows(form.format, form.requests) },
    heading(1, '四、政府信息公开行政复议、行政诉讼情况'),
    { kind: 'table', rows: reviewRows(form.review) },
    heading(1, '五、存在的主要问题及改进情况'),
    inOrder(closing.PROBLEMS, draw.int(3, 4), facts, draw),
    paragraph(closing.MEASURES, draw.int(3, 4), facts, draw),
    heading(1, '六、其他需要报告的事项'),
    paragraph(closing.OTHER_FORM, draw.int(2, 3), facts, draw),
    ...signature(facts),
  ];
}

/** The whole report. */
export function compose(facts: ReportFacts, draw: Chance): ReportDocument {
  const figures = facts.figures;
  const blocks = 'format' in figures ? unifiedForm(figures, facts, draw) : freeForm(figures, facts, draw);
  return { title: titleOf(facts), blocks };
}
