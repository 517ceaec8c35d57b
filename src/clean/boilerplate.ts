/** Knows the lines that web sites wrap around a report: QR captions, print and share bars, breadcrumbs, counters, footers, catalogue cards. */
import { foldForMatching, foldWidth } from '../han/fold.js';

/** Lines that are boilerplate wherever they stand. Matched on the line folded in width, script and spacing. */
const ANYWHERE: readonly RegExp[] = [
  /^[【[]?(?:扫一扫|扫码|扫描二维码|手机扫一扫|用手机扫|微信扫一扫|打开微信|请扫描)[^。]{0,40}$/u,
  /^[【[]?分享(?:到|至|本文|本页|文章)?[:：】\]]?[^。]{0,40}$/u,
  /^(?:您?当前(?:的|所在)?位置|您(?:现在)?(?:所在)?的?位置|所在位置|现在位置)[:：是]?.{0,120}$/u,
  /^首页[>›»/→\\|-]{1,2}.{0,120}$/u,
  /^(?:上一篇|下一篇|上一条|下一条|上一页|下一页|前一篇|后一篇)[:：]?.{0,100}$/u,
  /^(?:相关链接|相关阅读|相关信息|相关文章|相关附件|相关新闻|相关稿件|相关文档|热点推荐|推荐阅读)[:：]?$/u,
  /^附件(?:下载|列表)?[:：]?$/u,
  /^附件【.{1,120}】(?:已下载\d*次)?$/u,
  /^(?:打印本页|关闭窗口|关闭本页|返回顶部|加入收藏|我要纠错|复制链接|返回列表|返回上页)$/u,
  /^(?:网站地图|关于我们|联系我们|设为首页|网站声明|隐私保护)(?:[|│┊·-]?(?:网站地图|关于我们|联系我们|设为首页|加入收藏|网站声明|隐私保护))*$/u,
  /^\d{1,3}秒后(?:自动)?(?:返回|跳转).{0,20}$/u,
];

/** Lines that are boilerplate at the head or the foot of a page only: inside a report they may be sentences. */
const AT_THE_EDGES: readonly RegExp[] = [
  /^(?:发布|发文|公开|生成|成文|更新|编辑)?(?:日期|时间)[:：]\d{2,4}[-年/.].{0,100}$/u,
  /^(?:信息来源|文章来源|稿件来源|来源|作者|责任编辑|审核人?|供稿|录入|发布者|发布人|信息提供|撰稿)[:：].{0,80}$/u,
  /^(?:浏览次数|浏览量|点击数|点击量|点击率|访问量|阅读次数|阅读量|阅读|点击|浏览|查看次数)[:：].{0,60}$/u,
  /^\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?(?:信息)?(?:来源|作者|浏览|点击|访问|字体|字号|阅读|发布).{0,100}$/u,
  /^(?:主办单位|主办|承办单位|承办|版权所有|技术支持|网站标识码|备案编?号|[^。]{0,10}ICP备|[^。]{0,10}公网安备|建议使用|您是第|今天是|Copyright|网站维护)[^。]{0,160}$/iu,
];

/** Labels of the catalogue card that gkml pages print above a report. */
const CATALOGUE = /^(?:索引号|信息索引号|名称|标题|信息名称|文号|发文字号|文件编号|发布机构|发文机关|发文机构|公开责任部门|成文日期|生成日期|发文日期|发布日期|公开日期|公开时限|公开方式|公开范围|公开形式|主题分类|组配分类|信息分类|分类|体裁分类|服务对象|有效性|时效|生命周期分类|效力状态|关键词|主题词|内容概述|文件下载|信息格式|语种)[:：]?(?:\t|$|[:：])/u;

/** Words of the bars of buttons; a line of nothing else is a bar. */
const BUTTONS = /打印(?:本页|页面|文章)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|加入收藏|返回(?:顶部|列表|上页|首页)?|分享(?:到)?|纠错|字体|字号|背景色?|微信|新浪微博|腾讯微博|微博|QQ空间|QQ|朋友圈|复制链接|更多|视力保护色|语音播报|保存|推荐|评论|默认/gu;
const BAR_REST = /^[大中小AaTt+＋\-－[\]【】()（）:：|│┊·,，、\s\d]*$/u;

/** No bar met was longer; every line of a report that is shorter than this and all buttons would be lost. */
const LONGEST_BAR = 60;

function isBar(line: string): boolean {
  if (line.length > LONGEST_BAR) return false;
  const rest = line.replace(BUTTONS, '');
  return rest !== line && BAR_REST.test(rest);
}

/** How many lines from either end are head and foot. */
const EDGE = 8;
const LONGEST_LINE = 200;

/** Whether the line at `index` of `count` is furniture rather than the report's own words. */
export function isBoilerplate(line: string, index: number, count: number): boolean {
  if (line.length > LONGEST_LINE) return false;
  const folded = foldForMatching(foldWidth(line).replace(/\t/gu, ''));
  if (ANYWHERE.some((pattern) => pattern.test(folded)) || isBar(folded)) return true;
  return (index < EDGE || index >= count - EDGE) && AT_THE_EDGES.some((pattern) => pattern.test(folded));
}

/** Whether a line belongs to a catalogue card: a label with its value, or a row of such pairs. */
export function isCatalogueLine(line: string): boolean {
  if (line.length > LONGEST_LINE * 2) return false;
  const [label = '', ...rest] = foldWidth(line).split('\t');
  const folded = foldForMatching(label);
  return CATALOGUE.test(rest.length > 0 ? `${folded}\t` : folded);
}
