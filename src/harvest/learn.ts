/** What a fetched page teaches: addresses for the frontier, evidence for the ledger, a document for the archive. */
import { createHash } from 'node:crypto';
import { fingerprintFromBytes } from '../dedup/fingerprint.js';
import type { Discovery, FoundLink } from '../discover/discover.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { priorityOf } from '../frontier/priority.js';
import { inScope } from '../frontier/scope.js';
import { repeatsItself } from '../frontier/trap.js';
import { hostKey, urlKey } from '../frontier/url-key.js';
import { derivationOf, findLinks, isOcrExtraction, openCapture, openWithAttachments, readDocument, settle, sketch } from '../pipeline.js';
import type { AttachedFile, Sketched } from '../pipeline.js';
import type { CandidateKind, Capture, Decoded, Divisions, Notice, PageKind, Recognised, Seed } from '../record.js';
import type { NewCandidate } from '../store/frontier.js';
import { knownTexts } from '../store/known-texts.js';
import type { Sqlite } from '../store/open.js';
import { wordsOf } from '../store/search.js';
import type { IndexedWords } from '../store/search.js';
import type { DocumentWrite } from '../store/write-document.js';
import type { NewReading, Visit } from '../store/write-visit.js';

/** Limits that a found address is held against. */
export interface ReadingLimits {
  readonly depth: number;
  readonly urlLength: number;
  /** Links read from one page. */
  readonly linksPerPage: number;
}

export interface LearnSettings extends ReadingLimits {
  readonly divisions: Divisions;
  /** Whether scanned pages are read by OCR. */
  readonly ocr?: boolean;
}

/** Everything a page taught. */
export interface Lesson {
  readonly found: readonly NewCandidate[];
  readonly reading: NewReading | null;
  /** The document the page carries, without the page itself: its bytes and markup stay with whoever asked. */
  readonly document: CarriedDocument | null;
  /** The page as it turned out to be: a soft 404 or a block page ends its candidate as failed. */
  readonly pageKind: PageKind;
  /** The page prints nothing itself: its words come by script. */
  readonly isShell: boolean;
  readonly notices: readonly Notice[];
}

/** The id of the document at a URL: the same on every machine and in every import. */
export function documentIdOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** Why an address is not to be asked for at all, by the limits of the configuration and the sites of the seed; null when it may be. */
export function refusalOf(url: string, seed: Seed, hops: number, settings: ReadingLimits): NewCandidate['refusal'] {
  if (url.length > settings.urlLength) return { reason: 'url-too-long', detail: `${url.length} characters` };
  if (repeatsItself(url)) return { reason: 'trap', detail: 'the path repeats itself or is deeper than 20 folders' };
  if (hops > settings.depth) return { reason: 'depth-limit', detail: `${hops} links from the seed; the limit is ${settings.depth}` };
  if (!inScope(url, seed)) return { reason: 'out-of-scope', detail: `${new URL(url).host} is not the portal's site` };
  return null;
}

/** A link as a candidate of the capture's portal; null when it is no http(s) URL or leads back to the page itself. */
export function candidateOf(link: FoundLink, from: Capture, settings: ReadingLimits): NewCandidate | null {
  const url = canonicalUrl(link.url, from.finalUrl);
  if (url === null || !from.seed || urlKey(url) === urlKey(from.url)) return null;
  const hops = link.heardVia === 'paging' ? from.hops : from.hops + 1;
  return {
    url, urlKey: urlKey(url), hostKey: hostKey(url), portalId: from.seed.portalId, kind: link.kind, heardVia: link.heardVia, hops,
    referrer: from.finalUrl, anchor: link.anchor, listedOn: link.listedOn, priority: priorityOf(link.kind), refusal: refusalOf(url, from.seed, hops, settings),
  };
}

/** A page that the seed list itself names. */
export function seedCandidate(url: string, place: { portalId: string; kind: CandidateKind }): NewCandidate {
  return {
    url, urlKey: urlKey(url), hostKey: hostKey(url), ...place, heardVia: 'seed', hops: 0, referrer: null, anchor: null, listedOn: null,
    priority: priorityOf(place.kind), refusal: null,
  };
}

function candidatesOf(links: readonly FoundLink[], from: Capture, settings: LearnSettings): NewCandidate[] {
  return links.flatMap((link) => candidateOf(link, from, settings) ?? []);
}

function readingOf(discovery: Discovery): NewReading {
  const { list } = discovery;
  return {
    pageKind: discovery.kind, family: discovery.family, rows: list?.rows ?? null, reportRows: list?.reportRows ?? null, total: list?.total ?? null,
    pages: list?.pages ?? null, stop: list?.stop ?? null, found: discovery.found.length, notices: discovery.notices,
  };
}

const NO_BYTES = new Uint8Array();

/** A document as it leaves the still rooms: with its index words, and light enough to be handed from a worker. */
export interface CarriedDocument extends Sketched {
  readonly words: IndexedWords;
}

function carried(recognised: Recognised): CarriedDocument {
  return { ...sketch({ ...recognised, payload: NO_BYTES, markup: '' }), words: wordsOf(recognised) };
}

function attachmentLinks(recognised: Recognised): FoundLink[] {
  return recognised.attachments.map((attachment) => ({
    url: attachment.url, kind: 'attachment' as const, heardVia: 'attachment' as const, anchor: attachment.name, listedOn: null, priority: 0,
  }));
}

/** Fewer characters than any report has. */
const WORDLESS = 40;

/** A page with a report's title and nothing else, no file and no picture of a report, waits for its script. */
function isWordless({ text, attachments, markup }: Recognised): boolean {
  return attachments.length === 0 && text.replace(/\s+/gu, '').length < WORDLESS && !/<img\b/iu.test(markup);
}

/** An article that is a report teaches its attachments; any other page teaches what it links to. */
function learnDocument(page: Decoded, settings: LearnSettings): Lesson {
  const recognised = readDocument(page, settings.divisions);
  if (recognised.pageKind === 'annual-report' && !isWordless(recognised)) {
    return { found: candidatesOf(attachmentLinks(recognised), page, settings), reading: null, document: carried(recognised), pageKind: 'annual-report', isShell: false, notices: recognised.notices };
  }
  const discovery = findLinks(page, settings.linksPerPage);
  const leads = discovery.kind !== 'article';
  return {
    found: candidatesOf(discovery.found, page, settings), reading: leads ? readingOf(discovery) : null, document: leads ? null : carried(recognised),
    pageKind: recognised.pageKind, isShell: discovery.kind === 'shell', notices: [...recognised.notices, ...discovery.notices],
  };
}

/** A home page, column or list teaches its links; one that turns out to print a report itself is read as a document too. */
function learnLinks(page: Decoded, settings: LearnSettings): Lesson {
  const discovery = findLinks(page, settings.linksPerPage);
  const found = candidatesOf(discovery.found, page, settings);
  const recognised = discovery.kind === 'article' ? readDocument(page, settings.divisions) : null;
  const pageKind: PageKind = recognised?.pageKind ?? 'list';
  const kept = pageKind === 'annual-report' || page.heardVia === 'seed' ? recognised : null;
  return { found, reading: readingOf(discovery), document: kept === null ? null : carried(kept), pageKind, isShell: discovery.kind === 'shell', notices: [...page.notices, ...discovery.notices] };
}

/** What `capture` teaches. An attachment teaches nothing by itself: see `learnWithAttachments`. */
export async function learn(capture: Capture, settings: LearnSettings): Promise<Lesson> {
  if (capture.kind === 'attachment') return NOTHING;
  const page = await openCapture(capture, settings.ocr);
  return capture.kind === 'article' ? learnDocument(page, settings) : learnLinks(page, settings);
}

const NOTHING: Lesson = { found: [], reading: null, document: null, pageKind: 'other', isShell: false, notices: [] };

/** Where the words of a version come from, when they come from files: the digests of their bytes follow. */
const FROM_ATTACHMENT = 'attachment ';
const ATTACHED = /^(?:ocr )?attachment (?<digests>\S+(?: \S+)*)$/u;

/** The digests of the files whose words a stored version has, in order; none when it has its page's own. */
export function attachedDigests(extraction: string): string[] {
  return ATTACHED.exec(extraction)?.groups?.['digests']?.split(' ') ?? [];
}

async function readJoined(capture: Capture, files: readonly AttachedFile[], { divisions, ocr }: Pick<LearnSettings, 'divisions' | 'ocr'>): Promise<Recognised> {
  const recognised = readDocument(await openWithAttachments(capture, files, ocr), divisions);
  return { ...recognised, extraction: `${isOcrExtraction(recognised.extraction) ? 'ocr ' : ''}${FROM_ATTACHMENT}${files.map(({ payloadDigest }) => payloadDigest).join(' ')}` };
}

/** Whether a cover page has no words yet, though it was read together with its files. */
export function isUnread({ notices, extraction }: Pick<Recognised, 'notices' | 'extraction'>): boolean {
  return notices.some(({ room, code }) => (room === 'attachments' && code !== 'text-by-ocr') || code === 'text-in-attachment' || (code === 'text-in-pictures' && !isOcrExtraction(extraction)));
}

/** What a cover page says together with the files behind it. The document is null when they gave no words. */
export async function learnWithAttachments(cover: Capture, files: readonly AttachedFile[], settings: LearnSettings): Promise<Lesson> {
  const recognised = await readJoined(cover, files, settings);
  return { ...NOTHING, document: isUnread(recognised) ? null : carried(recognised), pageKind: recognised.pageKind, notices: recognised.notices.filter(({ room }) => room === 'attachments') };
}

/** A stored capture read again as a document, with the files whose words it was given: for imports and for deriving anew. */
export async function readStored(capture: Capture, settings: Pick<LearnSettings, 'divisions' | 'ocr'>, files: readonly AttachedFile[] = []): Promise<CarriedDocument> {
  return carried(files.length > 0 ? await readJoined(capture, files, settings) : readDocument(await openCapture(capture, settings.ocr), settings.divisions));
}

/** The document to write for a recognised page, judged against what the archive knows. */
export function documentOf(database: Sqlite, sketched: CarriedDocument, url: string): DocumentWrite {
  const key = urlKey(url);
  const documentId = documentIdOf(key);
  const known = knownTexts(database, { ...sketched, payloadDigest: sketched.recognised.payloadDigest }, fingerprintFromBytes);
  return {
    documentId, portalId: sketched.recognised.seed?.portalId ?? null, urlKey: key, judged: settle(sketched, known, documentId),
    bands: sketched.bands, fingerprintBytes: sketched.fingerprintBytes, words: sketched.words, derivation: derivationOf(sketched.recognised.extraction),
  };
}

/** The document of a lesson as a visit carries it: judged only inside the transaction that writes it. Null when there is none. */
export function documentLater(database: Sqlite, lesson: Lesson | null, url: string): Visit['document'] {
  const document = lesson?.document;
  return document ? () => documentOf(database, document, url) : null;
}
