/** The meaning of every exported field, in English and Chinese: the table behind each export's README. */

/** Field, English, Chinese. */
export type FieldMeaning = readonly [field: string, english: string, chinese: string];

export const RECORD_FIELDS: readonly FieldMeaning[] = [
  ['reportId', 'Identifier of the document in the archive; stays the same for one address.', '文档在档案库中的标识，同一网址保持不变'],
  ['url', 'Address asked for; `file:` for imported material.', '请求的网址；导入材料为 file: 地址'],
  ['finalUrl', 'Address that answered after redirects.', '重定向后的最终网址'],
  ['kind', '`annual-report`, or `other` for a kept document that is none.', '文档类别：annual-report 为年度报告，other 为其他留存文档'],
  ['title', 'Title as published, without the site’s name.', '标题（不含网站名称）'],
  ['agency', 'Police body whose report it is.', '报告所属公安机关'],
  ['code', 'Division code (GB/T 2260) of the agency’s place.', '机关所在行政区划代码（GB/T 2260）'],
  ['province', 'Province-level unit.', '省级行政区'],
  ['city', 'Prefecture-level unit.', '地级行政区'],
  ['county', 'County-level unit.', '县级行政区'],
  ['level', '`ministry`, `province`, `prefecture` or `county`.', '层级：部、省、地、县'],
  ['year', 'Year reported on, not the year of publication.', '报告年度（非发布年份）'],
  ['periodStart', 'First day of the reporting period.', '统计期限起始日'],
  ['periodEnd', 'Last day of the reporting period.', '统计期限截止日'],
  ['publishedOn', 'Day of publication as the page states it.', '页面所载发布日期'],
  ['formatEra', 'Reporting format read from the tables’ labels: `2008`, `2014`, `2019`, `2021`.', '报告格式（依据表格标签判断）：2008、2014、2019、2021'],
  ['legalBasis', 'Legal documents cited.', '引用的法律文件'],
  ['grade', '`official` (government host), `mirror` (copied elsewhere, text intact), `clone` (copied and altered).', '来源等级：official 政府网站，mirror 他处转载且文字完整，clone 转载且文字被改动'],
  ['removedAt', 'When the portal was found to have it no longer at this address (UTC); null while it has. The same report may stand at a new address: see `duplicates`.', '发现门户该网址已撤下的时间（UTC）；仍在则为空值。同一报告可能已移至新网址，见 duplicates'],
  ['mediaType', 'Media type of the stored bytes.', '原始字节的媒体类型'],
  ['charset', 'Character set used, the one declared, and what decided.', '所用字符集、声明的字符集及判定依据'],
  ['text', 'The agency’s words after repairs: paragraphs divided by line feeds, table rows by line feeds and cells by tabs.', '正文（修复后）：段落以换行分隔，表格行以换行、单元格以制表符分隔'],
  ['sections', 'Headings with level and UTF-16 offsets into `text`, end exclusive.', '章节标题、层级及其在 text 中的位置（UTF-16 偏移，不含末位）'],
  ['cells', 'Cells of the statutory tables: `table`, `row`, `column`, `raw` (as printed), `value`, `state`, `place` (where it stood: `table 2, row 7, cell 3` of the page or `line 41` of the text, counted from 1). Names and meanings below.', '法定统计表单元格：表、行、列、原文、数值、状态、在页面中的位置；名称及含义见下'],
  ['checks', 'Arithmetic rules on the tables: `pass`, `fail`, or `not-assessable` when a needed cell is blank. `T3-XYEAR-CARRY` rules compare with the report of the year before, `otherReportId`, where that is held.', '表内及跨年勾稽关系检验：pass 通过，fail 不符，not-assessable 无法判断；T3-XYEAR-CARRY 与上一年度报告（otherReportId）比对'],
  ['statements', 'Numbers that the report states in words, never mixed with `cells`: `key` (what is counted, see below), `value`, `unit` as written, `isApproximate` (6800余条), `sentence` with its offsets `start` and `end` in `text`, and the `method` that read it.', '正文文字载明的数值，与统计表单元格分列：指标、数值、单位、是否约数、所在句子及其位置、读取方法'],
  ['metadata', 'The catalogue card printed above the report (index number, document number, issuing body, dates …) by its keys, as printed; null when the page has none.', '目录信息表（索引号、文号、发布机构、日期等），按原文著录；页面未载则为空值'],
  ['repairs', 'What was repaired in the text: `step`, `start` and `end` (offsets into the decoded text), `before`, `after`, `method`, `confidence`.', '文字修复记录：步骤、位置、修复前、修复后、方式、置信度'],
  ['attachments', 'Files linked from the report, with the digest of the stored bytes where they were fetched.', '报告所附文件及其摘要值'],
  ['rawSha256', 'SHA-256 of the bytes the server gave.', '服务器所给原始字节的 SHA-256'],
  ['textSha256', 'SHA-256 of `text` in UTF-8.', 'text（UTF-8）的 SHA-256'],
  ['notices', 'What looked wrong and was left as found: `code`, `room` (the step that saw it), `message`. A statutory table without cells is `table-absent` (nothing under its heading), `table-as-image` or `table-unparsed`.', '照原样保留的异常：代码、环节、说明；无单元格的法定表注明 table-absent 标题下缺表、table-as-image 为图片、table-unparsed 未能解析'],
  ['duplicates', 'Other documents with the same bytes (`raw`), the same words (`text`) or nearly the same words (`near`).', '重复文档：raw 字节相同，text 文字相同，near 文字相近'],
  ['provenance', 'The exchange that gave the bytes: capture, run, time (UTC), way, status, redirects, robots.txt, tool, and the version of the derivation.', '来源：抓取编号、批次、时间（UTC）、方式、状态码、重定向、robots 判定、工具及派生版本'],
];

/** What a statement counts. */
export const STATEMENT_KEYS: readonly FieldMeaning[] = [
  ['published.total', 'Pieces of information published.', '主动公开政府信息数'],
  ['published.website', 'of these on web sites.', '其中：网站'],
  ['published.internet', 'of these on the Internet.', '其中：互联网'],
  ['published.gazette', 'of these in gazettes.', '其中：公报'],
  ['published.wechat', 'of these on WeChat.', '其中：微信'],
  ['published.weibo', 'of these on Weibo.', '其中：微博'],
  ['published.newMedia', 'of these on several new media together.', '其中：多种新媒体合计'],
  ['published.other', 'of these in other ways.', '其中：其他方式'],
  ['requests.received', 'Requests received.', '收到政府信息公开申请数'],
  ['requests.answered', 'Requests answered.', '办结（答复）申请数'],
  ['requests.answerRate', 'Share of requests answered, in per cent.', '答复率（%）'],
  ['fees.collected', 'Fees collected; 0 where the report says that there were none.', '收取费用；载明未收费者为 0'],
  ['reviews.received', 'Administrative reviews.', '行政复议数'],
  ['reviews.revoked', 'Administrative reviews that revoked or changed the decision.', '行政复议撤销或变更数'],
  ['lawsuits.received', 'Administrative lawsuits.', '行政诉讼数'],
];

/** Entries of a catalogue card. */
export const CARD_KEYS: readonly FieldMeaning[] = [
  ['indexNumber', 'Index number.', '索引号'],
  ['name', 'Title on the card.', '名称'],
  ['documentNumber', 'Document number.', '文号'],
  ['publisher', 'Issuing body.', '发布机构'],
  ['writtenOn', 'Day of writing, as printed.', '成文日期'],
  ['publishedOn', 'Day of publication, as printed.', '发布日期'],
  ['subject', 'Subject class.', '主题分类'],
  ['genre', 'Kind of document.', '体裁分类'],
  ['validity', 'Whether in force.', '有效性'],
  ['keywords', 'Keywords.', '关键词'],
  ['summary', 'Summary.', '内容概述'],
];

export const CELL_STATES: readonly FieldMeaning[] = [
  ['value', 'A number stands there.', '数值'],
  ['blank', 'Nothing stands there; blank is not 0.', '空白（不等于 0）'],
  ['not-applicable', 'A stroke or slash stands there.', '划线或斜杠，表示不适用'],
  ['non-numeric', 'Something else stands there; see `raw`.', '非数值文字，见 raw'],
];

export const LEDGER_MEANINGS: readonly FieldMeaning[] = [
  ['held', 'Held.', '已收录'],
  ['held-late', 'Held, and published after the day it was due (`daysLate`).', '已收录，逾期发布'],
  ['mirror-only', 'Held only as a mirror or clone.', '仅有转载件'],
  ['removed', 'Was or is linked, but its portal says it is gone.', '门户已删除'],
  ['blocked', 'The portal keeps crawlers out.', '门户拒绝访问'],
  ['not-found', 'Looked for in lists that could be read, and not there; `evidence` names them.', '已查列表，未见该年度报告（evidence 列明所查列表）'],
  ['not-searched', 'Not looked for, or the search failed: says nothing about whether it exists.', '未检索或检索失败，不说明报告是否存在'],
  ['not-due', 'The day it is due has not passed.', '尚未到期'],
];
