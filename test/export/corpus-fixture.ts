/** A small archive in which every field of the record is filled somewhere and empty elsewhere: what the formats are compared on. */
import { refreshLedger } from '../../src/store/ledger.js';
import { sealRun } from '../../src/store/run-chain.js';
import { ArchiveFixture } from '../store/archive-fixture.js';

export const STATED = { key: 'requests.received', value: 19, unit: '件', isApproximate: false, sentence: '年报正文', start: 7, end: 11, method: 'prose-count' };

/** Four documents: two reports of one agency, a mirror, and something that is no report. */
export function corpusArchive(): ArchiveFixture {
  const archive = new ArchiveFixture();
  archive.run({ id: 1 });
  archive.report({ id: 'aaaaaa01', agency: '清河市公安局', code: '430100', province: '湖南省', year: 2016, runId: 1, title: '清河市公安局2016年度报告', publishedOn: '2017-03-08',
    text: '清河市公安局\n年报正文\t"引号"\u2028\ud83d\ude00', attachments: [{ name: '附件.pdf', url: 'http://gaj.example.gov.cn/f.pdf' }, { name: '未取.doc', url: 'http://gaj.example.gov.cn/g.doc' }] });
  archive.report({ id: 'aaaaaa02', agency: '清河市公安局', code: '430100', province: '湖南省', year: 2015, runId: 1, seenAt: '2026-04-02T00:00:00.000Z' });
  archive.report({ id: 'bbbbbb03', agency: '沙岭县公安局', code: '440111', province: '广东省', year: 2016, runId: 1, grade: 'mirror' });
  archive.report({ id: 'cccccc04', kind: 'other', agency: null, title: '通知', grade: null });
  archive.capture({ url: 'http://gaj.example.gov.cn/f.pdf', content: '%PDF', kind: 'attachment', mediaType: 'application/pdf' });
  archive.cell('aaaaaa01', ['requests', 'new', 'natural'], '１９', 19);
  archive.cell('aaaaaa01', ['requests', 'new', 'total'], '', null);
  archive.cell('bbbbbb03', ['requests', 'new', 'total'], '-3.5', -3.5);
  archive.database.prepare("INSERT INTO rule_check VALUES ('aaaaaa01', 1, 'requests.total', 'pass', 19, 19)").run();
  archive.database.prepare("INSERT INTO duplicate VALUES ('aaaaaa01', 'bbbbbb03', 'near', 0.97)").run();
  archive.database.prepare("UPDATE version SET statements = ?, metadata = ?, notices = ?, period_start = '2016-01-01', period_end = '2016-12-31', format_era = '2014', level = 'prefecture' WHERE document_id = 'aaaaaa01'")
    .run(JSON.stringify([STATED, { ...STATED, unit: null, isApproximate: true, value: 0.5 }]), '{"indexNumber":"014/2017-00012","documentNumber":"清公〔2017〕3号"}', '[{"code":"table-absent","room":"recognise","message":"缺表"}]');
  archive.database.prepare("UPDATE version SET metadata = '{}' WHERE document_id = 'aaaaaa02'").run();
  archive.database.prepare(`UPDATE capture SET redirects = '[{"url":"http://a.example/","status":302,"location":"/b"}]' WHERE url LIKE '%aaaaaa02%'`).run();
  archive.repair('aaaaaa02', { ordinal: 0, start: 0, end: 0, before: '', after: '' });
  refreshLedger(archive.database, { today: '2026-06-30' });
  sealRun(archive.database, 1);
  return archive;
}
