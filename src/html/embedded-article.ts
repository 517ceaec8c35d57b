/** Finds an article that a page carries inside a script: the Guangdong platform prints it as JSON in `_CONFIG.DETAIL`. */

const DETAIL = /\bDETAIL\b['"]?\s*[:=]/u;
const CONTENT = /["']?content["']?\s*:\s*"/u;

/** Where the JSON string that opens before `start` closes; -1 when it never does. */
function endOfString(script: string, start: number): number {
  for (let at = start; at < script.length; at += 1) {
    if (script[at] === '\\') at += 1;
    else if (script[at] === '"') return at;
  }
  return -1;
}

/** The embedded article's HTML; null when the page carries none. */
export function embeddedArticle(markup: string): string | null {
  const detail = DETAIL.exec(markup);
  if (detail === null) return null;
  const script = markup.slice(detail.index);
  const content = CONTENT.exec(script);
  if (content === null) return null;
  const start = content.index + content[0].length;
  const end = endOfString(script, start);
  if (end <= start) return null;
  try {
    return JSON.parse(`"${script.slice(start, end)}"`) as string;
  } catch {
    return null;
  }
}
