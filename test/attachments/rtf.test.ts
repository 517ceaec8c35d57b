import { describe, expect, it } from 'vitest';
import { readFileText } from '../../src/attachments/attachment.js';
import { fileKind } from '../../src/attachments/file-kind.js';
import { readRtf } from '../../src/attachments/rtf.js';
import { REPORTS, expectTwin } from './twins.js';
import { rtfOf } from './write-rtf.js';

const rtf = (body: string): { html: string; codes: string[] } => {
  const { html, notices } = readRtf(Buffer.from(body, 'latin1'));
  return { html, codes: notices.map(({ code }) => code) };
};

describe('a report as RTF', () => {
  it.each(REPORTS.flatMap((report) => (['unicode', 'gbk'] as const).map((spelling) => [report.year, spelling, report] as const)))('of %i in %s says what its page says', async (_, spelling, report) => {
    const payload = rtfOf(report.document, spelling);
    const { html, notices } = await readFileText(payload);
    expect(fileKind(payload)).toBe('rtf');
    expect(notices).toEqual([]);
    expectTwin(html, report);
  });
});

describe('what RTF writers do', () => {
  it.each([
    ['a fallback of two bytes', String.raw`{\rtf1\ansi\uc2 \u20844\'b9\'ab\u24320\'bf\'aa}`, '<p>公开</p>'],
    ['a fallback that was forgotten', String.raw`{\rtf1\ansi\uc1 \u20844\par \u24320 ?}`, '<p>公</p>\n<p>开</p>'],
    ['a surrogate pair', String.raw`{\rtf1\ansi \u-10187?\u-8896?}`, '<p>\u{1d540}</p>'],
    ['a second byte that is a letter', String.raw`{\rtf1\ansi\ansicpg936 \'81@\'81A}`, '<p>丂丄</p>'],
    ['Big5 by its font', String.raw`{\rtf1\ansi\ansicpg936{\fonttbl{\f2\fcharset136 x;}}\f2 \'a4\'bd}`, '<p>公</p>'],
    ['no code page', String.raw`{\rtf1\ansi \'b9\'ab\'bf\'aa}`, '<p>公开</p>'],
    ['hidden and deleted words', String.raw`{\rtf1\ansi a{\v hidden}b{\deleted gone}c}`, '<p>abc</p>'],
    ['an automatic number', String.raw`{\rtf1\ansi{\listtext\u19968?\u12289?\tab}\u27010?}`, '<p>一、 概</p>'],
    ['a field', String.raw`{\rtf1\ansi{\field{\*\fldinst HYPERLINK x}{\fldrslt word}}}`, '<p>word</p>'],
    ['a picture in binary', '{\\rtf1\\ansi a{\\pict\\bin6 }}}{{{}b}', '<p>ab</p>'],
    ['text in two spellings', String.raw`{\rtf1\ansi{\upr{??}{\*\ud{\u20844?}}}}`, '<p>公</p>'],
    ['markup in the words', String.raw`{\rtf1\ansi <script>&\{\}}`, '<p>&lt;script&gt;&amp;{}</p>'],
    ['a table without \\intbl', String.raw`{\rtf1\ansi\trowd\cellx100\cellx200 a\cell b\cell\row\pard c\par}`, '<table><tr><td>a</td><td>b</td></tr></table>\n<p>c</p>'],
    ['cells joined to the left', String.raw`{\rtf1\ansi\trowd\clmgf\cellx500\clmrg\cellx1000\intbl a\cell\cell\row\trowd\cellx500\cellx1000\intbl b\cell c\cell\row}`, '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'],
    ['a row of more cells than edges', String.raw`{\rtf1\ansi\trowd\cellx500\intbl a\cell b\cell\row}`, '<table><tr><td>a</td><td>b</td></tr></table>'],
    ['a cell that continues nothing', String.raw`{\rtf1\ansi\trowd\clvmrg\cellx500\cellx900\intbl a\cell b\cell\row}`, '<table><tr><td>a</td><td>b</td></tr></table>'],
    ['a heading', String.raw`{\rtf1\ansi\pard\outlinelevel0 a\par\pard b\par}`, '<h2>a</h2>\n<p>b</p>'],
  ])('%s', (_, body, html) => { expect(rtf(body)).toEqual({ html, codes: [] }); });
});

describe('hostile RTF', () => {
  it.each([
    ['a million opening braces', `{\\rtf1${'{'.repeat(1_000_000)}`, 'attachment-unreadable'],
    ['six million letters', `{\\rtf1 ${'a'.repeat(6_000_000)}}`, 'attachment-too-large'],
    ['a million cells', `{\\rtf1\\trowd\\cellx1 ${'\\cell'.repeat(1_000_000)}\\row}`, 'attachment-too-large'],
    ['a \\bin longer than the file', '{\\rtf1\\bin99999999999 }', 'attachment-unreadable'],
    ['nothing but a head', '{\\rtf1', 'attachment-unreadable'],
    ['a file that is no RTF', 'rtf', 'attachment-unreadable'],
    ['an empty file', '', 'attachment-unreadable'],
    ['closing braces', `{\\rtf1${'}'.repeat(100_000)}`, 'attachment-unreadable'],
    ['a file that was cut', '{\\rtf1 {kept', 'attachment-cut'],
  ])('%s ends in a notice', (_, body, code) => { expect(rtf(body).codes).toEqual([code]); });

  it('keeps what a cut file holds', () => { expect(rtf('{\\rtf1 {kept').html).toBe('<p>kept</p>'); });
});
