/** Addresses that differ by one query parameter. */

/** `url` with the parameter set, the order of the others kept. */
export function withParameter(url: string, name: string, value: string): string {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed.href;
}

/** The addresses of pages `first` to `last` by a parameter that numbers them, at most `most`. */
export function numbered(url: string, parameter: string, range: { readonly first: number; readonly last: number; readonly most: number }): { url: string }[] {
  const count = Math.max(0, Math.min(range.last - range.first + 1, range.most));
  return Array.from({ length: count }, (_, index) => ({ url: withParameter(url, parameter, String(range.first + index)) }));
}
