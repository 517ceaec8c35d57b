/** Recognises pages that say under status 200 that there is no page. */
import type { PageView } from './page-view.js';

const MISSING = /页面不存在|(?:页面|文章|信息|内容|网页)(?:不存在|已被删除|已删除|已失效)|不存在或已(?:被)?删除|找不到(?:该|您|此)?.{0,8}页|404\s?not\s?found|无法访问该页/iu;

/** Such pages say little else. */
const LENGTH = 600;

/** Whether the page says that what was asked for does not exist. */
export function isSoftMissing({ flat }: PageView): boolean {
  let text = '';
  for (const piece of flat.pieces) {
    text += piece;
    if (text.length > LENGTH) return false;
  }
  return MISSING.test(text);
}
