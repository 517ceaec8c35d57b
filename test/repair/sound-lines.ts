/** Sound lines in many languages and manners, made up: what no repair may touch. */

/** A language's clauses; a line joins one of each. */
interface Phrasebook {
  readonly name: string;
  readonly who: readonly string[];
  readonly does: readonly string[];
  readonly what: readonly string[];
  readonly join: string;
  readonly stop: string;
}

const PHRASEBOOKS: readonly Phrasebook[] = [
  {
    name: 'English', join: ' ', stop: '.',
    who: ['The county police', 'Our “open data” office', 'Smith & Sons', 'The naïve façade', 'Section §3(a)', 'A 50 % share', 'Mr. O’Brien — retired —', 'The café'],
    does: ['published', 'doesn’t publish', 'received (in 2016)', 'answered', 'refused', 'will review'],
    what: ['12 requests', 'the annual report', 'an AT&T invoice', 'a list of “frequently asked questions”', 'the résumé', 'costs of £30 or €35', 'R&D; see http://a.example/?q=1&copy=2', 'a (very) long list'],
  },
  {
    name: 'German', join: ' ', stop: '.',
    who: ['Die Behörde', 'Das Präsidium', 'Der Bürger', 'Frau Müller-Lüdenscheidt', 'Die Straße', 'Unser Büro'],
    does: ['veröffentlichte', 'beantwortet', 'prüft', 'ändert', 'schließt', 'übergibt'],
    what: ['den Jahresbericht', '„zwölf“ Anträge', 'die größeren Akten', 'das Maß aller Dinge', 'Übungen für Ärzte', 'öffentliche Gebühren'],
  },
  {
    name: 'French', join: ' ', stop: '.',
    who: ['La préfecture', 'L’hôtel de ville', 'Le garçon', 'Une œuvre', 'Son aîné', 'Le maire'],
    does: ['a publié', 'reçoit', 'élève', 'n’a pas traité', 'vérifie'],
    what: ['le rapport annuel', '« douze » requêtes', 'l’été à la forêt', 'ça et là', 'des pièces jointes n° 3', 'une naïveté'],
  },
  {
    name: 'Hungarian', join: ' ', stop: '.',
    who: ['A rendőrség', 'Az árvíztűrő tükörfúrógép', 'A főkapitányság', 'Őrző Ödön', 'Az ügyfél'],
    does: ['közzétette', 'megválaszolta', 'elutasította', 'felülvizsgálja', 'őrzi'],
    what: ['az éves jelentést', 'tizenkét kérelmet', 'a közérdekű adatokat', 'a nyilvántartást', 'az összes ügyiratot'],
  },
  {
    name: 'Czech', join: ' ', stop: '.',
    who: ['Příliš žluťoučký kůň', 'Policie České republiky', 'Úřad', 'Náčelník'],
    does: ['zveřejnil', 'obdržel', 'vyřídil', 'odmítl'],
    what: ['výroční zprávu', 'dvanáct žádostí', 'všechny údaje', 'ďábelské ódy'],
  },
  {
    name: 'Russian', join: ' ', stop: '.',
    who: ['Управление полиции', 'Отдел по работе с обращениями', 'Ещё один заявитель', 'Ведомство', 'Министерство внутренних дел'],
    does: ['опубликовало', 'получило', 'рассмотрело', 'отклонило', 'подготовило'],
    what: ['годовой отчёт', 'двенадцать обращений', 'сведения о расходах', '«открытые данные»', 'список ведомств (см. № 3)', 'объяснительную записку'],
  },
  {
    name: 'Greek', join: ' ', stop: '.',
    who: ['Η αστυνομία', 'Το υπουργείο', 'Ο πολίτης'],
    does: ['δημοσίευσε', 'απάντησε', 'έλαβε'],
    what: ['την ετήσια έκθεση', 'δώδεκα αιτήσεις', 'τα στοιχεία'],
  },
  {
    name: 'Japanese', join: '', stop: '。',
    who: ['警察庁は', '当県警察本部は、', '情報公開室（電話：内線１２３）は', '申請者が', '県民の方々は', '「広報係」は'],
    does: ['令和五年度に', '前年度と同様に', '速やかに', '条例に基づき、', 'ホームページで'],
    what: ['年次報告書を公表した', '十二件の請求を受理した', '統計データを更新しました', '個人情報を保護する', '警視總監の發表を傳へる', '写真・図面を閲覧できる'],
  },
  {
    name: 'Korean', join: ' ', stop: '.',
    who: ['경찰청은', '정보공개 담당 부서는', '민원인이', '서울特別市 警察廳은', '우리 기관은'],
    does: ['지난해에', '법률에 따라', '신속하게', '(2016년)', '홈페이지에서'],
    what: ['연차보고서를 발표하였다', '열두 건의 신청을 접수하였다', '통계 자료를 공개한다', '개인정보를 보호한다', '政府의 情報를 公開하였다'],
  },
  {
    name: 'Traditional Chinese', join: '', stop: '。',
    who: ['臺北市政府警察局', '香港警務處', '本局', '澳門保安部隊事務局', '內政部警政署', '立法會議員'],
    does: ['依政府資訊公開法', '於去年', '為便利民眾查詢，', '經審議後', '就有關準則'],
    what: ['公布年度報告', '受理十二件申請', '於網站公開統計資料', '修訂後備人員名冊', '提供閱覽（須預約）', '說明經費來源與乾旱因應措施', '回應立法院質詢'],
  },
  {
    name: 'Simplified Chinese with brackets', join: '', stop: '。',
    who: ['本局(下称“市局”)', '网络安全部门(含IPv6改造)', '甲(a)、乙(b)两组', '公安部(MPS)', '张(某)', '派出所（含警务室）', '“你好(nǐhǎo)”栏目', '项目(ABC)'],
    does: ['按照〔2016〕12号文', '自2016年1月1日起至12月31日', '以ＡＢＣ三类', '就第(1)项', '依据《条例》第二十条第（一）项'],
    what: ['公开信息12件（其中规范性文件3件）', '收到申请０件', '增长5‰，共３２件', '更新栏目①②③', '组织培训2次(线上1次)', '答复完毕；无收费', '发布A4版《指南》', '处理着手续；了解清楚后再报；乾县、乾隆年间的档案'],
  },
  {
    name: 'pinyin lessons', join: '', stop: '。',
    who: ['今天学习生字', '读准字音：', '多音字练习：', '注意声调，'],
    does: ['垚(yáo)', '叽(jī)', '犇(bēn)', '淼(miǎo)', '單(shàn)', '行(háng)', '重(chóng)'],
    what: ['，表示山高', '，象声词', '，是姓氏，如單(shàn)田芳', '，不读zhòng', '，共三画', '（见第12页）'],
  },
  {
    name: 'table rows', join: '\t', stop: '',
    who: ['一、主动公开政府信息数', '（一）当年新增', '1.规范性文件', '合计', '　　其中：网上申请'],
    does: ['件', '条', '万元', '--', '/'],
    what: ['0', '12', '1,234', '３４', '0.00', '无', '—', '?'],
  },
  {
    name: 'marks', join: ' ', stop: '',
    who: ['※', '★☆', '【通知】', '◆', '→', '☎', '①', '㈠', 'Ⅳ', '㎡', '℃'],
    does: ['……', '——', '···', '“”', '《》', '〔〕', '〇', '×'],
    what: ['是不是?', '真的吗？。', '什么?、为什么?', '50％', '5°30′', '#12', '100%', 'a^2+b^2'],
  },
];

/** `count` lines of each phrasebook, with a number in each so that no two are alike; always the same ones. */
export function soundLines(count: number): { readonly name: string; readonly lines: readonly string[] }[] {
  return PHRASEBOOKS.map(({ name, who, does, what, join, stop }) => ({
    name,
    lines: Array.from({ length: count }, (_, at) => {
      const pick = (from: readonly string[], stride: number): string => from[(at * stride + Math.floor(at / from.length)) % from.length] ?? '';
      return [pick(who, 1), pick(does, 3), pick(what, 5)].join(join) + (at % 3 === 0 ? ` (${at})` : '') + stop;
    }),
  }));
}
