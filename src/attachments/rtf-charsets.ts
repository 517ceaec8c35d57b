/** Names the character sets that RTF gives by number. */

/** `\fcharset` of a font. 0 and 1 (ANSI, default) say nothing: Chinese writers put hanzi in fonts they call ANSI. */
const FONT_CHARSETS: Readonly<Record<number, string>> = {
  128: 'shift_jis', 129: 'euc-kr', 134: 'gb18030', 136: 'big5', 161: 'windows-1253', 162: 'windows-1254', 163: 'windows-1258',
  177: 'windows-1255', 178: 'windows-1256', 186: 'windows-1257', 204: 'windows-1251', 222: 'windows-874', 238: 'windows-1250',
};

/** Every file here comes from a Chinese agency: one that names no code page is taken for GBK. */
export const UNNAMED = 'gb18030';

const CODE_PAGES: Readonly<Record<number, string>> = { 936: 'gb18030', 20936: 'gb18030', 52936: 'gb18030', 54936: 'gb18030', 932: 'shift_jis', 949: 'euc-kr', 950: 'big5', 874: 'windows-874', 10008: 'gb18030', 65001: 'utf-8' };

/** The charset of `\ansicpg`. */
export function charsetOfCodePage(page: number): string {
  return CODE_PAGES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : UNNAMED);
}

/** The charset of a font, null where its number leaves it to the document. */
export function charsetOfFont(charset: number): string | null {
  return FONT_CHARSETS[charset] ?? null;
}
