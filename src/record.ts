/**
 * The record and its small types; no code.
 *
 * One record walks one way through the house and only grows:
 * Seed > Candidate > Capture > Decoded > Cleaned > Repaired > Recognised > Judged.
 * A stage returns `{ ...input, learned }`, so stages out of order do not compile.
 */

/** Administrative level of an agency, as in the seed lists. */
export type Level = 'ministry' | 'province' | 'prefecture' | 'county';

/** How a portal's pages are to be fetched. */
export type RenderMode = 'auto' | 'http' | 'browser';

/** One row of a seed list: a place to start from. A portal is this seed's (host, column) as we crawl it. */
export interface Seed {
  /** Stable across edits of the row's other cells: made of code or agency, and the first address. */
  readonly portalId: string;
  /** Division code of GB/T 2260, six digits. */
  readonly code: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly county: string | null;
  /** Full name of the police body, such as 长沙市公安局. */
  readonly agency: string | null;
  readonly level: Level | null;
  readonly home: string | null;
  readonly columns: readonly string[];
  /** CMS family id, or `auto`. */
  readonly platform: string;
  readonly render: RenderMode;
  readonly charset: string | null;
  readonly delaySecs: number | null;
  readonly enabled: boolean;
  readonly note: string | null;
  readonly source: { readonly file: string; readonly line: number };
}

/** A division of GB/T 2260 at one of its three levels. */
export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'prefecture' | 'county';
  readonly province: string;
  /** Prefecture-level unit; null for a province. Municipalities repeat their own name (北京市). */
  readonly city: string | null;
  readonly county: string | null;
}

/** Places by name and code, handed to rooms that may not look anything up themselves. */
export interface Divisions {
  byCode(code: string): Division | null;
  /** Divisions whose full or short name (长沙市, 长沙) is exactly this one. */
  byName(name: string): readonly Division[];
  /**
   * The divisions named at the start of a text, longest first:
   * 重庆市开州区公安局 gives 重庆市开州区; 长沙市公安局 gives 长沙市. Empty when none or when the name stays ambiguous
   * after `within` (a division code whose province is preferred).
   */
  leading(text: string, within?: string | null): readonly Division[];
}

/** What kind of page a candidate is expected to be. */
export type CandidateKind = 'home' | 'column' | 'list' | 'article' | 'attachment' | 'robots';

/** How we heard of a URL. */
export type HeardVia = 'seed' | 'link' | 'row' | 'paging' | 'frame' | 'script-redirect' | 'meta-refresh' | 'redirect' | 'attachment' | 'search' | 'import';

/** A URL that might be visited, with how we heard of it. */
export interface Candidate {
  readonly url: string;
  readonly seed: Seed | null;
  readonly kind: CandidateKind;
  readonly heardVia: HeardVia;
  /** Links followed from the seed to here. */
  readonly hops: number;
  readonly referrer: string | null;
  /** The link's text (its `title` where the text is cut short). */
  readonly anchor: string | null;
  /** Date printed beside the link, `YYYY-MM-DD`. */
  readonly listedOn: string | null;
}

/** One hop of a redirect. */
export interface Redirect {
  readonly url: string;
  readonly status: number;
  readonly location: string;
}

export type FetchedBy = 'http' | 'browser' | 'import';

/** What a server gave at one moment. `payload` is the body after content decoding, otherwise untouched. */
export interface Capture extends Candidate {
  readonly captureId: number;
  readonly runId: number | null;
  readonly finalUrl: string;
  readonly status: number | null;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly redirects: readonly Redirect[];
  readonly mediaType: string | null;
  readonly payload: Uint8Array;
  /** SHA-256 of the payload, hexadecimal. */
  readonly payloadDigest: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly fetchedAt: string;
  readonly durationMs: number;
  readonly fetchedBy: FetchedBy;
}

/** Something that looked wrong and was left as found. */
export interface Notice {
  /** From a closed list per room, such as `charset-unknown-label`. */
  readonly code: string;
  readonly room: 'fetch' | 'decode' | 'clean' | 'repair' | 'recognise' | 'discover' | 'dedup' | 'attachments';
  /** A sentence for people. */
  readonly message: string;
}

export type CharsetSource = 'bom' | 'header' | 'meta' | 'xml' | 'seed' | 'statistics' | 'default';

/** One charset that something said the page has. */
export interface CharsetDeclaration {
  readonly from: Exclude<CharsetSource, 'statistics' | 'default'>;
  /** As written. */
  readonly label: string;
  /** The WHATWG encoding the label stands for (lower case; `gb2312` and `gbk` give `gb18030`); null when unknown. */
  readonly charset: string | null;
}

/** The judged charset with its evidence. */
export interface CharsetJudgement {
  /** The charset used, lower case: `utf-8`, `gb18030`, `big5`, `utf-16le` … */
  readonly used: string;
  /** The first declaration in the order header, meta, XML; as written. */
  readonly declared: string | null;
  /** What decided. */
  readonly from: CharsetSource;
  readonly declarations: readonly CharsetDeclaration[];
  /** All candidates weighed, best first. `score` is comparable only within one page. */
  readonly candidates: readonly { readonly charset: string; readonly score: number; readonly invalid: number }[];
  /** One sentence saying why. */
  readonly reason: string;
  /** Characters that came out as U+FFFD. */
  readonly replaced: number;
}

export interface Decoded extends Capture {
  readonly charset: CharsetJudgement;
  /** The page as characters: HTML source, or the text of a plain-text payload. */
  readonly markup: string;
  readonly isMarkup: boolean;
  readonly notices: readonly Notice[];
}

/** A picture of an article, as its page writes it. */
export interface Picture {
  /** Relative to the page, or to its `<base>`. */
  readonly address: string;
  /** What the page calls it; empty when it says nothing. */
  readonly name: string;
}

export interface Cleaned extends Decoded {
  /** Main text before repairs: paragraphs and table rows separated by `\n`, cells by `\t`. */
  readonly decodedText: string;
  /** How the main text was found: a selector, `density`, or `whole`. */
  readonly extraction: string;
  /** What the article shows in pictures, in reading order. */
  readonly pictures: readonly Picture[];
}

export type RepairMethod = 'recovered' | 'inferred';

/** One repair: what stood at [start, end) of the decoded text, and what stands there now. */
export interface Repair {
  /** Name of the repair, such as `mojibake-utf8-as-gbk`. */
  readonly step: string;
  /** UTF-16 offsets into the decoded text. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
  readonly method: RepairMethod;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface Repaired extends Cleaned {
  /** The text after repairs: `decodedText` with every repair applied, exactly. */
  readonly text: string;
  readonly repairs: readonly Repair[];
}

export type PageKind = 'annual-report' | 'list' | 'other' | 'blocked' | 'soft-404';

export interface Section {
  readonly heading: string;
  readonly level: number;
  /** UTF-16 offsets into `text`, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export type FormatEra = '2008' | '2014' | '2019' | '2021';
export type CellState = 'value' | 'blank' | 'not-applicable' | 'non-numeric';

/** A cell of a statutory table; keys are those of the reporting formats (README, "Statutory tables"). */
export interface Cell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly raw: string;
  readonly value: number | null;
  readonly state: CellState;
  /** Where it stood: `table 2, row 7, cell 3` of the page, or `line 41` of the text; counted from 1. */
  readonly place?: string;
}

/** A number that a report states in words. Never mixed with the cells of its tables. */
export interface Statement {
  /** What is counted, such as `requests.received`. */
  readonly key: string;
  /** A number; 0 where the report says that there was none. */
  readonly value: number;
  /** As written: 件, 条, % …; null when the number stands alone or is said in words. */
  readonly unit: string | null;
  /** 6800余条, 近300件. */
  readonly isApproximate: boolean;
  /** The sentence that says so, with its UTF-16 offsets into `text`. */
  readonly sentence: string;
  readonly start: number;
  readonly end: number;
  /** The rule that read it, such as `prose-count`. */
  readonly method: string;
}

/** An arithmetic rule on a report's tables. */
export interface Check {
  readonly rule: string;
  readonly state: 'pass' | 'fail' | 'not-assessable';
  readonly expected: number | null;
  readonly actual: number | null;
}

/** A cell as the archive tells it: always with the place, null where nobody noted one. */
export interface StoredCell extends Omit<Cell, 'place'> {
  readonly place: string | null;
}

/** A rule's verdict as the archive tells it; carry-over rules (`T3-XYEAR-CARRY`) name the report of the year before that they rest on. */
export interface StoredCheck extends Check {
  readonly otherReportId: string | null;
}

/** A document linked from a report. */
export interface AttachmentLink {
  readonly name: string;
  readonly url: string;
}

/** Whose report this is, for which year, in which format. Unknown is null, never a guess. */
export interface ReportIdentity {
  readonly title: string | null;
  readonly agency: string | null;
  /** What named the agency: `title`, `text`, `signature`, `seed`. */
  readonly agencyFrom: string | null;
  readonly code: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly level: Level | null;
  readonly year: number | null;
  /** What gave the year: `period`, `title`, `text`, `url`, `published`. */
  readonly yearFrom: string | null;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly publishedOn: string | null;
  readonly formatEra: FormatEra | null;
  readonly legalBasis: readonly string[];
}

/** A page recognised: what kind it is, whose report it carries, and its parts. */
export interface Recognised extends Repaired, ReportIdentity {
  readonly pageKind: PageKind;
  readonly sections: readonly Section[];
  readonly cells: readonly Cell[];
  readonly checks: readonly Check[];
  readonly attachments: readonly AttachmentLink[];
  readonly statements?: readonly Statement[];
  /** The catalogue card of a gkml page by its keys (`indexNumber`, `documentNumber`, `publisher` …), as printed. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export type Grade = 'official' | 'mirror' | 'clone';

/** What the archive already holds of the same words, told by the store. */
export interface KnownText {
  readonly reportId: string;
  readonly payloadDigest: string;
  /** Digest of the folded text. */
  readonly foldedDigest: string;
  readonly fingerprint: readonly number[];
  readonly year: number | null;
  readonly agency: string | null;
}

export interface DuplicateLink {
  readonly reportId: string;
  readonly kind: 'raw' | 'text' | 'near';
  /** 1 for raw and text; estimated Jaccard similarity of character 5-grams for near. */
  readonly similarity: number;
}

export interface Judged extends Recognised {
  /** SHA-256 of the text as it is (UTF-8), hexadecimal. */
  readonly textDigest: string;
  /** SHA-256 of the text after folding width, white space and punctuation, hexadecimal. */
  readonly foldedDigest: string;
  readonly fingerprint: readonly number[];
  readonly grade: Grade | null;
  readonly duplicates: readonly DuplicateLink[];
}

/** Why a candidate ended as it did; the closed list of reasons is in `src/fetch/outcome.ts`. */
export type OutcomeKind = 'captured' | 'skipped' | 'failed';
