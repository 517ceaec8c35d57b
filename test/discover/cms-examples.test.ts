/** The small pages of the domain notes, one a shape: each is recognised for what it is. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discover } from '../../src/discover/discover.js';
import { recogniseBlock } from '../../src/fetch/blocks.js';
import type { CandidateKind } from '../../src/record.js';
import { pageOf } from './made-up-page.js';

const FOLDER = '../shared/data/cms-examples/';
const UNIT = '/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=bulidstatic&webId=2945&tplSetId=q&pageType=column&pageId=1487002&paramJson=%7B%22pageNo%22%3A1%7D';
const LABEL = '/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=6788031&pageSize=15&pageIndex=1&action=list&organId=24601&type=4&catId=3827899';

interface Expected { path: string; expected?: CandidateKind; kind: string; family: string; found: readonly string[] }

/** `found`: kind and number of what the page leads to. */
const EXAMPLES: Readonly<Record<string, Expected>> = {
  'attach-only.html': { path: '/art/2023/1/13/art_1_2.html', expected: 'article', kind: 'article', family: 'hanweb', found: ['attachment 1'] },
  'epoint-list.html': { path: '/zwgk/002005/002005002/002005002006/list.html', kind: 'list', family: 'epoint', found: ['article 1', 'list 1'] },
  'frame-gkml.html': { path: '/gkml.html', expected: 'column', kind: 'column', family: 'hanweb', found: ['column 1'] },
  'gd-post.html': { path: '/zwgk/gknb/content/post_794439.html', expected: 'article', kind: 'article', family: 'gkmlpt', found: [] },
  'gkmlpt-api.json': { path: '/gkmlpt/api/all/2811?page=1&sid=755099', kind: 'list', family: 'gkmlpt', found: ['article 1'] },
  'gkmlpt-index.html': { path: '/gkmlpt/index', expected: 'column', kind: 'column', family: 'gkmlpt', found: ['column 1'] },
  'hanweb-annual.html': { path: '/module/xxgk/xxgkAnnualReport.jsp?area=1130482&fbtime=2023', expected: 'article', kind: 'article', family: 'hanweb', found: ['article 16'] },
  'hanweb-col.html': { path: '/col/col1234/index.html', kind: 'list', family: 'hanweb', found: ['article 1', 'list 1'] },
  'hanweb-dataproxy-response.xml': { path: '/module/web/jpage/dataproxy.jsp?startrecord=31&endrecord=31&perpage=15&columnid=1234', kind: 'list', family: 'hanweb', found: ['article 1'] },
  'home-jsredirect.html': { path: '/', expected: 'home', kind: 'home', family: 'trs', found: ['home 1'] },
  'home-metarefresh.html': { path: '/', expected: 'home', kind: 'home', family: 'generic', found: ['home 1'] },
  'jpaas-col.html': { path: '/col/col1487002/index.html', expected: 'column', kind: 'column', family: 'jpaas', found: ['list 1'] },
  'jpaas-response.json': { path: UNIT, kind: 'list', family: 'jpaas', found: ['article 1'] },
  'lonsun-label.html': { path: LABEL, kind: 'list', family: 'lonsun', found: ['article 1', 'list 2'] },
  'nc-list.html': { path: '/n2254098/n4904352/index.html', kind: 'list', family: 'nc', found: ['list 74'] },
  'openness-show.html': { path: '/OpennessAnnualReport/show/7562.html', expected: 'article', kind: 'article', family: 'openness', found: [] },
  'shga-list.html': { path: '/hpga/list/toGjList?lmName=%E5%85%AC%E5%BC%80%E5%B9%B4%E6%8A%A5', kind: 'list', family: 'shga', found: ['article 1'] },
  'soft404.html': { path: '/zfxxgknb/202001/t20200101_1.html', expected: 'article', kind: 'other', family: 'trs', found: [] },
  'trs-article.html': { path: '/zfxxgknb/202401/t20240116_20011.html', expected: 'article', kind: 'article', family: 'trs', found: ['attachment 1'] },
  'trs-dir-as-article.html': { path: '/zfxxgk/zfxxgknb/2020n/', kind: 'article', family: 'trs', found: [] },
  'trs-list.html': { path: '/zfxxgk/zfxxgknb/', kind: 'list', family: 'trs', found: ['article 3', 'list 2'] },
  'ucap-list.html': { path: '/tlfs/c106345/common_list.shtml', kind: 'list', family: 'ucap', found: ['article 1', 'list 3'] },
  'vsb-article.html': { path: '/info/1701/422611.htm', expected: 'article', kind: 'article', family: 'vsb', found: ['attachment 1'] },
  'vsb-list.html': { path: '/zwgk/zfxxgknb.htm', kind: 'list', family: 'vsb', found: ['article 1', 'list 30'] },
  'word-table-2021.html': { path: '/zfxxgknb/202201/t20220101_1.html', expected: 'article', kind: 'article', family: 'trs', found: [] },
};

/** Walls, and the status that came with them: they are recognised before any page is read. */
const WALLS: Readonly<Record<string, readonly [number, string]>> = { 'block-412.html': [412, 'blocked-ruishu-412'], 'block-jsl521.html': [521, 'blocked-jsl-521'], 'soft404.html': [200, 'soft-404'] };

describe.skipIf(!existsSync(FOLDER))('the examples of the domain notes (skipped without ../shared)', () => {
  it('are all here', () => {
    expect([...new Set([...Object.keys(EXAMPLES), ...Object.keys(WALLS)])].sort()).toEqual(readdirSync(FOLDER).sort());
  });

  it.each(Object.entries(WALLS))('%s is a wall or a page that is gone', (file, [status, reason]) => {
    const url = 'http://www.moumou.gov.cn/zfxxgknb/202001/t20200101_1.html';
    expect(recogniseBlock({ status, headers: {}, body: readFileSync(FOLDER + file, 'utf8'), url, finalUrl: url })?.reason).toBe(reason);
  });

  it.each(Object.keys(EXAMPLES).filter((file) => !(file in WALLS)))('%s is no wall', (file) => {
    const url = `http://www.moumou.gov.cn${EXAMPLES[file]?.path ?? ''}`;
    const type = file.endsWith('.json') ? 'application/json' : file.endsWith('.xml') ? 'text/xml' : 'text/html';
    expect(recogniseBlock({ status: 200, headers: { 'content-type': type }, body: readFileSync(FOLDER + file, 'utf8'), url, finalUrl: url })).toBeNull();
  });

  it.each(Object.entries(EXAMPLES))('%s', (file, { path, expected = 'list', kind, family, found }) => {
    const mediaType = file.endsWith('.json') ? 'application/json' : 'text/html';
    const markup = readFileSync(FOLDER + file, 'utf8');
    const page = discover({ page: pageOf({ url: `http://www.moumou.gov.cn${path}`, markup, kind: expected, mediaType, anchor: expected === 'list' ? '政府信息公开年报' : null, heardVia: file.includes('response') ? 'paging' : 'link' }) });
    const counts = new Map<string, number>();
    for (const link of page.found) counts.set(link.kind, (counts.get(link.kind) ?? 0) + 1);
    expect({ kind: page.kind, family: page.family, found: [...counts].map(([name, count]) => `${name} ${count}`) }).toEqual({ kind, family, found });
  });
});
