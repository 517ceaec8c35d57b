/** What servers do beside answering: they dawdle, fall over, hide behind walls, set cookies and compress. Each wraps an answer. */
import { gzipSync } from 'node:zlib';
import type { Chance } from './random.js';
import type { Answer, FarmRequest, Respond } from './site.js';
import { plain } from './site.js';

/** Every answer takes between `least` and `most` milliseconds. */
export function slow(respond: Respond, draw: Chance, least: number, most: number): Respond {
  return (request) => ({ ...respond(request), delayMs: draw.int(least, most) });
}

/** How a path of a failing host fails. */
export type Failure =
  /** 503 with Retry-After this many times, then good. */
  | { readonly kind: 'busy'; readonly times: number }
  /** The connection is cut this many times, then good. */
  | { readonly kind: 'cut'; readonly times: number }
  /** Always this status. */
  | { readonly kind: 'status'; readonly status: number };

function failed(failure: Failure): Answer {
  if (failure.kind === 'cut') return { status: 0, headers: {}, body: Buffer.alloc(0), cut: true };
  if (failure.kind === 'busy') return plain(503, '<html><body>服务器繁忙，请稍后再试</body></html>', { 'Retry-After': '1' });
  return plain(failure.status, '<html><body><h1>HTTP Status 500 - Internal Server Error</h1><hr>Apache Tomcat</body></html>');
}

/** Fails the paths of `plan`; how often each has failed is remembered as long as the farm stands. */
export function failing(respond: Respond, plan: ReadonlyMap<string, Failure>, counts: Map<string, number>): Respond {
  return (request) => {
    const failure = plan.get(request.pathname);
    if (!failure) return respond(request);
    const before = counts.get(request.pathname) ?? 0;
    if (failure.kind !== 'status' && before >= failure.times) return respond(request);
    counts.set(request.pathname, before + 1);
    return failed(failure);
  };
}

const CHALLENGE =
  "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance_s=')+('17145')+('8')+('|-1|')+('demo')+';max-age=3600;path=/;SameSite=None';location.href=location.pathname+location.search</script>";

/** A challenge wall before everything but robots.txt: status 521, a cookie and a script that a crawler must not solve. */
export function challenge(respond: Respond): Respond {
  const wall = plain(521, CHALLENGE, { 'Set-Cookie': '__jsluid_s=demo5f3a9c; max-age=31536000; path=/; HttpOnly', Server: 'yunjiasu-nginx' });
  return (request) => (request.pathname === '/robots.txt' ? respond(request) : wall);
}

/** Redirects to the same address until the visitor brings the cookie: an ordinary cookie jar is enough. robots.txt is open. */
export function cookieGate(respond: Respond): Respond {
  return (request) => {
    if (request.pathname === '/robots.txt' || request.headers['cookie']?.includes('farmsession=')) return respond(request);
    const query = request.query.size > 0 ? `?${request.query.toString()}` : '';
    return plain(302, '', { Location: `${request.pathname}${query}`, 'Set-Cookie': 'farmsession=1; path=/' });
  };
}

function accepts(request: FarmRequest, coding: string): boolean {
  return (request.headers['accept-encoding'] ?? '').includes(coding);
}

/** Compresses with gzip for those who accept it, and sends in chunks. */
export function compressed(respond: Respond): Respond {
  const known = new Map<Buffer, Buffer>();
  return (request) => {
    const answer = respond(request);
    if (answer.status !== 200 || !accepts(request, 'gzip')) return { ...answer, chunked: true };
    const body = known.get(answer.body) ?? gzipSync(answer.body);
    known.set(answer.body, body);
    return { ...answer, headers: { ...answer.headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }, body, chunked: true };
  };
}

/** Answers robots.txt with these lines. */
export function robots(respond: Respond, lines: readonly string[]): Respond {
  const answer = plain(200, `${lines.join('\n')}\n`, { 'Content-Type': 'text/plain' });
  return (request) => (request.pathname === '/robots.txt' ? answer : respond(request));
}
