/** Servers that speak HTTP and mean harm with it: statuses, redirects, robots.txt, traps, pages too large for whoever reads them. */
import type { ChaosFault, Named } from './fault.js';
import { REPORT, column, endless, head, markup, moved, raw, whole } from './wire.js';
import type { Serve, Wire } from './wire.js';

const failed = (reason: string): Named => ({ reason, state: 'failed' });
const skipped = (reason: string): Named => ({ reason, state: 'skipped' });
const OK: Named = { reason: 'ok', state: 'captured' };
const HTML = ['Content-Type', 'text/html; charset=utf-8'] as const;
const TEXT = ['Content-Type', 'text/plain'] as const;

const status = (line: string, body = '', ...lines: (readonly [string, string])[]): Serve => whole(body, [HTML, ...lines], line);
/** Fails `times` times, then gives the report. */
const until = (times: number, failing: Serve): Serve => (wire) => (wire.before < times ? failing : whole(REPORT))(wire);
/** A column with one row, which leads to `href`; that answers with `then`. */
function leadingTo(href: string, then: Serve): Serve {
  const first = whole(column([[href, 2019]]));
  return (wire) => (wire.path === '/nb/' ? first : then)(wire);
}

/** Rows and a next page made of the number in the address: there is always one more. */
function series(next: (number: number) => string, rows: (number: number) => string): Serve {
  return (wire: Wire) => {
    const number = Number(/(\d+)\D*$/u.exec(wire.path)?.[1] ?? 0);
    whole(column([[rows(number), 2019]], `<a href="${next(number + 1)}">下一页</a>`))(wire);
  };
}

const LONG_PATH = `/nb/${'a'.repeat(3000)}.html`;
const REPORT_PATH = '/nb/2019.html';

/** One report among 30,000 links. */
const FLOOD = column([[REPORT_PATH, 2019]], Array.from({ length: 30_000 }, (_, at) => `<a href="/x/${at}.html">${at}</a>`).join(''));

export const FAULTS_OF_THE_PAGE: readonly ChaosFault[] = [
  { name: 'storm-503', hazard: 'Every answer is 503.', outcome: failed('http-5xx'), mostRequests: 8, serve: status('503 Service Unavailable', 'busy') },
  { name: 'storm-500', hazard: 'Every answer is 500 with a page.', outcome: failed('http-5xx'), mostRequests: 8, serve: status('500 Internal Server Error', REPORT) },
  { name: 'later-seconds', hazard: '429 with Retry-After in seconds, once.', outcome: OK, serve: until(1, status('429 Too Many Requests', '', ['Retry-After', '1'])) },
  { name: 'later-date', hazard: '503 with Retry-After as a date, once.', outcome: OK, serve: until(1, (wire) => status('503 Service Unavailable', '', ['Retry-After', new Date(Date.now() + 1500).toUTCString()])(wire)) },
  { name: 'later-absurd', hazard: '429 with Retry-After of thirty years: the page waits for another harvest.', outcome: { reason: 'rate-limited', state: 'waiting' }, mostRequests: 3, serve: status('429 Too Many Requests', '', ['Retry-After', '999999999']) },
  { name: 'later-nonsense', hazard: '429 with a Retry-After that is no time: tried again at the usual pace, then given up.', outcome: failed('rate-limited'), mostRequests: 8, serve: status('429 Too Many Requests', '', ['Retry-After', '-5 minutes']) },
  { name: 'gone', hazard: '410.', outcome: failed('gone'), mostRequests: 2, serve: status('410 Gone', 'gone') },
  { name: 'forbidden', hazard: '403 without a reason.', outcome: failed('http-4xx'), mostRequests: 2, serve: status('403 Forbidden', 'no') },
  { name: 'status-999', hazard: 'A status that there is not.', outcome: failed('http-other'), serve: status('999 Denied', REPORT) },
  { name: 'empty', hazard: '200 without a body.', outcome: failed('stub'), serve: status('200 OK') },
  { name: 'no-content', hazard: '204.', outcome: failed('stub'), serve: raw('HTTP/1.1 204 No Content\r\n\r\n') },
  { name: 'part-unasked', hazard: '206 with half of the page, unasked.', outcome: failed('truncated'), serve: status('206 Partial Content', REPORT.slice(0, 400), ['Content-Range', `bytes 0-399/${Buffer.byteLength(REPORT)}`]) },
  { name: 'not-modified-unasked', hazard: '304 to a first request.', outcome: failed('http-other'), serve: raw('HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n') },
  { name: 'redirect-nowhere', hazard: '302 without Location.', outcome: failed('http-other'), serve: status('302 Found', REPORT) },
  { name: 'redirect-self', hazard: 'A redirect to itself.', outcome: failed('redirect-loop'), serve: moved('/nb/') },
  { name: 'redirect-circle', hazard: 'A redirects to B, B to A.', outcome: failed('redirect-loop'), serve: (wire) => moved(wire.path === '/nb/' ? '/other/' : '/nb/')(wire) },
  { name: 'redirect-cookies', hazard: 'A redirect to itself with a new cookie each time.', outcome: failed('too-many-redirects'), serve: (wire) => whole('', [['Location', '/nb/'], ['Set-Cookie', `n=${wire.before}`]], '302 Found')(wire) },
  { name: 'redirect-chain', hazard: 'Redirects without end, each to a new address.', outcome: failed('too-many-redirects'), serve: (wire) => moved(`/nb/${Number(/\d+/u.exec(wire.path)?.[0] ?? 0) + 1}/`)(wire) },
  { name: 'redirect-private', hazard: 'A redirect to a private address.', outcome: failed('redirect-out-of-scope'), mostRequests: 2, serve: moved('http://10.0.0.1/nb/') },
  { name: 'redirect-metadata', hazard: 'A redirect to a cloud\'s metadata service, written as a number.', outcome: failed('redirect-out-of-scope'), mostRequests: 2, serve: moved('http://2852039166/latest/meta-data/') },
  { name: 'redirect-file', hazard: 'A redirect to a file.', outcome: skipped('unsupported-scheme'), mostRequests: 2, serve: moved('file:///etc/passwd') },
  { name: 'redirect-script', hazard: 'A redirect to a script.', outcome: skipped('unsupported-scheme'), mostRequests: 2, serve: moved('javascript:alert(1)') },
  { name: 'redirect-long', hazard: 'A redirect to an address of 20 KB.', outcome: skipped('url-too-long'), mostRequests: 2, serve: moved(`/nb/${'a'.repeat(20_000)}`) },
  { name: 'refresh-self', hazard: 'A page that refreshes to itself with a new number for ever.', outcome: OK, mostRequests: 20, serve: (wire) => whole(markup(`<meta http-equiv="refresh" content="0;url=/nb/?n=${Number(/\d+$/u.exec(wire.path)?.[0] ?? 0) + 1}">`))(wire) },
  { name: 'robots-503', hazard: 'robots.txt answers 503: nothing may be asked for.', outcome: failed('robots-unreachable'), mostRequests: 6, robots: status('503 Service Unavailable'), serve: whole(REPORT) },
  { name: 'robots-silent', hazard: 'robots.txt is never answered: nothing may be asked for.', outcome: failed('timeout-headers'), mostRequests: 6, robots: raw(''), serve: whole(REPORT) },
  { name: 'robots-endless', hazard: 'robots.txt never ends: its beginning counts.', outcome: skipped('robots-disallowed'), mostRequests: 2, robots: endless(head('200 OK', [TEXT]) + 'User-agent: *\nDisallow: /nb/\n', Buffer.from('# fill\n'.repeat(5000)), 0), serve: whole(REPORT) },
  { name: 'robots-circle', hazard: 'robots.txt redirects to itself: as good as none (RFC 9309).', outcome: OK, robots: moved('/robots.txt'), serve: whole(REPORT) },
  { name: 'robots-page', hazard: 'robots.txt is a web page.', outcome: OK, robots: whole(REPORT), serve: whole(REPORT) },
  { name: 'robots-delay', hazard: 'robots.txt asks for a day between requests.', outcome: skipped('crawl-delay-too-long'), mostRequests: 1, robots: whole('User-agent: *\nCrawl-delay: 86400\n', [TEXT]), serve: whole(REPORT) },
  { name: 'robots-stars', hazard: 'robots.txt with a pattern made to take for ever.', outcome: OK, robots: whole(`User-agent: *\nDisallow: /${'*a'.repeat(3000)}b\n`, [TEXT]), serve: whole(REPORT) },
  { name: 'media-image', hazard: 'A page that says it is an image.', outcome: OK, serve: whole(REPORT, [['Content-Type', 'image/png']]) },
  { name: 'media-none', hazard: 'No Content-Type.', outcome: OK, serve: whole(REPORT, []) },
  { name: 'charset-bogus', hazard: 'A charset that there is not, 10 KB long.', outcome: OK, serve: whole(REPORT, [['Content-Type', `text/html; charset="${'x'.repeat(10_000)}"`]]) },
  { name: 'nul-bytes', hazard: 'NUL bytes all over the page.', outcome: OK, serve: whole(REPORT.replace(/，/gu, '\0，\0')) },
  { name: 'binary', hazard: 'A megabyte of noise that says it is a page.', outcome: OK, serve: whole(Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => (at * at * 31 + at * 7) >> 3 & 255))) },
  { name: 'url-long', at: LONG_PATH, hazard: 'A row whose address has 3,000 characters.', outcome: skipped('url-too-long'), serve: leadingTo(LONG_PATH, whole(REPORT)) },
  { name: 'links-flood', hazard: '30,000 links on one page.', outcome: { ...OK, notice: 'discover-link-limit' }, mostRequests: 70, serve: (wire) => whole(wire.path === '/nb/' ? FLOOD : REPORT)(wire) },
  { name: 'trap-paging', hazard: 'A next page, always, with the same row.', outcome: OK, mostRequests: 70, serve: series((number) => `/nb/?page=${number}`, () => REPORT_PATH) },
  { name: 'trap-calendar', hazard: 'A column that leads to a column for each day, for ever.', outcome: OK, mostRequests: 70, serve: series((number) => `/nb/${2000 + Math.floor(number / 365)}/${number % 365}.html`, (number) => `/nb/day/${number + 1}.html`) },
  { name: 'trap-session', hazard: 'Every link carries a new session number.', outcome: OK, mostRequests: 70, serve: (wire) => whole(column([[`/nb/2019.html?token=${wire.socket.bytesRead}${Math.trunc(performance.now() * 1000)}`, 2019]], `<a href="/nb/?page=2&token=${Math.trunc(performance.now() * 1000)}">下一页</a>`))(wire) },
  { name: 'trap-path', hazard: 'A relative link that makes the path longer each time.', outcome: OK, mostRequests: 70, serve: whole(column([['nb/index.html', 2019]], '<a href="nb/nb/index.html">下一页</a>')) },
  { name: 'deep', hazard: '100,000 elements within each other.', outcome: OK, serve: whole(markup('<div>'.repeat(100_000) + '年报')) },
  { name: 'deep-tables', hazard: '3,000 tables within each other.', outcome: OK, serve: leadingTo(REPORT_PATH, whole(markup('<table><tr><td>'.repeat(3_000) + REPORT))) },
  { name: 'wide', hazard: '400,000 elements.', outcome: OK, serve: whole(markup('<p>年</p>'.repeat(180_000))) },
  { name: 'attribute-huge', hazard: 'An attribute of 1.5 MB.', outcome: OK, serve: whole(markup(`<a href="/x" title="${'年报'.repeat(250_000)}">年报</a>`)) },
  { name: 'attributes-many', hazard: '100,000 attributes on one element.', outcome: OK, serve: whole(markup(`<div ${Array.from({ length: 100_000 }, (_, at) => `a${at}=1`).join(' ')}>年报</div>`)) },
  { name: 'table-wide', at: REPORT_PATH, hazard: 'A report whose table says it spans a million columns.', outcome: OK, serve: leadingTo(REPORT_PATH, whole(REPORT.replace('</body>', `<table>${'<tr><td colspan="1000000" rowspan="65534">收到行政复议</td></tr>'.repeat(200)}</table></body>`))) },
  { name: 'entities', hazard: 'XML with entities that multiply.', outcome: OK, serve: whole(`<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "年报"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">${Array.from({ length: 12 }, (_, at) => `<!ENTITY ${String.fromCharCode(99 + at)} "${`&${String.fromCharCode(98 + at)};`.repeat(8)}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&n;&x;</l>`, [['Content-Type', 'application/xml']]) },
  { name: 'data-deep', hazard: 'JSON of 200,000 brackets.', outcome: OK, serve: whole('['.repeat(200_000) + ']'.repeat(200_000), [['Content-Type', 'application/json']]) },
];
