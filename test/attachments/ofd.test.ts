import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readFileText } from '../../src/attachments/attachment.js';
import { fileKind } from '../../src/attachments/file-kind.js';
import { readOfd } from '../../src/attachments/ofd.js';
import { REPORTS, expectTwin } from './twins.js';
import { OfdPages, ofdOf } from './write-ofd.js';

describe('a report as OFD', () => {
  it.each(REPORTS.flatMap((report) => (['lines', 'boxes'] as const).map((shape) => [report.year, shape, report] as const)))('of %i with tables drawn as %s says what its page says', async (_, shape, report) => {
    const payload = ofdOf(report.document, shape);
    const { html, notices } = await readFileText(payload);
    expect(fileKind(payload)).toBe('ofd');
    expect(notices).toEqual([]);
    expectTwin(html, report);
  });
});

const OFD = '<ofd:OFD><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>';
const document = (pages: number): string => `<Document><Pages>${'<Page BaseLoc="../Doc_0/p.xml"/>'.repeat(pages)}</Pages></Document>`;
const text = (words: string, y = 50): string => `<TextObject Boundary="10 ${y} 100 9" Size="5"><TextCode X="0" Y="5" DeltaX="g ${words.length} 5">${words}</TextCode></TextObject>`;
const pack = (files: Readonly<Record<string, string>>): Buffer => Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, new TextEncoder().encode(xml)]))));
const ofd = (page: string, pages = 1): Buffer => pack({ 'OFD.xml': OFD, 'Doc_0/Document.xml': document(pages), 'Doc_0/p.xml': `<Page><Content>${page}</Content></Page>` });
const codes = async (payload: Uint8Array): Promise<string[]> => (await readOfd(payload)).notices.map(({ code }) => code);

describe('what OFD writers do', () => {
  it.each([
    ['no prefix, addresses from the root', text('公开'), '<p>公开</p>'],
    ['an object that is turned and scaled', '<TextObject Boundary="10 50 9 9" CTM="2 0 0 2 0 0" Size="2.5"><TextCode X="0" Y="5" DeltaX="2.5">公开</TextCode></TextObject>', '<p>公开</p>'],
    ['runs out of order', `${text('二行', 60)}${text('一行', 40)}`, '<p>一行</p>\n<p>二行</p>'],
    ['markup in the words', text('&lt;b&gt;'), '<p>&lt;b&gt;</p>'],
    ['a frame around the page', `<PathObject Boundary="0 0 210 297"><AbbreviatedData>M 5 5 L 200 5 L 200 290 L 5 290 C</AbbreviatedData></PathObject>${text('公开')}`, '<p>公开</p>'],
  ])('%s', async (_, page, html) => { expect(await readOfd(ofd(page))).toEqual({ html, notices: [] }); });

  it('joins a table that a page cuts', async () => {
    const pages = new OfdPages('lines');
    const rows = Array.from({ length: 40 }, (_, at) => [{ text: `第${at}行` }, { text: String(at) }]);
    pages.table(rows);
    const { html } = await readOfd(pages.bytes());
    expect(html).toBe(`<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell.text}</td>`).join('')}</tr>`).join('')}</table>`);
  });
});

describe('an archive', () => {
  it('of an RTF and an OFD file that are packed as they are gives the words of both', async () => {
    const files = { 'a.ofd': ofd(text('公开')), 'b.rtf': Buffer.from('{\\rtf1 word}') };
    const archive = zipSync(files, { level: 0 });
    expect(fileKind(archive)).toBe('zip');
    expect(await readFileText(archive)).toEqual({ html: '<p>公开</p>\n<p>word</p>', notices: [] });
  });

  it('of an OFD file without words says so', async () => {
    const { html, notices } = await readFileText(zipSync({ 'a.ofd': ofd('') }));
    expect([html, notices.map(({ code }) => code)]).toEqual(['', ['attachment-unreadable']]);
  });
});

describe('hostile OFD', () => {
  const bomb = pack({ 'OFD.xml': OFD, 'x': ' '.repeat(120 * 2 ** 20) });
  const entity = `<!DOCTYPE a [<!ENTITY a "公开"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}">]>`;
  const spot = bomb.indexOf('PK\x01\x02', 0, 'latin1');
  const lying = Buffer.from(bomb);
  lying.writeUInt32LE(10, spot + 24);
  it.each([
    ['a ZIP bomb', bomb, 'attachment-too-large'],
    ['an archive that lies about its sizes', lying, 'attachment-unreadable'],
    ['an archive without OFD.xml', pack({ a: 'b' }), 'attachment-unreadable'],
    ['a cut archive', ofd(text('公开')).subarray(0, 200), 'attachment-unreadable'],
    ['no words', ofd(''), 'attachment-unreadable'],
    ['ten thousand pages', ofd(text('公开'), 10_000), 'attachment-too-large'],
    ['a page of 8 MiB', ofd(' '.repeat(8 * 2 ** 20)), 'attachment-too-large'],
    ['half a million characters', ofd(text('公'.repeat(250_000)), 2), 'attachment-too-large'],
    ['a hundred thousand nested objects', ofd(`${'<a>'.repeat(100_000)}${text('公开')}`), 'attachment-unreadable'],
    ['nine hundred thousand empty objects', ofd(`${'<a/>'.repeat(900_000)}${text('公开')}`), 'attachment-unreadable'],
    ['a hundred thousand lines', ofd(`<PathObject><AbbreviatedData>${'M 0 0 L 9 0 '.repeat(100_000)}</AbbreviatedData></PathObject>${text('公开')}`), 'attachment-too-large'],
    ['a page that is not there', pack({ 'OFD.xml': OFD, 'Doc_0/Document.xml': `<Document><Pages><Page BaseLoc="none.xml"/></Pages></Document>` }), 'attachment-unreadable'],
  ])('%s ends in a notice', async (_, payload, code) => { expect(await codes(payload)).toEqual([code]); });

  it('leaves entities as they stand', async () => {
    const { html } = await readOfd(pack({ 'OFD.xml': OFD, 'Doc_0/Document.xml': document(1), 'Doc_0/p.xml': `${entity}<Page><Content>${text('&c;')}</Content></Page>` }));
    expect(html).toBe('<p>&amp;c;</p>');
  });

  it('takes a drawing of two thousand lines for no table', async () => {
    const lines = Array.from({ length: 1000 }, (_, at) => `<PathObject Boundary="0 0 9 9"><AbbreviatedData>M 0 ${at} L 1000 ${at} M ${at} 0 L ${at} 1000</AbbreviatedData></PathObject>`).join('');
    expect(await readOfd(ofd(`${lines}${text('公开')}`))).toEqual({ html: '<p>公开</p>', notices: [] });
  });

  it('reads twenty thousand lines of text', async () => {
    const { html, notices } = await readOfd(ofd(Array.from({ length: 20_000 }, (_, at) => `<TextObject Boundary="10 ${at * 9} 9 9" Size="5"><TextCode Y="5">公</TextCode></TextObject>`).join('')));
    expect([html.split('\n').length, notices]).toEqual([20_000, []]);
  });

  it('takes an advance of a million million characters for what the words need', async () => {
    expect((await readOfd(ofd(text('公开').replace('g 2 5', 'g 999999999999 5')))).html).toBe('<p>公开</p>');
  });
});
