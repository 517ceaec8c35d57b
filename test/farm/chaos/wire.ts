/** One request and the bare socket it came on: what a broken server needs to answer in ways that no HTTP library would. */
import type { Socket } from 'node:net';

/** A request as a fault sees it. */
export interface Wire {
  readonly socket: Socket;
  readonly host: string;
  /** Path with query. */
  readonly path: string;
  /** How often this host was asked for this path before. */
  readonly before: number;
  /** `http://HOST:PORT` of this server. */
  readonly origin: string;
}

/** Answers one request, well or badly. */
export type Serve = (wire: Wire) => void;

type HeaderLines = readonly (readonly [name: string, value: string])[];

const HTML: HeaderLines = [['Content-Type', 'text/html; charset=utf-8']];

/** Status line and headers, the empty line included. */
export function head(status: string, lines: HeaderLines): string {
  return `HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** A whole answer that keeps every rule. `lines` replace the Content-Type of HTML. */
export function whole(body: string | Buffer, lines: HeaderLines = HTML, status = '200 OK'): Serve {
  const bytes = Buffer.from(body as string);
  return ({ socket }) => { socket.write(head(status, [...lines, ['Content-Length', String(bytes.length)]])); socket.write(bytes); };
}

/** Bytes as they are, then what becomes of the connection. */
export function raw(bytes: string | Buffer, then: 'keep' | 'end' | 'reset' = 'keep'): Serve {
  return ({ socket }) => {
    socket.write(bytes, () => { if (then === 'reset') socket.resetAndDestroy(); });
    if (then === 'end') socket.end();
  };
}

/** Writes `piece` again and again until the other side has gone; `everyMs` 0 writes as fast as it is taken. */
export function endless(start: string, piece: string | Buffer, everyMs: number): Serve {
  return ({ socket }) => {
    socket.write(start);
    if (everyMs > 0) {
      const timer = setInterval(() => { if (socket.destroyed) clearInterval(timer); else socket.write(piece); }, everyMs);
      timer.unref();
      socket.once('close', () => clearInterval(timer));
      return;
    }
    const pour = (): void => { while (!socket.destroyed && socket.write(piece)); };
    socket.on('drain', pour);
    pour();
  };
}

/** A redirect. */
export function moved(location: string, status = '302 Found'): Serve {
  return whole('', [['Location', location]], status);
}

/** A page of markup around `body`. */
export function markup(body: string, title = '混沌县公安局'): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
}

const ROW = (href: string, year: number): string => `<li><a href="${href}">混沌县公安局${year}年政府信息公开工作年度报告</a><span>${year + 1}-01-20</span></li>`;

/** A column of annual reports with these rows, and what stands below it. */
export function column(rows: readonly (readonly [href: string, year: number])[], below = ''): string {
  return markup(`<h1>政府信息公开年报</h1><ul class="list">${rows.map(([href, year]) => ROW(href, year)).join('')}</ul>${below}`, '政府信息公开年报_混沌县公安局');
}

/** A report short and plain: what a sound page at a broken host says. */
export const REPORT = markup(`<h1>混沌县公安局2019年政府信息公开工作年度报告</h1><p>发布日期：2020-01-20</p>${
  '<p>2019年，混沌县公安局认真贯彻执行《中华人民共和国政府信息公开条例》，主动公开政府信息，依法办理依申请公开。本页文字系为测试虚构。</p>'.repeat(8)}`, '混沌县公安局2019年政府信息公开工作年度报告');
