/** Reads the two incompatible calls named createPageHTML, and the TRS template that writes its pager out without one. */

export interface NamedPages {
  readonly pages: number;
  /** 1-based. */
  readonly pageNumber: number;
  readonly total: number | null;
  /** File names of the other pages, relative to the list's folder; without the first, which has no number. */
  readonly files: readonly string[];
}

/** Pages of one list named at once. 500 pages of 15 rows are 7,500 reports: more than any list of annual reports holds. */
export const PAGE_LIMIT = 500;

const CALL = /(?<!function\s{1,9})createPageHTML\s?\(([^()]{1,300})\)/giu;
const VARIABLE = /\b(?:var|let|const)\s+(?<name>\w{1,40})\s{0,9}=\s{0,9}["']?(?<value>\d{1,6})["']?/gu;

function variablesOf(script: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const { groups } of script.matchAll(VARIABLE)) if (groups?.['name'] && groups['value']) variables.set(groups['name'], groups['value']);
  return variables;
}

function argumentsOf(call: string, variables: ReadonlyMap<string, string>): string[] {
  return call.split(',').map((written) => written.trim()).map((word) => {
    const quoted = /^(["'])(.*)\1$/u.exec(word)?.[2];
    return quoted ?? variables.get(word) ?? word;
  });
}

function whole(word: string | undefined): number | null {
  return word !== undefined && /^\d{1,6}$/u.test(word) ? Number(word) : null;
}

function files(first: number, last: number, name: (page: number) => string): string[] {
  const end = Math.min(last, first + PAGE_LIMIT - 1);
  return Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => name(first + index));
}

function isFileName(word: string | undefined): word is string {
  return word !== undefined && /^[\w.-]{1,60}$/u.test(word);
}

/** TRS WCM: `createPageHTML(3, 0, "index", "html")`, pages from 0; the k-th after the first is `index_k.html`. */
function readTrs(words: readonly string[]): NamedPages | null {
  const [pages, current] = [whole(words[0]), whole(words[1])];
  const [name, ending] = [words[2], words[3]];
  if (pages === null || current === null || !isFileName(name) || !isFileName(ending)) return null;
  return { pages, pageNumber: current + 1, total: whole(words[4]), files: files(1, pages - 1, (page) => `${name}_${page}.${ending}`) };
}

/** UCAP: `createPageHTML('page_div', 4, 1, 'common_list', 'shtml', 52)`, pages from 1; page k is `common_list_k.shtml`. */
function readUcap(words: readonly string[]): NamedPages | null {
  const [pages, current] = [whole(words[1]), whole(words[2])];
  const [name, ending] = [words[3], words[4]];
  if (pages === null || current === null || !isFileName(name) || !isFileName(ending)) return null;
  return { pages, pageNumber: Math.max(1, current), total: whole(words[5]), files: files(2, pages, (page) => `${name}_${page}.${ending}`) };
}

/** The older TRS template: `var countPage = 5`, and `"index_" + nextPage + ".html"` written out by the page itself. */
function readTemplate(script: string, variables: ReadonlyMap<string, string>): NamedPages | null {
  const pages = whole(variables.get('countPage'));
  const ending = /["'](?<name>[\w-]{0,40}?)_?["']\s{0,9}\+\s{0,9}(?:["']_["']\s{0,9}\+\s{0,9})?nextPage\s{0,9}\+\s{0,9}["']\.(?:["']\s{0,9}\+\s{0,9}["'])?(?<ending>s?html?)/u.exec(script)?.groups;
  if (pages === null || !ending?.['ending']) return null;
  const name = ending['name'] === undefined || ending['name'] === '' ? 'index' : ending['name'];
  const current = whole(variables.get('currentPage')) ?? 0;
  return { pages, pageNumber: current + 1, total: null, files: files(1, pages - 1, (page) => `${name}_${page}.${ending['ending'] ?? 'html'}`) };
}

/**
 * The pages that the page's script names; null when it has no such call. The signatures are told apart by their first word:
 * TRS begins with a count and counts pages from 0, UCAP with an element's id and counts from 1. Guessing one for the other
 * skips page 2 or asks for a page that does not exist.
 */
export function namedPages(script: string): NamedPages | null {
  const variables = variablesOf(script);
  for (const [, call] of script.matchAll(CALL)) {
    const words = argumentsOf(call ?? '', variables);
    const named = whole(words[0]) === null ? readUcap(words) : readTrs(words);
    if (named) return named;
  }
  return readTemplate(script, variables);
}
