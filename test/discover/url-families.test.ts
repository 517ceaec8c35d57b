/** Addresses go to their family: the grammar table of the domain notes, and addresses found in the wild. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAttachmentAddress } from '../../src/discover/attachment-address.js';
import { familyOfUrl } from '../../src/discover/family-of-url.js';
import { FAMILIES } from '../../src/discover/families/index.js';
import { URL_FAMILIES } from '../../src/discover/url-families.js';

const HEX = '0123456789abcdef0123456789abcdef';
const UUID = '01234567-89ab-4def-8123-456789abcdef';

/** [path, grammar, published]. */
const ARTICLES: readonly (readonly [string, string, string | null])[] = [
  ['/module/xxgk/xxgkAnnualReport.jsp?area=11330922002643296E&fbtime=2019', 'hanweb-xxgk-annual', null],
  ['/art/2022/1/18/art_1688410_161388.html', 'hanweb-art', '2022-01-18'],
  [`/zwgk/art/2024/art_${HEX}.html`, 'hanweb-jpaas-art', null],
  ['/col/12345_678/art/202101/1611111111111abc.html', 'col-art-ts', '2021-01'],
  ['/szsgaj/zfxxgknb_11187/202201/t20220126_379898.shtml', 'trs-tdate', '2022-01-26'],
  ['/xxgk/ndbg/201706/t20170610_56009', 'trs-tdate', '2017-06-10'],
  ['/zfxxgkgzndbg/content/post_513176.html', 'gd-post', null],
  ['/gkmlpt/content/9/9103/post_9103540.html', 'gd-post', null],
  ['/m/YD_NDBG/content/mpost_4448008.html', 'gd-post', null],
  [`/tlfs/c106345/201303/${HEX}.shtml`, 'ucap-hexmon', '2013-03'],
  [`/20210122/${HEX}.html`, 'sh-hex', '2021-01-22'],
  [`/hpga/list/toGjDetail?lmName=%E5%85%AC%E5%BC%80%E5%B9%B4%E6%8A%A5&pa=${HEX}`, 'shga-todetail', null],
  [`/shga/wzXxfbGj/detail?pa=${HEX}`, 'shga-todetail', null],
  ['/public/column/24601?action=detail&title=2020&type=3', 'lonsun', null],
  ['/public/24601/51230001.html', 'lonsun', null],
  ['/OpennessAnnualReport/show/7562.html', 'openness', null],
  ['/oshow/4372.html', 'openness', null],
  [`/zwgk/002005/002005002/002005002006/20180315/${UUID}.html`, 'epoint-cat', '2018-03-15'],
  [`/gaj/zfxxgk/content/${UUID}.html`, 'nantong-uuid', null],
  [`/columns/${UUID}/202101/22/${UUID}.html`, 'hebei-uuid', '2021-01-22'],
  ['/gongkai/site_gaj/channel_6076a2591887a377796ba71d/doc_63c8e8a2a068ab69c06186a3.html', 'zibo-doc', null],
  ['/info/1701/422611.htm', 'vsb-info', null],
  ['/2021/0122/c1234a56789/page.htm', 'webplus', null],
  ['/n2254098/n4904352/c6548322/content.html', 'nc-content', null],
  ['/c100028/c1234567/content.shtml', 'ucap-ccontent', null],
  ['/2021-01/22/content_5581234.htm', 'content-ymd', '2021-01-22'],
  ['/zfxxgk/0123456789ABCDEF0123456789ABCDEF/index.shtml', 'hexdir-index', null],
  ['/resources/site/80/html/zwgk/ndbg/202101/123456.html', 'site-html', '2021-01'],
  ['/html/Pages_14070_858749.aspx', 'aspx-pages', null],
  [`/gongkai/show/${HEX}.html`, 'gongkai-show', null],
  ['/content/2021/12345.html', 'content-year-id', null],
  ['/pub/description/32391.html', 'pub-description', null],
  ['/zfxxgk/1234567890123456789.html', 'snowflake', null],
  ['/html/ASSZF/202101/0167411176812827.html', 'anshan', '2021-01'],
  ['/gi_news/1234567', 'changzhou', null],
  ['/zfxxgk/zfxxgknb/2020n/', 'dir-as-article', null],
];

const LISTS: readonly (readonly [string, string])[] = [
  ['/col/col1234/index.html', 'hanweb'], ['/gkmlpt/index', 'gkmlpt'], ['/tlfs/c106345/common_list_2.shtml', 'ucap'], ['/public/column/24601?type=4&action=list', 'lonsun'], ['/OpennessAnnualReport/?branch_id=5212bcb4', 'openness'],
  ['/zwgk/002005/002005002/list.html', 'epoint'], ['/n2254098/n4904352/index.html', 'nc'], ['/hpga/list/toGjList?lmName=x', 'shga'],
];

describe('addresses', () => {
  it.each(ARTICLES)('%s is %s', (path, id, published) => {
    expect(familyOfUrl(`http://www.x.gov.cn${path}`)).toMatchObject({ id, kind: 'article', published });
  });

  it.each(LISTS)('%s is a list of %s', (path, family) => {
    expect(familyOfUrl(`http://www.x.gov.cn${path}`)).toMatchObject({ family, kind: 'list' });
  });

  it.each(['/', '/zwgk/', '/news/show.php?id=3', '/index.html', '/info/list.htm'])('%s is nobody\'s article', (path) => {
    expect(familyOfUrl(`http://www.x.gov.cn${path}`)?.kind).not.toBe('article');
  });

  it('has a case for every grammar, and a reader for every family', () => {
    expect(URL_FAMILIES.map(({ id }) => id).filter((id) => !ARTICLES.some(([, grammar]) => grammar === id))).toEqual([]);
    expect(URL_FAMILIES.map(({ family }) => family).filter((family) => !FAMILIES.some(({ id }) => id === family))).toEqual([]);
    expect(new Set(URL_FAMILIES.map(({ id }) => id)).size).toBe(URL_FAMILIES.length);
  });

  it('takes the report year only from endpoints that say it', () => {
    expect(familyOfUrl('http://x.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2016')?.reportYear).toBe(2016);
    expect(familyOfUrl('http://x.gov.cn/zfxxgknb/201912/t20191225_900.html')?.reportYear).toBeNull();
    expect(familyOfUrl('no address')).toBeNull();
  });
});

const TABLE = '../shared/data/families.json';
const FOUND = '../shared/data/titles.csv';

interface Grammar { readonly id: string; readonly articleUrl: string; readonly listUrl?: string }

/** None where the table is absent: the callback of a skipped block runs all the same. */
const readTable = (): readonly Grammar[] => (existsSync(TABLE) ? (JSON.parse(readFileSync(TABLE, 'utf8')) as { families: Grammar[] }).families : []);

describe.skipIf(!existsSync(TABLE) || !existsSync(FOUND))('the shared table of families (skipped without ../shared)', () => {
  const families = readTable();
  const addresses = [...(existsSync(FOUND) ? readFileSync(FOUND, 'utf8') : '').matchAll(/https?:\/\/[^\s,]+/gu)].map(([address]) => address);

  it('has the same ids in the same order', () => {
    expect(URL_FAMILIES.map(({ id }) => id)).toEqual(families.map(({ id }) => id));
  });

  it('agrees on every address found in the wild', () => {
    const differing = addresses.filter((address) => {
      const { pathname, search } = new URL(address);
      const expected = families.find(({ articleUrl }) => new RegExp(articleUrl, 'u').test(pathname + search))?.id;
      return expected !== undefined && familyOfUrl(address)?.id !== expected;
    });
    expect([addresses.length > 50, differing]).toEqual([true, []]);
  });
});

describe.skipIf(!existsSync(TABLE))('every grammar of the shared table (skipped without ../shared)', () => {
  const families = readTable();

  it.each(ARTICLES)('%s goes to the same one, with the same date', (path, id, published) => {
    const first = families.find(({ articleUrl }) => new RegExp(articleUrl, 'u').test(path));
    expect(first?.id).toBe(id);
    const { y, m, d } = new RegExp(first?.articleUrl ?? '', 'u').exec(path)?.groups ?? {};
    const written = y === undefined || m === undefined ? null : [y, m.padStart(2, '0'), ...(d === undefined ? [] : [d.padStart(2, '0')])].join('-');
    expect(published).toBe(written);
  });

  it('has a case here', () => {
    expect(families.map(({ id }) => id).filter((id) => !ARTICLES.some(([, grammar]) => grammar === id))).toEqual([]);
  });

  it.each(LISTS)('%s is an address of a list there too', (path) => {
    expect(families.some(({ listUrl }) => listUrl !== undefined && new RegExp(listUrl, 'u').test(path))).toBe(true);
  });
});

describe('attachments by address', () => {
  it.each([
    'http://x.gov.cn/P020240116338899001122.docx', 'http://x.gov.cn/module/download/downfile.jsp?classid=0&showname=a.pdf&filename=b.pdf', 'http://x.gov.cn/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=9',
    'http://x.gov.cn/group6/M00/00/01/abc.xls', 'http://x.gov.cn/attachment/0/1/1658/9103540.pdf', 'http://x.gov.cn/a.OFD?t=1', 'http://x.gov.cn/files/report.zip',
  ])('%s', (url) => {
    expect(isAttachmentAddress(url)).toBe(true);
  });

  it.each(['http://x.gov.cn/zfxxgknb/', 'http://x.gov.cn/art/2022/1/18/art_1_2.html', 'http://x.gov.cn/pdf/index.html', 'http://x.gov.cn/download/'])('not %s', (url) => {
    expect(isAttachmentAddress(url)).toBe(false);
  });
});
