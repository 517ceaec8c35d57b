/** Pages in shapes that the farm has none of, for the fuzzer to begin with. */

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

export const TABLES: readonly string[] = [
  `<table>${row(['（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', '申请人情况'])}${row(['一、本年新收政府信息公开申请数量', '19', '0', '1', '0', '0', '0', '20'])}${row(['二、上年结转政府信息公开申请数量', '0', '', '－', '/', '无', '0', '0'])}</table>`,
  `<table>${row(['行政复议', '行政诉讼'])}${row(['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'])}${row(['0', '0', '0', '0', '0'])}</table>`,
  '{"code":200,"data":{"total":99,"rows":[{"title":"长沙市公安局2019年政府信息公开年度报告","url":"/a/1.html","date":"2020-01-20"}]}}',
  '<?xml version="1.0" encoding="gbk"?><datastore><totalrecord>45</totalrecord><recordset><record><![CDATA[<li><a href="/art/2020/1/2/art_1_2.html">2019年年报</a></li>]]></record></recordset></datastore>',
  'User-agent: *\nDisallow: /*?*\nAllow: /$\nCrawl-delay: 1e9\n',
  '430100,长沙市公安局,http://gaj.changsha.gov.cn/,"http://a.gov.cn/|http://b.gov.cn/"\n',
];
