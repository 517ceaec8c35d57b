/** Finds where a page sends its visitor without a click: meta refresh, a script's redirect, frames. */
import type { CandidateKind, HeardVia } from '../record.js';
import type { FoundLink } from './discovery.js';
import { resolveHref } from './links.js';
import { PRIORITY } from './list.js';
import type { PageView } from './page-view.js';

/** A redirect that waits longer is a page that reloads itself. */
const REFRESH_SECONDS = 30;

/** Redirects stand at the very top of a page that has nothing else; further down, location.href belongs to some button. */
const SCRIPT_START = 1500;

/** A page that redirects by script has next to nothing to read. */
const REDIRECT_LENGTH = 200;

const REFRESH = /^\s{0,9}(\d{1,5})(?:\.\d{0,3})?\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}(.{1,2083})$/iu;
const LOCATION = /(?:window|top|self|parent|document)?\.?\blocation(?:\.href)?\s{0,3}(?:=\s{0,3}|\.(?:replace|assign)\(\s{0,3})["']([^"'\s]{1,2083})["']/u;

/** A delayed redirect is a welcome page on a home page, an apology anywhere else. */
const DELAYED = /set(?:Timeout|Interval)\s?\(/u;

/** Frames with no page of the agency in them: weather, video, counters, share buttons. */
const FOREIGN_FRAME = /weather|tianqi|video|player|count|stat|share|map\.|login|advert|kefu|about:blank/iu;

/** Frames whose address says that a list or a section is inside. */
const LIST_FRAME = /xxgk|gkml|zfxx|zwgk|list|subinfo|subject|info|nb|gk|column|main/iu;

function found(url: string, kind: CandidateKind, heardVia: HeardVia): FoundLink {
  return { url, kind, heardVia, anchor: null, listedOn: null, priority: PRIORITY.column };
}

/** A redirect keeps the kind of the page that sent it, and the words of the link that led there. */
function onward(view: PageView, href: string | undefined, heardVia: HeardVia): FoundLink[] {
  const url = href === undefined ? null : resolveHref(href, view.base);
  return url === null || url === view.url ? [] : [{ ...found(url, view.page.kind, heardVia), anchor: view.page.anchor }];
}

function readRefresh(view: PageView): FoundLink[] {
  const [, seconds, href] = REFRESH.exec(view.flat.refresh ?? '') ?? [];
  return Number(seconds ?? Infinity) > REFRESH_SECONDS ? [] : onward(view, href?.trim(), 'meta-refresh');
}

function readScript(view: PageView): FoundLink[] {
  const length = view.flat.pieces.reduce((sum, piece) => sum + piece.length, 0);
  const top = view.markup.slice(0, SCRIPT_START);
  if (length > REDIRECT_LENGTH || /onclick/u.test(top) || (view.page.kind !== 'home' && DELAYED.test(top))) return [];
  return onward(view, LOCATION.exec(top)?.[1], 'script-redirect');
}

/** Where the page itself sends on, at once. Pages that count down to the home page (不存在或已被删除) send nobody to a report. */
export function redirectsOf(view: PageView): FoundLink[] {
  if (view.data !== undefined) return [];
  const refresh = readRefresh(view);
  return refresh.length > 0 ? refresh : readScript(view);
}

/** Frames that may hold the page's real content: all of a frameset, and inline frames that look like a list or a section. */
export function framesOf(view: PageView): FoundLink[] {
  const frames = view.flat.frames.flatMap(({ src, isFrameset }) => {
    const url = resolveHref(src, view.base);
    if (url === null || url === view.url || FOREIGN_FRAME.test(src)) return [];
    if (isFrameset) return [found(url, view.page.kind === 'article' ? 'column' : view.page.kind, 'frame')];
    const { pathname, search } = new URL(url);
    return LIST_FRAME.test(pathname + search) ? [found(url, 'column', 'frame')] : [];
  });
  return frames.map((frame) => ({ ...frame, anchor: view.page.anchor }));
}
