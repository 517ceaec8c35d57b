/** Writes a report as PDF the way word processors do: characters of a font with its own numbering, and a map from these to Unicode; tables as lines or as thin filled boxes. */
import { deflateSync } from 'node:zlib';
import type { ReportDocument } from '../farm/document.js';
import { OfdPages, layOut } from './write-ofd.js';

/** Millimetres, in which the pages are laid out, in points. */
const POINTS = 72 / 25.4;
const HEIGHT = 297 * POINTS;
/** Number of the first character used in the font: none has its Unicode number. */
const FIRST = 7;

const hex = (value: number): string => value.toString(16).padStart(4, '0');
const at = (value: number): string => value.toFixed(2);

export class PdfPages extends OfdPages {
  private readonly used: string[] = [];

  private code(character: string): string {
    if (!this.used.includes(character)) this.used.push(character);
    return hex(FIRST + this.used.indexOf(character));
  }

  override text(text: string, x: number, y: number, size: number): void {
    this.draw(`BT /F1 ${at(size * POINTS)} Tf 1 0 0 1 ${at(x * POINTS)} ${at(HEIGHT - y * POINTS)} Tm <${[...text].map((character) => this.code(character)).join('')}> Tj ET\n`);
  }

  override line(x1: number, y1: number, x2: number, y2: number): void {
    const [left, right, top, bottom] = [x1, x2, HEIGHT / POINTS - y1, HEIGHT / POINTS - y2].map((value) => value * POINTS) as [number, number, number, number];
    if (this.shape === 'lines') this.draw(`q 0.5 w ${at(left)} ${at(top)} m ${at(right)} ${at(bottom)} l S Q\n`);
    else this.draw(`q 2 0 0 2 0 0 cm ${at(left / 2)} ${at(bottom / 2)} ${at((right - left) / 2 + 0.25)} ${at((top - bottom) / 2 + 0.25)} re f Q\n`);
  }

  private font(): string[] {
    const widths = this.used.map((character) => (/[\u0000-\u00ff]/u.test(character) ? 500 : 1000)).join(' ');
    const lines = this.used.map((character, index) => `<${hex(FIRST + index)}> <${hex(character.codePointAt(0) ?? 0)}>`);
    const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, block) => lines.slice(block * 100, block * 100 + 100)).map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n${blocks.join('\n')}\nendcmap end end`;
    return [
      '<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>',
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 /W [${FIRST} [${widths}]] >>`,
      '<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
      `<< /Length ${map.length} >>\nstream\n${map}\nendstream`,
    ];
  }

  override bytes(): Buffer {
    const pages = this.pages.map((_, index) => 7 + index * 2);
    const objects: (string | Buffer)[] = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((number) => `${number} 0 R`).join(' ')}] >>`, ...this.font()];
    this.pages.forEach((content, index) => {
      const packed = deflateSync(content);
      objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${at(210 * POINTS)} ${at(HEIGHT)}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${8 + index * 2} 0 R >>`);
      objects.push(Buffer.concat([Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`), packed, Buffer.from('\nendstream')]));
    });
    const parts = [Buffer.from('%PDF-1.7\n')];
    const places: number[] = [];
    let length = parts[0]?.length ?? 0;
    objects.forEach((object, index) => {
      const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object as string), Buffer.from('\nendobj\n')]);
      places.push(length);
      length += part.length;
      parts.push(part);
    });
    const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
    parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
    return Buffer.concat(parts);
  }
}

export function pdfOf(document: ReportDocument, shape: 'lines' | 'boxes'): Buffer {
  return layOut(document, new PdfPages(shape));
}
