import { describe, expect, it } from 'vitest';
import { parse, rootOf } from '../../src/html/parse.js';
import { textOf } from '../../src/html/text-of.js';

const CASES: readonly (readonly [what: string, markup: string, text: string])[] = [
  ['paragraphs are lines', '<p>一</p><p>二</p>', '一\n二'],
  ['a break ends a line', '一<br>二<br/><br>三', '一\n二\n三'],
  ['blocks break, runs do not', '<div>某<span>市</span><b>公安</b>局</div><div>二</div>', '某市公安局\n二'],
  ['indents are trimmed', '<p>　　全年&nbsp;</p><p>&nbsp;&nbsp;二</p>', '全年\n二'],
  ['white space is one space', '<p>a\n\t b&nbsp;&nbsp;c</p>', 'a b c'],
  ['a source break between wide characters is none', '<p>政府\n  信息</p>', '政府信息'],
  ['scripts, styles, comments and templates are no text', 'x<script>1</script><style>2</style><!--3--><template>4</template><noscript>5</noscript>', 'x'],
  ['hidden elements are no text', '<p>a<span style="color:red;display: none">b</span><i hidden>c</i></p>', 'a'],
  ['Word tags are unwrapped', '<p>2023<st1:chsdate w:st="on">年1月</st1:chsdate><o:p></o:p></p>', '2023年1月'],
  ['rows of a data table are tab-separated', '<table><tr><td>规章</td><td>0</td></tr><tr><td>许可</td><td></td></tr></table>', '规章\t0\n许可\t'],
  ['breaks inside a cell join', '<table><tr><td>商业<br>企业</td><td><p>1</p></td></tr></table>', '商业企业\t1'],
  ['numbers in a cell are kept apart', '<table><tr><td>12<br>34</td><td>1</td></tr></table>', '12 34\t1'],
  ['empty rows vanish', '<table><tr><td></td><td>&nbsp;</td></tr><tr><td>a</td><td>b</td></tr></table>', 'a\tb'],
  ['cells never closed', '<table><tr><td>a<td>b<tr><td>c<td>d</table>', 'a\tb\nc\td'],
  ['paragraphs in cells never closed', '<table><tr><td><p>a<td><p>b</table>', 'a\tb'],
  ['a layout table is not a row', '<table><tr><td>左</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>', '左\na\tb'],
  ['a column of single cells is lines', '<table><tr><td>一、</td></tr><tr><td>二、</td></tr></table>', '一、\n二、'],
  ['a long cell is an article', `<table><tr><td>左</td><td>${'长'.repeat(500)}</td></tr></table>`, `左\n${'长'.repeat(500)}`],
  ['a caption is a line of its own', '<table><caption>表</caption><tr><td>a</td><td>b</td></tr></table>', '表\na\tb'],
  ['forms are kept', '<form><p>一</p></form>', '一'],
];

describe('text of a page', () => {
  it.each(CASES)('%s', (_, markup, text) => { expect(textOf(rootOf(parse(markup)))).toBe(text); });

  it('leaves out what it is told to', () => {
    expect(textOf(rootOf(parse('<p>a</p><nav>b</nav>')), { skip: ({ name }) => name === 'nav' })).toBe('a');
  });

  it.each(['div', 'span', 'font', 'table><tr><td'])('reads <%s> nested 10,000 deep', (tag) => {
    expect(textOf(rootOf(parse(`${`<${tag}>`.repeat(10_000)}x`)))).toBe('x');
  });
});
