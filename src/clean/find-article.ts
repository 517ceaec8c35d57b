/** Finds the part of a page that holds the article: by the containers content systems name, then by where the prose lies. */
import type { TreeElement, TreeRoot } from '../html/parse.js';
import type { Mass } from './mass.js';
import type { Container } from './names.js';
import { CONTAINERS } from './names.js';

export interface Found {
  /** One element, or the pieces of an article that a page splits, in document order. */
  readonly elements: readonly (TreeElement | TreeRoot)[];
  /** The container's name, `density`, or `whole`. */
  readonly extraction: string;
}

interface Candidate {
  readonly mass: Mass;
  readonly container: Container;
}

function containerOf(element: TreeElement): Container | undefined {
  const { id, class: names } = element.attribs;
  const byId = id === undefined ? undefined : CONTAINERS.get(`#${id.toLowerCase()}`);
  if (byId?.trust === 'sure' || names === undefined) return byId;
  const byClass = names.toLowerCase().split(/\s+/u).map((name) => CONTAINERS.get(`.${name}`)).filter((found) => found !== undefined);
  return byClass.find(({ trust }) => trust === 'sure') ?? byId ?? byClass[0];
}

/** A part of a report is worth more than words, a table more than a part: menus have neither. */
function score({ mass, container }: Candidate): number {
  return mass.prose + mass.headings * 100 + mass.tables * 50 + (container.trust === 'sure' ? 100 : 0);
}

function isInside(inner: TreeElement, outer: TreeElement): boolean {
  for (let at: TreeElement['parent'] = inner.parent; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** A container in a container: the inner one when it has as good as all of the outer one's words, for then the rest is furniture. */
function innermost(best: Candidate, candidates: readonly Candidate[]): Candidate {
  let chosen = best;
  for (const candidate of candidates) {
    const holdsAll = candidate.mass.prose >= chosen.mass.prose * 0.9 && candidate.mass.headings >= chosen.mass.headings && candidate.mass.tables >= chosen.mass.tables;
    if (candidate !== chosen && holdsAll && candidate.mass.index > chosen.mass.index && isInside(candidate.mass.element, chosen.mass.element)) chosen = candidate;
  }
  return chosen;
}

/** An article cut into several containers of one name, side by side (WordSection1 … or two editors): all pieces that say something. */
function pieces(chosen: Candidate, candidates: readonly Candidate[]): TreeElement[] {
  const alike = candidates.filter(({ mass, container }) => container === chosen.container && (mass === chosen.mass || (mass.headings > 0 && mass.prose > 50)));
  const apart = alike.filter(({ mass }) => !alike.some((other) => other.mass !== mass && (isInside(mass.element, other.mass.element) || isInside(other.mass.element, mass.element))));
  return apart.length > 1 && apart.some(({ mass }) => mass === chosen.mass) ? apart.map(({ mass }) => mass.element) : [chosen.mass.element];
}

/** More candidates than this are a hostile page; real ones have at most five. */
const MOST_CANDIDATES = 20;

function byContainer(masses: ReadonlyMap<TreeElement, Mass>, page: Mass): Found | null {
  const candidates: Candidate[] = [];
  for (const mass of masses.values()) {
    const container = candidates.length < MOST_CANDIDATES ? containerOf(mass.element) : undefined;
    if (container && (mass.characters > 0 || mass.exhibits > 0)) candidates.push({ mass, container });
  }
  const best = candidates.reduce<Candidate | null>((top, candidate) => (top === null || score(candidate) > score(top) ? candidate : top), null);
  if (best === null) return null;
  // A likely name is believed when half of the page's prose is there; a sure one unless nearly all of it is elsewhere.
  const least = best.container.trust === 'sure' ? 0.2 : 0.5;
  const isPoor = best.mass.prose < page.prose * least;
  if (isPoor && (best.container.trust === 'likely' || page.prose - best.mass.prose > 400)) return null;
  const chosen = innermost(best, candidates);
  return { elements: pieces(chosen, candidates), extraction: chosen.container.name };
}

/** Elements that hold paragraphs; the search for the densest part never goes into a paragraph itself. */
const HOLDERS: ReadonlySet<string> = new Set(['html', 'body', 'div', 'section', 'article', 'main', 'form', 'center', 'table', 'tbody', 'tr', 'td', 'font', 'span', 'dl', 'dd', 'ul', 'li']);

/**
 * How much of the page's prose the article must hold. At 0.85 a footer of three sentences beside a one-page report is left
 * out and a report of two columns is not cut; 0.7 cut reports with one very long part, 0.95 took in footers.
 */
const ARTICLE_SHARE = 0.85;

function childMasses(element: TreeElement, masses: ReadonlyMap<TreeElement, Mass>): Mass[] {
  return element.children.map((child) => masses.get(child as TreeElement)).filter((mass) => mass !== undefined);
}

/** Whether going into `child` would leave paragraphs of the same article behind: its siblings are of its kind, or have headings. */
function isParagraph(child: Mass, parent: Mass, siblings: readonly Mass[]): boolean {
  if (!HOLDERS.has(child.element.name) || child.headings < parent.headings || child.tables < parent.tables - 3) return true;
  const alike = siblings.filter(({ element, characters }) => element.name === child.element.name && characters > 0);
  return child.element.name !== 'tr' && child.element.name !== 'table' && alike.length > 4 && child.headings === 0;
}

function byDensity(masses: ReadonlyMap<TreeElement, Mass>, page: Mass): Found | null {
  let at = page;
  for (;;) {
    const children = childMasses(at.element, masses);
    const next = children.find(({ prose }) => prose >= page.prose * ARTICLE_SHARE);
    if (next === undefined || isParagraph(next, at, children)) break;
    at = next;
  }
  return at === page ? null : { elements: [at.element], extraction: 'density' };
}

/** The body; in a fragment without one, the heaviest element. */
function pageMass(masses: ReadonlyMap<TreeElement, Mass>): { readonly page: Mass | null; readonly isFragment: boolean } {
  let heaviest: Mass | null = null;
  for (const mass of masses.values()) {
    if (mass.element.name === 'body') return { page: mass, isFragment: false };
    if (heaviest === null || mass.prose > heaviest.prose) heaviest = mass;
  }
  return { page: heaviest, isFragment: true };
}

/** Under this weight there is no prose to go by: one short paragraph. */
const LEAST_PROSE = 100;

/** The article's place below `root`, whose masses are known. */
export function findArticle(root: TreeRoot, masses: ReadonlyMap<TreeElement, Mass>): Found {
  const { page, isFragment } = pageMass(masses);
  const whole: Found = { elements: [page && !isFragment ? page.element : root], extraction: 'whole' };
  if (page === null) return whole;
  const named = byContainer(masses, page);
  if (named || isFragment || page.prose < LEAST_PROSE) return named ?? whole;
  return byDensity(masses, page) ?? whole;
}
