/** Counts things in words: one report, two reports. */

/** `1 report`, `2 reports`; `several` where a final s does not make the plural. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
