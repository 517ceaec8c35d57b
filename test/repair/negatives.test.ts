/** Sound texts of many kinds: not one character may change. */
import { existsSync, readFileSync } from 'node:fs';
import { Converter } from 'opencc-js/cn2t';
import { beforeAll, describe, expect, it } from 'vitest';
import { repairText } from '../../src/repair/repair.js';
import { startFarm } from '../farm/farm.js';
import { reportLines } from './report-lines.js';

const SAMPLES = '../shared/samples';
/** Traditional text of a Hong Kong or Taiwan writer is converted with their words; here only the script matters. */
const toTraditional = Converter({ from: 'cn', to: 'tw' }) as (text: string) => string;

/** Lines that would be damage elsewhere: every one looks like a repair's signal and is none. */
const NEAR_MISSES: readonly string[] = [
  '选项 (a)、(b) 和 (c)', '支持 IPv6(v6)', '叽(jī)叽喳喳', '垚(yáo)字少见', '單(shàn)田芳', '银行(háng)与行(xíng)为', '长(zhǎng)大', '张三(男)、李四(女)', '上海(Shanghai)市', '一(yi)二(er)三',
  '〔2021〕30号', '(2021)30号', '第202130号公告', '函〔2021〕第30号', '2014年1月1日至12月31日', '20141231日志', '编号201411日用', '２０１３年度ＡＰＰ', '电话：０７３１－１２３４５６７８',
  '他问：真的吗?。', '什么??', '???', 'a?b', '报告?、通知', '?', '2016?', 'AT&T', '&copy', 'R&D; S&P', 'x &lt y', '50%E5', 'http://a.cn/%E5%85%AC%E5%AE%89', 'C:\\users\\u5000', 'a=E5=b',
  '聽音樂', '聽聽看', '牋注', '銆', '鍏字', '①②③⑴⑵㈠㈡', '第Ⅲ章', '㎡ ㎏ ℃ ‰', '“三公”经费', '「引號」與『引號』', '·人名·', '克里斯托弗·李', '——破折号……省略号', '々〇〆',
  '冬粉和面条', '档案管理', '民众', '公佈', '於是', '乾隆', '瞭望', '關雲長', '后土', '范仲淹', '发(髮)', 'Straße — naïve café', '10 000 €', '£5', '§ 3 Abs. 2', '~{not HZ', 'a~}b',
];

/** A lesson in which every character carries its reading, Traditional or not. */
const LESSON = '我(wǒ)們(men)學(xué)習(xí)中(zhōng)文(wén)，老(lǎo)師(shī)很(hěn)好(hǎo)。今(jīn)天(tiān)天(tiān)氣(qì)不(bú)錯(cuò)。';

const FOREIGN: readonly string[] = [
  'The Public Security Bureau published its annual report on 31 January; see “Table 2” (page 4) for details — or call 110.',
  '警察庁は年次報告書を公表した。情報公開請求は１２件、処理日数は平均１０日であった。東京・大阪の窓口を含む。',
  'パスワードを入力してください（半角英数字）。「個人情報」の取扱いについて。',
  '경찰청은 2016년도 정보공개 연차보고서를 발표하였다. 청구 건수는 12건이며 모두 처리되었다.',
  'Отчёт полиции об открытости информации за 2016 год: поступило 12 обращений, все рассмотрены в срок.',
  'A rendőrség éves jelentése: árvíztűrő tükörfúrógép, őszintén szólva „idézett” szöveg – gondolatjellel.',
  'Báo cáo thường niên của công an: đã tiếp nhận 12 đơn, trả lời đúng hạn.', 'Årsrapport från polisen: åtgärder, öppenhet och rättvisa.', 'Résumé: café, œuvre, naïveté, coûte 5 €, l’été à Noël.',
];

interface Sound {
  readonly text: string;
  readonly host: string | null;
}

/** The lines of a sound text that came back changed. */
function changed({ text, host }: Sound): string[] {
  const { text: after } = repairText(text, { host });
  if (after === text) return [];
  const [was, is] = [text.split('\n'), after.split('\n')];
  return was.flatMap((line, index) => (line === is[index] ? [] : [`${line} > ${is[index] ?? ''}`]));
}

async function reportsOfFarm(seed: number): Promise<Sound[]> {
  const farm = await startFarm({ seed, families: true });
  const found = farm.reports.map(({ text, url }) => ({ text, host: new URL(url).hostname }));
  await farm.close();
  return found;
}

describe('sound text', () => {
  const reports: Sound[] = [{ text: reportLines(400).join('\n'), host: null }];

  beforeAll(async () => {
    for (const seed of [1, 2, 3, 4, 5]) reports.push(...await reportsOfFarm(seed));
  });

  it('of made-up reports stays as it is, in Simplified script and in that of a Traditional publisher: at least 15,000 lines', () => {
    const inTraditional = reports.slice(0, 60).map(({ text }) => ({ text: toTraditional(text), host: 'big5.qinghe.gov.cn' }));
    const foreign = { text: Array.from({ length: 200 }, () => FOREIGN).flat().join('\n'), host: null };
    const all = [...reports, ...inTraditional, foreign];
    expect(all.reduce((lines, { text }) => lines + text.split('\n').length, 0)).toBeGreaterThan(15_000);
    expect(all.flatMap(changed).slice(0, 5)).toEqual([]);
  });

  it('stays line by line as well', () => {
    const lines = new Set(reports.filter(({ host }) => !host?.startsWith('big5')).flatMap(({ text }) => text.split('\n')));
    expect([...lines].flatMap((text) => changed({ text, host: null })).slice(0, 5)).toEqual([]);
  });

  it.each([...NEAR_MISSES, LESSON, ...FOREIGN])('that looks like damage stays: %s', (text) => {
    expect(repairText(text)).toMatchObject({ text, repairs: [] });
  });

  it('stays when all near misses stand in one document', () => {
    expect(changed({ text: NEAR_MISSES.join('\n'), host: null })).toEqual([]);
  });

  it('of a Traditional-script publisher stays Traditional', () => {
    const hongKong = '香港警務處公布二零一六年度工作報告。警務處處長表示，過去一年整體罪案數字下降，市民對警隊的信任有所提升。特區政府保安局將繼續與內地公安機關合作，打擊跨境罪行，並按公開資料守則處理市民的資料查詢。';
    const taiwan = '內政部警政署公布政府資訊公開年度統計，全年受理民眾申請一百二十件，均依政府資訊公開法規定期限內答覆。行政院指示各機關持續改善網站服務，並加強個人資料保護，確保民眾權益。';
    expect(changed({ text: hongKong, host: null })).toEqual([]);
    expect(changed({ text: taiwan, host: 'www.npa.gov.tw' })).toEqual([]);
    expect(changed({ text: taiwan, host: null })).toEqual([]);
    const onGovernmentSite = reportLines(40).map(toTraditional).join('\n');
    expect(repairText(onGovernmentSite, { host: 'big5.qinghe.gov.cn' }).text).toBe(onGovernmentSite);
  });

  it.skipIf(!existsSync(SAMPLES))('of the sound samples stays, but for one lost bracket (skipped without ../shared)', () => {
    for (const name of ['000', '001', '002', '003']) {
      const { repairs } = repairText(readFileSync(`${SAMPLES}/${name}.txt`, 'utf8'));
      expect(repairs.filter(({ step }) => step !== 'document-number')).toEqual([]);
      expect(repairs.length).toBeLessThanOrEqual(1);
    }
  });
});
