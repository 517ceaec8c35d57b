/** Reads the date printed beside a link. */

/**
 * 2019-01-30, 2019/1/30, 2019.01.30, 2019年1月30日, and dates split over lines. Not 2026-02-00018: that is an index number.
 */
const DATE = /(?<!\d)((?:19|20)\d{2})\s{0,9}[-/.年]\s{0,9}(\d{1,2})\s{0,9}[-/.月]\s{0,9}(\d{1,2})(?!\d)\s{0,3}日?/u;

/** Month and day without a year, as some lists print: [09-04]. It makes a row a row, but is no date. */
const MONTH_AND_DAY = /^[[(（【\s]*(?:\d{4}[-/.年]\d{1,2}月?|\d{1,2}[-/.月]\d{1,2}日?)[\])）】\s]*$/u;

/** The first date in `text` as `YYYY-MM-DD`; null when there is none. */
export function dateIn(text: string): string | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (!year || !month || !day) return null;
  const valid = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return valid ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}

/** Whether `text` is a date, whole or without its year or day. */
export function looksDated(text: string): boolean {
  return dateIn(text) !== null || MONTH_AND_DAY.test(text);
}

/** `text` without a date at its end. */
export function withoutDate(text: string): string {
  const found = DATE.exec(text);
  return found && found.index + found[0].length >= text.trimEnd().length - 1 ? text.slice(0, found.index).replace(/[[(（【\s]+$/u, '') : text;
}
