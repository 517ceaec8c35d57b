/** What the farm promises about itself: the shapes that its users read. No code. */

import type { World } from './publisher.js';
import type { Site } from './site.js';

/** An expected cell of a statutory table; keys as in the archive's own cells. */
export interface FarmCell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly raw: string;
  /** Null where the form was left blank. */
  readonly value: number | null;
}

/** A report that a harvest of the farm must hold. */
export interface FarmReport {
  /** Id of the portal it stands in. */
  readonly portal: string;
  readonly agency: string;
  readonly code: string;
  readonly year: number;
  readonly formatEra: '2008' | '2014' | '2019' | '2021';
  readonly title: string;
  readonly url: string;
  /** `YYYY-MM-DD`. */
  readonly publishedOn: string;
  /** The clean text: title, then paragraphs, separated by `\n`; a table is a line a row, cells separated by tabs. */
  readonly text: string;
  /** SHA-256 of the body after content decoding. */
  readonly payloadSha256: string;
  /** WHATWG name of the charset that the bytes really are in. */
  readonly charset: string;
  readonly cells: readonly FarmCell[];
  /** The page that links to the report, when the report itself is a document file. */
  readonly attachedTo?: string;
  /** The list that names the report is built by script: without Chromium it is not found, and its column is named. */
  readonly needsBrowser?: boolean;
  /** Address of the same words published elsewhere. */
  readonly duplicateOf?: string;
  /** The page's characters are damaged, `title` and `text` are not: repairs that must be listed. */
  readonly repairs?: readonly string[];
  /** How this page shares its words with `duplicateOf`. */
  readonly duplicateKind?: 'raw' | 'text';
}

/** An address that a harvest must report as not held, and why. */
export interface FarmRefusal {
  readonly url: string;
  readonly reason: 'robots' | 'blocked' | 'soft-404' | 'server-error' | 'reset' | 'empty-list' | 'gone' | 'redirected-home' | 'captcha' | 'login' | 'stub' | 'partial-list';
}

/** One row of the farm's own table: a portal, its difficulty, and what must come out. */
export interface FarmPortal {
  readonly id: string;
  readonly host: string;
  readonly agency: string;
  readonly code: string;
  readonly level: 'ministry' | 'province' | 'prefecture' | 'county';
  readonly family: string;
  /** What makes it hard, in one sentence. */
  readonly difficulty: string;
  /** WHATWG name of the charset its pages are really in. */
  readonly charset: string;
  /** What must come out, in one sentence. */
  readonly outcome: string;
  /** Paths a seed row starts from: the home page, or columns. */
  readonly home: string | null;
  readonly columns: readonly string[];
  readonly refusals: readonly FarmRefusal[];
}

/** One request as the farm saw it. */
export interface FarmLogEntry {
  /** Milliseconds since 1970, by the farm's clock, when the request arrived. */
  readonly time: number;
  readonly host: string;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** 0 when the connection was cut on purpose. */
  readonly status: number;
  /** Body bytes as sent (after content coding); 0 for a 304. */
  readonly bodyBytes: number;
  readonly userAgent: string;
  /** The request carried If-None-Match or If-Modified-Since. */
  readonly conditional: boolean;
}

/** The first night, or the next one: one report changed, one new, one gone, the rest the same. */
export type Season = 1 | 2;

/** A farm of many like hosts for benchmarks. */
export interface FarmScale {
  readonly hosts: number;
  readonly reportsPerHost: number;
  readonly latencyMs?: number;
}

export interface FarmOptions {
  /** Default 1. */
  readonly seed?: number;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly season?: Season;
  readonly clock?: () => Date;
  /** Also open a portal for each further CMS family (VSB paging, UCAP, Epoint, LonSun, gkmlpt, jpaas …) and one of Word files. */
  readonly families?: boolean;
  /** Also open a portal for every other way to a list and for every wall: the world of the demo. Includes `families`. */
  readonly large?: boolean;
  /** Open these portals only, by id, of either kind. */
  readonly only?: readonly string[];
  /** Serve this many like hosts in place of the portals. */
  readonly scale?: FarmScale;
  /** Give each scaled host an address of its own in 127.0.0.0/8 (Linux), for crawlers that know hosts by address only. */
  readonly anyLoopback?: boolean;
  /** Serve these sites in place of the portals: as they are at a moment of the farm's clock. `turnPage` asks again. */
  readonly calendar?: (world: World) => (now: Date) => readonly Site[];
  /** Told every request as it is answered. */
  readonly onRequest?: (entry: FarmLogEntry) => void;
}

export interface Farm {
  readonly port: number;
  /** `http://HOST:PORT`, or the host's own loopback address with `anyLoopback`. */
  readonly origin: (host: string) => string;
  /** What a harvest of the present season must hold. */
  readonly reports: readonly FarmReport[];
  readonly portals: readonly FarmPortal[];
  /** A seed list that points at the farm. */
  seedsCsv(): string;
  readonly log: readonly FarmLogEntry[];
  setSeason(season: Season): void;
  /** With `calendar`: the sites are as the clock says from now on. */
  turnPage(): void;
  close(): Promise<void>;
}
