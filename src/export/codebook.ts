/** The README of an export: its files and fields in English and Chinese. */
import { ANNEX_ROW_NAMES, PROACTIVE_COLUMNS, PROACTIVE_ROWS, REQUEST_COLUMNS, REQUEST_ROWS, REVIEW_COLUMN_NAMES, TABLES } from './cell-meanings.js';
import { CARD_KEYS, CELL_STATES, LEDGER_MEANINGS, RECORD_FIELDS, STATEMENT_KEYS } from './codebook-fields.js';
import type { FieldMeaning } from './codebook-fields.js';

const FILES: Readonly<Record<string, string>> = {
  jsonl: `\`reports.jsonl\` holds one report a line as JSON, with all fields below. 每行一份报告（JSON），含下列全部字段。

\`\`\`python
import pandas as pd
reports = pd.read_json("reports.jsonl", lines=True, dtype={"code": str, "formatEra": str})
\`\`\``,
  csv: `All files are UTF-8 and begin with a header. \`reportId\` joins them. 各文件均为 UTF-8 编码，以 reportId 关联。

- \`reports.csv\`: one row a report, the fields without lists; \`charset\` and \`provenance\` are spread over columns, \`legalBasis\` is joined by \`|\`. 每行一份报告。
- \`cells.csv\`: one row a cell of a statutory table. 每行一个统计表单元格。
- \`cells-wide.csv\`: one row a report, one column \`table.row.column\` a cell, with the number; empty where none is stated. 每行一份报告，每列一个指标；空白表示未载明数值。
- \`cells-codebook.csv\`: one row a column of \`cells-wide.csv\`: what it counts, in English and Chinese. 上表各列的中英文含义。
- \`statements.csv\`: one row a number that a report states in words, with its sentence. 每行一个正文载明的数值及其所在句子。
- \`metadata.csv\`: one row an entry of a report’s catalogue card. 每行目录信息表的一项。
- \`notices.csv\`: one row an oddity that was left as found, such as a table that is absent under its heading. 每行一项照原样保留的异常，如标题下缺表。
- \`checks.csv\`, \`repairs.csv\`, \`sections.csv\`, \`attachments.csv\`, \`duplicates.csv\`: one row an entry of the list of that name. 同名列表逐项一行。
- \`ledger.csv\`: one row an agency and year: what is held, or why nothing is. 每行一个机关年度：是否收录及原因。

A cell that a spreadsheet might run as a formula (it begins with = + - @ or their full-width forms, a tab or a line break, and is no plain number) has a
leading apostrophe; \`reports.jsonl\` of the format \`jsonl\` has none. 可能被电子表格当作公式的单元格前加一个撇号。

\`\`\`r
reports <- readr::read_csv("reports.csv", col_types = readr::cols(code = "c", formatEra = "c"))
\`\`\``,
  parquet: `\`reports.parquet\` has one row a report with all fields below: days as DATE, times as TIMESTAMP (UTC), lists as lists of structs, \`metadata\` as a map. \`cells.parquet\` has one row a cell of a
statutory table, \`ledger.parquet\` one row an agency and year. 每行一份报告，含下列全部字段；cells.parquet 每行一个统计表单元格，ledger.parquet 每行一个机关年度。

\`\`\`python
import pandas as pd
reports = pd.read_parquet("reports.parquet")
\`\`\`

\`\`\`sql
FROM 'cells.parquet' SELECT agency, year, value WHERE "row" = 'new' AND "column" = 'total' ORDER BY agency, year; -- DuckDB
\`\`\``,
  warc: `\`nianbao-00000.warc.gz\` … hold every answer of the selection as WARC 1.1 (ISO 28500), each record a gzip member: responses with the bytes as the archive keeps them, revisits for answers that came again
unchanged, files that were brought in as resources, pages as their scripts left them as conversions. \`index.cdxj\` finds a record by address and time. 网页存档（WARC 1.1）及其 CDXJ 索引。

Bodies are stored without transfer and content coding; headers that described the coded body are set aside as \`X-Archive-Orig-*\`, and \`WARC-Payload-Digest\` is the record’s \`rawSha256\`. Request headers but the host were not kept:
\`WARC-Truncated\` says so. 正文按解码后的字节保存，WARC-Payload-Digest 即 rawSha256。`,
  wacz: `\`nianbao.wacz\` holds the WARC files, their index and a list of the reports as pages with their text (WACZ 1.1.1); open it with ReplayWeb.page. \`WARC-Payload-Digest\` is the record’s \`rawSha256\`. 网页存档包，可用 ReplayWeb.page 打开。`,
  text: `\`<province>/<agency>/<year>-<reportId>.txt\` holds the text of a report in UTF-8 and nothing else: its SHA-256 is the report's \`textSha256\`. \`index.csv\` names
agency, year, title and address of each file. 每份报告一个纯文本文件，index.csv 为目录。`,
};

function meaningTable(rows: readonly FieldMeaning[]): string {
  return ['| | English | 中文 |', '|---|---|---|', ...rows.map(([field, english, chinese]) => `| \`${field}\` | ${english} | ${chinese} |`)].join('\n');
}

const REDACTED = `
## Redacted · 脱敏

Identity numbers (18 and 15 digits), phone numbers (mobile, with area code, 400 and 800, and whatever stands behind 电话 or 传真: an office’s too) and vehicle plates are masked in every text, each sign by one \`*\`, so
that all offsets hold; \`manifest.json\` counts the masks. Numbers of the statutory tables, numbers of documents and short public numbers (110, 12345) stay, and so do addresses (\`url\`). \`textSha256\` is the digest of the
masked text. Names, and numbers written in hanzi, are not masked. 本数据已脱敏：身份证号、电话号码（含机关办公电话）、车牌号均以等长的星号替换，各处位置不变；法定统计表数字、文号及网址保留；姓名和汉字书写的号码未作处理。
`;

/** The README of an export in `format`, in Markdown. */
export function codebook(format: string, isRedacted = false): string {
  return `# Annual reports on the disclosure of government information: codebook · 政府信息公开工作年度报告：数据说明

Written by nianbao. \`manifest.json\` says what was selected and gives the SHA-256 of every file here; \`datapackage.json\` describes the files and their columns (Frictionless Data Package).
本目录由 nianbao 导出；manifest.json 载明筛选条件及各文件的 SHA-256；datapackage.json 描述各文件及其字段。

## Files · 文件

${FILES[format] ?? ''}
${isRedacted ? REDACTED : ''}
## Fields · 字段

Unknown is null (empty in CSV), never a guess. Times are UTC. 未知为空值，不作推测；时间为协调世界时。

${meaningTable(RECORD_FIELDS)}

## States of a cell · 单元格状态

${meaningTable(CELL_STATES)}

## Statutory tables · 法定统计表

A cell is named by table, row and column. 单元格以表、行、列命名。

${meaningTable(TABLES)}

Rows of \`proactive\` · 行

${meaningTable(PROACTIVE_ROWS)}

Columns of \`proactive\` · 列

${meaningTable(PROACTIVE_COLUMNS)}

Rows of \`requests\` · 行

${meaningTable(REQUEST_ROWS)}

Columns of \`requests\` · 列

${meaningTable(REQUEST_COLUMNS)}

Columns of \`reviewLitigation\` (its only row is \`count\`) · 列（仅一行 count）

${meaningTable(REVIEW_COLUMN_NAMES)}

Rows of \`annex\` (its only column is \`count\`) · 行（仅一列 count）

${meaningTable(ANNEX_ROW_NAMES)}

## Numbers stated in words · 正文载明的数值

${meaningTable(STATEMENT_KEYS)}

## Catalogue card · 目录信息表

${meaningTable(CARD_KEYS)}

## States of the ledger · 台账状态

${meaningTable(LEDGER_MEANINGS)}
`;
}
