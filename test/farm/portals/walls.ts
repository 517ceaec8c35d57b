/** Portals that answer with something else than their pages: challenges, refusals, captchas, logins, stubs, dead links, silence. None of it may be taken for a report or for an empty list. */
import { TRS_SKIN } from '../chrome/trs.js';
import type { Publisher, World } from '../publisher.js';
import type { FarmRefusal } from '../shapes.js';
import type { Answer, Respond, Site } from '../site.js';
import { plain, servePages } from '../site.js';
import type { FamilyFacts } from './family-parts.js';
import { build, finish } from './family-parts.js';
import { columnPages } from './parts.js';

const COLUMN = '/zwgk/zfxxgknb/';

function walled(id: string, publisher: Omit<Publisher, 'level' | 'titleShape' | 'annexYears'>, host: string, words: Pick<FamilyFacts, 'difficulty' | 'outcome'>): FamilyFacts {
  return {
    ...{ id, family: 'unknown', host, publisher: { ...publisher, level: 'prefecture', titleShape: 0, annexYears: [] }, container: 'id="zoom"', skin: TRS_SKIN, style: 'plain', from: 2018, to: 2020 },
    ...{ columns: [COLUMN], path: ({ year }) => `${COLUMN}${year}/${year + 1}.html`, ...words },
  };
}

/** The site behind the wall, with `respond` between; its reports are nobody's to hold. */
function behind(world: World, facts: FamilyFacts, wall: { reason: FarmRefusal['reason']; respond: (inner: Respond) => Respond }): Site {
  const built = build(world, facts);
  const [column] = columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 40, paging: () => '' });
  if (column) built.pages.set(COLUMN, column);
  const site = finish(facts, built, wall.respond(servePages(built.pages)));
  return { ...site, reports: [], portal: { ...site.portal, refusals: [{ url: `${world.origin(facts.host)}${COLUMN}`, reason: wall.reason }] } };
}

/** Everything but robots.txt is answered by the wall. */
function always(answer: Answer): (inner: Respond) => Respond {
  return (inner) => (request) => (request.pathname === '/robots.txt' ? inner(request) : answer);
}

const RUISHU = walled('ruishu', { agency: '孝感市公安局', code: '420900', place: '孝感市' }, 'gaj.xiaogan.gov.cn.localhost', {
  difficulty: 'Every page but robots.txt answers 412 with scripts around $_ts.', outcome: 'No report; blocked, and no year said to be missing.',
});

export function ruishuPortal(world: World): Site {
  const page = '<!DOCTYPE html><html><head><meta charset="utf-8"><script>$_ts=window[\'$_ts\'];if(!$_ts)$_ts={};$_ts.nsd=83417;</script><script src="/4QbVtADbnLVIc/c.FxJzG50F.js" r=\'m\'></script></head><body></body></html>';
  return behind(world, RUISHU, { reason: 'blocked', respond: always(plain(412, page, { Server: '******' })) });
}

const REFUSED = walled('cdn-403', { agency: '开封市公安局', code: '410200', place: '开封市' }, 'gaj.kaifeng.gov.cn.localhost', {
  difficulty: 'A protection service refuses every request with 403.', outcome: 'No report; blocked, and no year said to be missing.',
});

export function refusedPortal(world: World): Site {
  const page = '<html><head><title>403 Forbidden</title></head><body><h1>Access Denied</h1><p>reason:GeoBL</p></body></html>';
  return behind(world, REFUSED, { reason: 'blocked', respond: always(plain(403, page, { Server: 'wangsu' })) });
}

const CAPTCHA = walled('captcha', { agency: '临沂市公安局', code: '371300', place: '临沂市' }, 'gaj.linyi.gov.cn.localhost', {
  difficulty: 'Every page but robots.txt is a slider to be dragged, with status 200.', outcome: 'No report; the captcha is named and left alone.',
});

export function captchaPortal(world: World): Site {
  const page = '<html><head><meta charset="utf-8"><title>访问验证</title></head><body><div id="slider">请按住滑块，拖动到最右边，完成滑动验证</div><script src="/static/slider.js"></script></body></html>';
  return behind(world, CAPTCHA, { reason: 'captcha', respond: always(plain(200, page)) });
}

const LOGIN = walled('login', { agency: '榆林市公安局', code: '610800', place: '榆林市' }, 'gaj.yulin.gov.cn.localhost', {
  difficulty: 'The column redirects to a login page.', outcome: 'No report; the login is named.',
});

export function loginPortal(world: World): Site {
  const page = plain(200, '<html><head><meta charset="utf-8"><title>统一身份认证</title></head><body><form action="/login"><input name="user"><input type="password" name="word"><button>登录</button></form></body></html>');
  return behind(world, LOGIN, { reason: 'login', respond: (inner) => (request) => (request.pathname === '/sso/login' ? page : request.pathname.startsWith('/zwgk/') ? plain(302, '', { Location: '/sso/login' }) : inner(request)) });
}

const STUBS = walled('stubs', { agency: '朝阳市公安局', code: '211300', place: '朝阳市' }, 'gaj.chaoyang.gov.cn.localhost', {
  difficulty: 'The home page answers; everything below it is 13 bytes with status 200.', outcome: 'No report; the stub is named, and is no empty list.',
});

export function stubPortal(world: World): Site {
  const page = plain(200, '<html></html>');
  return behind(world, STUBS, { reason: 'stub', respond: (inner) => (request) => (request.pathname.length > 2 && request.pathname !== '/robots.txt' ? page : inner(request)) });
}

const SILENT = walled('silent', { agency: '运城市公安局', code: '140800', place: '运城市' }, 'gaj.yuncheng.gov.cn.localhost', {
  difficulty: 'The server closes every connection without a word, robots.txt included.', outcome: 'No report; unreachable, and no year said to be missing.',
});

export function silentPortal(world: World): Site {
  return behind(world, SILENT, { reason: 'reset', respond: () => () => ({ status: 0, headers: {}, body: Buffer.alloc(0), cut: true }) });
}

const DEAD: FamilyFacts = {
  ...walled('dead-links', { agency: '德州市公安局', code: '371400', place: '德州市' }, 'gaj.dezhou.gov.cn.localhost', {
    difficulty: 'The list is alive; every article redirects to a page that is not there.', outcome: 'No report of six; each is named as gone.',
  }),
  from: 2012, to: 2017,
};

/** The list names its reports, and none of them is there. */
export function deadLinksPortal(world: World): Site {
  const built = build(world, DEAD);
  const [column] = columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 40, paging: () => '' });
  if (column) built.pages.set(COLUMN, column);
  for (const { path } of built.printed) built.pages.set(path, plain(302, '', { Location: '/error/404.html' }));
  const site = finish(DEAD, built);
  return { ...site, reports: [], portal: { ...site.portal, refusals: built.printed.map(({ report }) => ({ url: report.url, reason: 'gone' as const })) } };
}
