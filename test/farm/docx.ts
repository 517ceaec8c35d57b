/** Writes a report as a Word file (Office Open XML in a ZIP without compression), for agencies that publish only an attachment. */
import { crc32 } from 'node:zlib';
import type { Block, ReportDocument, TableCell, TableRow } from './document.js';
import { escapeMarkup } from './markup.js';

function paragraph(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${escapeMarkup(text)}</w:t></w:r></w:p>`;
}

function cellMarkup(cell: TableCell): string {
  const span = cell.colspan && cell.colspan > 1 ? `<w:gridSpan w:val="${cell.colspan}"/>` : '';
  const merge = cell.rowspan && cell.rowspan > 1 ? '<w:vMerge w:val="restart"/>' : '';
  return `<w:tc><w:tcPr>${span}${merge}</w:tcPr>${paragraph(cell.text)}</w:tc>`;
}

/** A cell that continues one from the row above: Word writes it out, empty, where HTML writes nothing. */
interface Open {
  readonly column: number;
  readonly colspan: number;
  left: number;
}

function rowMarkup(row: TableRow, open: Open[]): string {
  const cells: string[] = [];
  let column = 0;
  const continued = (): void => {
    for (let above = open.find((one) => one.column === column && one.left > 0); above; above = open.find((one) => one.column === column && one.left > 0)) {
      cells.push(`<w:tc><w:tcPr><w:gridSpan w:val="${above.colspan}"/><w:vMerge/></w:tcPr><w:p/></w:tc>`);
      above.left--;
      column += above.colspan;
    }
  };
  const started: Open[] = [];
  continued();
  for (const cell of row) {
    cells.push(cellMarkup(cell));
    const colspan = cell.colspan ?? 1;
    if ((cell.rowspan ?? 1) > 1) started.push({ column, colspan, left: (cell.rowspan ?? 1) - 1 });
    column += colspan;
    continued();
  }
  open.push(...started);
  return `<w:tr>${cells.join('')}</w:tr>`;
}

function blockMarkup(block: Block): string {
  if (block.kind !== 'table') return paragraph(block.text);
  const open: Open[] = [];
  return `<w:tbl><w:tblPr/>${block.rows.map((row) => rowMarkup(row, open)).join('')}</w:tbl>`;
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function parts(document: ReportDocument): (readonly [string, string])[] {
  const body = [paragraph(document.title), ...document.blocks.map(blockMarkup)].join('');
  return [
    ['[Content_Types].xml', `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`],
    ['_rels/.rels', `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`],
    ['word/document.xml', `${XML}<w:document xmlns:w="${WORD}"><w:body>${body}<w:sectPr/></w:body></w:document>`],
  ];
}

/** ZIP's fixed fields shared by the local and the central header: versions, flags, no compression, 1980-01-01, sizes. */
function sharedFields(name: string, data: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0021, 8);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

/** A ZIP archive of stored entries. */
function zip(entries: readonly (readonly [string, string])[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const data = Buffer.from(text, 'utf8');
    const fields = sharedFields(name, data);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, place, Buffer.from(name)]));
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}

/** The report as a .docx file; the same report gives the same bytes. */
export function docxOf(document: ReportDocument): Buffer {
  return zip(parts(document));
}
