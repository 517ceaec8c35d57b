/** Each family on made-up pages of its shape: what it names, in which spelling, and what it says it cannot reach. */
import { describe, expect, it } from 'vitest';
import type { Discovery } from '../../src/discover/discover.js';
import { discover } from '../../src/discover/discover.js';
import { FAMILIES } from '../../src/discover/families/index.js';
import type { PageFacts } from './made-up-page.js';
import { pageOf } from './made-up-page.js';

const ROOT = 'http://www.qingxi.gov.cn';
const TITLE = '清溪市公安局2019年政府信息公开工作年度报告';

function read(path: string, markup: string, facts: Partial<PageFacts> = {}): Discovery {
  return discover({ page: pageOf({ url: ROOT + path, markup, kind: 'column', seed: { agency: '清溪市公安局' }, ...facts }) });
}

const urls = ({ found }: Discovery): string[] => found.map(({ url }) => decodeURIComponent(url).replace(ROOT, ''));
const codes = ({ notices }: Discovery): string[] => notices.map(({ code }) => code);
const paging = { heardVia: 'paging', anchor: '政府信息公开年报', kind: 'list' } as const;

describe('Hanweb', () => {
  const record = (at: number): string => `<record><![CDATA[<li><a href='/art/2019/1/${at}/art_1234_${at}.html' title='${2000 + at}年年报'>${2000 + at}年…</a><span>2019-\n 01-\n 0${at % 10} </span></li>]]></record>`;
  const column = (parameters: string, total: number, records = 5): string => `<html><head><meta name="ColumnName" content="政府信息公开年报"></head><body><div id="380055"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=7&path=/&${parameters}&webname=%25E6&permissiontype=0"></a>]]></nextgroup>
    <recordset>${Array.from({ length: records }, (_, at) => record(at + 10)).join('')}</recordset></datastore></script></div><script>$('#380055').jpage({perPage:5,totalRecord:${total},proxyUrl:'/module/web/jpage/dataproxy.jsp'});</script></body></html>`;

  it('reads the datastore and asks the proxy for the rest, three pages a call', () => {
    const page = read('/col/col1234/index.html', column('columnid=1234&unitid=380055', 31));
    expect(page.list).toMatchObject({ family: 'hanweb', rows: 5, reportRows: 5, total: 31, pages: 7, stop: 'more' });
    const calls = page.found.filter(({ heardVia }) => heardVia === 'paging').map(({ url }) => new URL(url));
    expect(calls.map(({ searchParams }) => [searchParams.get('startrecord'), searchParams.get('endrecord'), searchParams.get('perpage')])).toEqual([['6', '20', '5'], ['21', '31', '5']]);
    expect(Object.fromEntries(calls[0]?.searchParams ?? [])).toMatchObject({ columnid: '1234', unitid: '380055', webid: '7', path: '/', appid: '1', webname: '%E6', permissiontype: '0' });
    expect(page.found[0]).toMatchObject({ anchor: '2010年年报', listedOn: null, kind: 'article' });
  });

  it('reads dates split over lines in the proxy\'s answer', () => {
    const xml = `<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>31</totalrecord><recordset>${record(16)}${record(17)}</recordset></datastore>`;
    const page = read('/module/web/jpage/dataproxy.jsp?startrecord=30&endrecord=31&perpage=5&columnid=1234', xml, paging);
    expect([page.kind, page.family, page.list?.rows, page.list?.stop, codes(page)]).toEqual(['list', 'hanweb', 2, 'last-page', []]);
    expect(page.found.map(({ anchor, listedOn }) => [anchor, listedOn])).toEqual([['2016年年报', '2019-01-06'], ['2017年年报', '2019-01-07']]);
  });

  it.each([
    ['an encrypted column id', column('columnid=8f7a9c&unitid=380055', 31), 'encrypted-paging'],
    ['an empty body of the proxy', null, 'broken-page'],
    ['fewer rows than asked for', `<datastore><totalrecord>31</totalrecord><recordset>${record(16)}</recordset></datastore>`, 'no-next'],
  ])('says partial for %s', (_name, markup, stop) => {
    const isColumn = markup?.includes('jpage(') ?? false;
    const page = isColumn ? read('/col/col1234/index.html', markup ?? '') : read('/module/web/jpage/dataproxy.jsp?startrecord=6&endrecord=20&perpage=5&columnid=1234', markup ?? '<datastore><recordset></recordset></datastore>', paging);
    expect([page.list?.stop, codes(page).includes('discover-partial-list'), page.found.some(({ heardVia }) => heardVia === 'paging')]).toEqual([stop, true, false]);
  });

  it('asks the annual-report endpoint year by year, up to the year before the visit', () => {
    const page = read('/gaj/', '<div><a href="/module/xxgk/xxgkAnnualReport.jsp?area=11330922002643296E&fbtime=2023">年度报告</a></div>');
    const years = page.found.filter(({ kind }) => kind === 'article').map(({ url }) => Number(new URL(url).searchParams.get('fbtime')));
    expect([Math.min(...years), Math.max(...years), years.length]).toEqual([2008, 2024, 17]);
  });

  it('reads the module\'s list and its tree', () => {
    const list = read('/module/xxgk/search.jsp?infotypeId=A02003&area=014&currpage=1', `<table><tr class="tr_main_value_odd"><td><a href="/art/2020/1/2/art_1_2.html">${TITLE}</a></td><td>2020-01-02</td></tr></table>第1页/共 3 页`, { ...paging });
    expect([list.list?.rows, list.list?.nextUrls.map((url) => new URL(url).searchParams.get('currpage'))]).toEqual([1, ['2', '3']]);
    const tree = read('/module/xxgk/tree.jsp?standardXxgk=1&area=014&divid=', `<ul><li><a onclick="funclick('A01001','x')">机构职能</a></li><li><a onclick="funclick('A02003','y')">政府信息公开年报</a></li></ul>`);
    expect(urls(tree)).toEqual(['/module/xxgk/search.jsp?infotypeId=A02003&jdid=&area=014&divid=&currpage=1&sortfield=,compaltedate:0']);
  });
});

describe('Hanweb jpaas', () => {
  const unit = (settings: string): string => `<script src="/script/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="${settings}"></script>`;

  it('asks for the list that the column\'s script would ask for, with the page\'s own settings', () => {
    const page = read('/col/col1487002/index.html', `<html><head><meta name="ColumnName" content="政府信息公开年报"></head><body>${unit("{'parseType':'buildstatic','webId':'2945','tplSetId':'quX','pageType':'column','tagId':'当前位置','editType':'null','pageId':'7'}")}${unit("{'parseType':'buildstatic','webId':'2945','tplSetId':'quX','pageType':'column','tagId':'信息列表','editType':'null','pageId':'7'}")}</body></html>`);
    expect([page.family, page.list, codes(page)]).toEqual(['jpaas', null, []]);
    expect(urls(page)).toEqual(['/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=buildstatic&webId=2945&tplSetId=quX&pageType=column&tagId=信息列表&editType=null&pageId=7&paramJson={"pageNo":1,"pageSize":"15"}']);
    expect(page.found[0]).toMatchObject({ kind: 'list', heardVia: 'paging', anchor: '政府信息公开年报', headers: { referer: `${ROOT}/col/col1487002/index.html` } });
  });

  it('reads HTML inside JSON and names the further pages', () => {
    const html = `<div><ul><li><a href='/zwgk/art/2020/art_${'a'.repeat(32)}.html' title='${TITLE}'>…</a><span>2020-01-25</span></li></ul><div class='pagination' pageNo='1' pageSize='15' count='40'></div></div>`;
    const page = read('/api-gateway/jpaas-publish-server/front/page/build/unit?webId=2945&paramJson=%7B%22pageNo%22%3A1%7D', JSON.stringify({ success: true, data: { html } }), { ...paging, mediaType: 'application/json' });
    expect(page.list).toMatchObject({ family: 'jpaas', rows: 1, total: 40, pages: 3, pageNumber: 1, stop: 'more' });
    expect(page.list?.nextUrls.map((url) => new URL(url).searchParams.get('paramJson'))).toEqual(['{"pageNo":2,"pageSize":"15"}', '{"pageNo":3,"pageSize":"15"}']);
    expect(page.found[0]).toMatchObject({ anchor: TITLE, listedOn: '2020-01-25' });
  });
});

describe('gkmlpt', () => {
  const shell = (tree: string): string => `<html><body><div id="app"></div><script>window._CONFIG = {SID: '755099', TREE: ${tree}, SERVICE_AREA_ID: '1'}</script></body></html>`;

  it('asks the API for the topic of annual reports, however deep', () => {
    const tree = JSON.stringify([{ id: 1, name: '法定主动公开内容 "]"', children: [{ id: 2811, name: '政府信息公开年报', post_count: 3, jump_url: '', children: [] }] }]);
    expect(urls(read('/gkmlpt/index', shell(tree)))).toEqual(['/gkmlpt/api/all/2811?page=1&sid=755099']);
  });

  it('leaves the platform with the topic\'s jump_url', () => {
    const page = read('/gkmlpt/index', shell('[{"id":19,"name":"年度报告","post_count":0,"jump_url":"/qxgaj/zwgk/gknb/","children":[]}]'));
    expect([page.family, page.kind, page.found.map(({ url, kind }) => [url, kind])]).toEqual(['gkmlpt', 'column', [[`${ROOT}/qxgaj/zwgk/gknb/`, 'column']]]);
  });

  it('takes the topic that the seed names after the hash', () => {
    const page = read('/qxgaj/gkmlpt/index', shell('[{"id":19,"name":"其他","children":[]}]'), { seed: { columns: [`${ROOT}/qxgaj/gkmlpt/index#19`] } });
    expect(urls(page)).toEqual(['/gkmlpt/api/all/19?page=1&sid=755099']);
  });

  it('tries the page of annual reports, then everything, when the tree names none', () => {
    expect(urls(read('/qxgaj/gkmlpt/index', shell('[]')))).toEqual(['/qxgaj/gkmlpt/annual']);
    expect(urls(read('/gkmlpt/annual', shell('[broken')))).toEqual(['/gkmlpt/api/all/0?page=1&sid=755099']);
  });

  it('reads the API\'s answer: pages of a hundred from 1, dates in Chinese time, attachments not as rows', () => {
    const article = (id: number): object => ({ id, title: id === 1 ? TITLE : `通知${id}`, display_publish_time: 1705680000 + 15 * 3600, url: `${ROOT}/gkmlpt/content/9/9/post_${id}.html`, post_url: id === 1 ? `${ROOT}/zwgk/gknb/content/post_1.html` : '', attachment: [{ name: `${TITLE}.pdf`, url: `${ROOT}/attachment/0/1/1.pdf` }] });
    const page = read('/gkmlpt/api/all/0?page=1&sid=755099', JSON.stringify({ classify: { id: 0, name: '全部', post_count: 230 }, total: 230, articles: [article(1), article(2)] }), { kind: 'list', mediaType: 'application/json' });
    expect(page.list).toMatchObject({ rows: 2, reportRows: 1, total: 230, pages: 3, stop: 'more' });
    expect(urls(page)).toEqual(['/zwgk/gknb/content/post_1.html', '/gkmlpt/api/all/0?page=2&sid=755099', '/gkmlpt/api/all/0?page=3&sid=755099']);
    expect(page.found[0]?.listedOn).toBe('2024-01-20');
  });
});

describe('UCAP', () => {
  it('finds the tree of a catalogue shell, and the list behind a placeholder in it', () => {
    const shell = read('/site/c100/xxgk.shtml', '<html><body><ul id="treeDemo" class="ztree"></ul><script>var url="/u/channel/treeNew/tlfs";</script></body></html>');
    expect(urls(shell)).toEqual(['/u/channel/treeNew/tlfs']);
    const tree = read('/u/channel/treeNew/tlfs', 'callback([{"name":"机构职能","url":"/tlfs/c1/list.shtml"},{"name":"法定主动公开","children":[{"name":"政府信息公开年报","url":"/tlfs/c106345/null.shtml"},{"name":"公开年报","url":"/tlfs/c2/list.shtml"}]}])', { mediaType: 'application/javascript' });
    expect(urls(tree)).toEqual(['/tlfs/c106345/common_list.shtml', '/tlfs/c106345/xxgkList.shtml', '/tlfs/c106345/xlist.shtml', '/tlfs/c106345/list.shtml', '/tlfs/c2/list.shtml']);
  });
});

describe('LonSun', () => {
  it('goes from any column of an organ to its annual reports and to the list its script fills in', () => {
    const page = read('/public/column/24601?type=4&action=list', "<div id=\"list\"></div><script>var siteId='6788031';var catId='3827899';load('publicInfoList')</script>");
    expect(urls(page)).toEqual(['/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=6788031&pageSize=15&pageIndex=1&action=list&organId=24601&type=4&catId=3827899&file=/xxgk/publicInfoList_newest2020&isDate=true&dateFormat=yyyy-MM-dd', '/public/column/24601?type=3&action=list']);
  });

  it('takes a year as a report under type 3', () => {
    const page = read('/public/column/24601?type=3&action=list', '<ul><li><a href="/public/column/24601?action=detail&title=2020&type=3">2020年</a></li><li><a href="/public/column/24601?action=detail&title=2019&type=3">2019年</a></li></ul>');
    expect(page.found.map(({ kind, anchor }) => [kind, anchor])).toEqual([['article', '2020年'], ['article', '2019年']]);
  });

  it('pages the label endpoint', () => {
    const page = read('/site/label/8888?labelName=publicInfoList&pageIndex=1&organId=24601', `<ul><li><a href="/public/24601/5.html" title="${TITLE}">…</a><span>2020-01-21</span></li></ul><div class="pagination" data-pagecount="3"></div>`, paging);
    expect([page.family, page.list?.nextUrls.map((url) => new URL(url).searchParams.get('pageIndex'))]).toEqual(['lonsun', ['2', '3']]);
  });
});

describe('the other families', () => {
  it('Openness: builds the annual page of the agency\'s branch', () => {
    const page = read('/openness', '<ul><li><a href="/openness/?branch_id=aaa">市教育局</a></li><li><a href="/openness/?branch_id=5212bcb4">市公安局</a></li></ul>');
    expect(urls(page)).toContain('/OpennessAnnualReport/?branch_id=5212bcb4');
  });

  it('Openness: a branch\'s annual page is a column of reports', () => {
    expect(urls(read('/OpennessAnnualReport/?branch_id=5212bcb4', '<ul><li><a href="/OpennessAnnualReport/show/7.html">2019年年报</a><span>2020-01-21</span></li></ul>'))).toEqual(['/OpennessAnnualReport/show/7.html']);
  });

  it('Epoint: asks for all rows in one call, or names the endpoint that takes only POST', () => {
    const list = (script: string): string => `<ul class="ewb-list"><li><a href="/zwgk/002005/002005002/20180315/ce4b5215-3a6c-4e20-8d26-3f5a5cd41648.html">${TITLE}</a><span>2018-03-15</span></li></ul><span id="total">32</span><script>${script}</script>`;
    const whole = read('/zwgk/002005/002005002/list.html', list("var siteguid='7eb5f7f1-9041',categorynum='002005002';"), { kind: 'list', anchor: '年度报告' });
    expect(urls(whole)[1]).toBe('/EpointWebBuilderService/getInfoListAndCategoryList.action?cmd=getInfoList&pageIndex=1&pageSize=32&siteguid=7eb5f7f1-9041&categorynum=002005002');
    const posted = read('/zwgk/002005/002005002/list.html', list("$.post('/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew2')"), { kind: 'list', anchor: '年度报告' });
    expect([posted.list?.stop, codes(posted)]).toEqual(['needs-post', ['discover-needs-post']]);
  });

  it('Epoint: reads rows from JSON inside JSON', () => {
    const custom = JSON.stringify({ count: 1, infodata: [{ title: TITLE, infourl: '/zwgk/002005/x.html', infodate: '2018-03-15' }] });
    const page = read('/EpointWebBuilderService/getInfoListAndCategoryList.action?cmd=getInfoList&pageIndex=1&pageSize=32', JSON.stringify({ custom }), { ...paging, mediaType: 'application/json' });
    expect([page.family, page.list?.rows, page.found[0]?.listedOn]).toEqual(['epoint', 1, '2018-03-15']);
  });

  it('TRS: names a dynamic list that answers only to POST', () => {
    const page = read('/zwgk/zfxxgknb/', '<html><head><title>政府信息公开年报</title></head><body><div id="list"></div><script>$.ajax({url:"/irs/front/list",type:"POST",data:{tableName:"t_17d2",customFilter:{properties:[{property:"f_1",operator:"eq",value:"88991"}]}}})</script></body></html>');
    expect([page.family, codes(page)]).toEqual(['trs', ['discover-needs-post', 'discover-needs-script']]);
    expect(page.notices[0]?.message).toContain('/irs/front/list');
    expect(page.notices[0]?.message).toContain('88991');
  });

  it('Shanghai: the column stands in the address', () => {
    const page = read('/hpga/list/toGjList?lmName=%E5%85%AC%E5%BC%80%E5%B9%B4%E6%8A%A5', '<ul><li><a href="/hpga/list/toGjDetail?lmName=%E5%85%AC%E5%BC%80%E5%B9%B4%E6%8A%A5&pa=c756679f">2015上海市公安局某浦分局年报</a><span>2016-01-20</span></li></ul>');
    expect([page.family, urls(page)]).toEqual(['shga', ['/hpga/list/toGjDetail?lmName=公开年报&pa=c756679f']]);
  });
});

describe('the table of families', () => {
  it('has each name once and ends with the generic one', () => {
    const ids = FAMILIES.map(({ id }) => id);
    expect([new Set(ids).size, ids.at(-1)]).toEqual([ids.length, 'generic']);
  });

  it('believes a page\'s marks before the seed, and the seed before nothing', () => {
    const jpaas = '<script src="/script/unitbuild.js" queryData="{}"></script>';
    expect(read('/x/', jpaas, { seed: { platform: 'trs' } }).family).toBe('jpaas');
    expect(read('/x/', '<p>x</p>', { seed: { platform: 'trs' } }).family).toBe('trs');
    expect(read('/x/', '<p>x</p>', { seed: { platform: 'nobody' } }).family).toBe('generic');
  });

  it('reads a page that begins with stray braces', () => {
    expect(urls(read('/x/', '{{header}}<html><body><a href="/nb/">政府信息公开年报</a></body></html>'))).toEqual(['/nb/']);
  });

  it('turns bad data into a notice', () => {
    const page = read('/api/list?page=1', '{"total": 3, "articles": [', { ...paging, mediaType: 'application/json' });
    expect(codes(page)).toEqual(['discover-bad-data', 'discover-partial-list']);
  });
});
