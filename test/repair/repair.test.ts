/** Named repairs: what they undo, what they leave alone, and that their account replays. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { repairText } from '../../src/repair/repair.js';
import type { Repair } from '../../src/record.js';

const SOUND = '清河市公安局2016年度共收到政府信息公开申请12件，全部按时答复。';

function replay(text: string, repairs: readonly Repair[]): string {
  return [...repairs].reverse().reduce((current, repair) => {
    expect(current.slice(repair.start, repair.end)).toBe(repair.before);
    return current.slice(0, repair.start) + repair.after + current.slice(repair.end);
  }, text);
}

const asGbk = (text: string): string => new TextDecoder('gb18030').decode(Buffer.from(text, 'utf8'));
const cp1252 = (bytes: Uint8Array): string => iconv.decode(Buffer.from(bytes), 'windows-1252');

const DAMAGED: readonly (readonly [string, string, string])[] = [
  // An even number of bytes: GBK pairs them all, nothing is lost.
  ['UTF-8 read as GBK', asGbk('本局全年共收到政府信息公开申请件件均按时答复了'), '本局全年共收到政府信息公开申请件件均按时答复了'],
  ['UTF-8 read as Latin-1', Buffer.from('公安局信息公开', 'utf8').toString('latin1'), '公安局信息公开'],
  ['UTF-8 read as windows-1252', cp1252(Buffer.from('年度报告', 'utf8')), '年度报告'],
  ['GBK read as Latin-1', iconv.encode('政府信息公开年度报告', 'gb18030').toString('latin1'), '政府信息公开年度报告'],
  ['UTF-8 read as Latin-1 twice', Buffer.from(Buffer.from('政府信息公开', 'utf8').toString('latin1'), 'utf8').toString('latin1'), '政府信息公开'],
  ['entities left undecoded', '一、概述&nbsp;&nbsp;&#20844;&#x5B89;局&ldquo;两个&rdquo;', '一、概述  公安局“两个”'],
  ['entities escaped twice', '公安局&amp;nbsp;年报', '公安局 年报'],
  ['zero-width space', '公\u200b安\u00ad局\ufeff', '公安局'],
  ['Kangxi radicals', '⼀是⽤好⻋辆', '一是用好车辆'],
  ['compatibility ideograph', '\uf981子', '女子'],
  ['Wingdings bullets', '\uf06c公开\n\uf0fc答复', '●公开\n✓答复'],
];

describe('repairs', () => {
  it.each(DAMAGED)('undoes %s', (_kind, damaged, original) => {
    const repaired = repairText(damaged);
    expect(repaired.text).toBe(original);
    expect(repaired.repairs.length).toBeGreaterThan(0);
    expect(replay(damaged, repaired.repairs)).toBe(original);
  });

  it('accounts for several repairs that meet in one place', () => {
    const damaged = `${SOUND}\n一是&#8203;完善⼯作机制；二是公\u200b&nbsp;开。`;
    const repaired = repairText(damaged);
    expect(repaired.text).toBe(`${SOUND}\n一是完善工作机制；二是公 开。`);
    expect(replay(damaged, repaired.repairs)).toBe(repaired.text);
  });

  it.each([
    SOUND, '', 'AT&T and R&D; 50 % of §3', 'Über die Brücke: größer, naïve café, œuvre', 'Ärzteschaft, façade — “quoted” … dash', 'Отчёт полиции', '警察庁の年次報告書について', '경찰청 연간 보고서',
    '清河市公安局年度報告：依法辦理政府資訊公開申請', 'http://a.cn/s?a=1&copy=2&lang=zh', '产值增长 5‰，温度 20°C，面积 3×4m²', 'Árvíztűrő tükörfúrógép', '👨‍👩‍👧 家庭',
    '鐨鍏一览表', '①第一项 ⑵第二项 Ⅲ', '表格｜１２３ＡＢＣ',
  ])('leaves sound text alone: %s', (text) => {
    expect(repairText(text)).toMatchObject({ text, repairs: [], notices: [] });
  });
});
