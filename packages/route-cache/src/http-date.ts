const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The three forms of RFC 9110 §5.6.7, the last two obsolete, in any case. */
const IMF_FIXDATE = /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) gmt$/i;
const RFC_850 = /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) gmt$/i;
const ASCTIME = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/** ms since 1970; null for anything that is not a date of HTTP. */
export function parseHttpDate(text: string | null, nowMs = Date.now()): number | null {
  if (text === null) return null;
  const imf = IMF_FIXDATE.exec(text);
  if (imf) return toMs(Number(imf[3]), imf[2], imf[1], imf.slice(4));
  const asctime = ASCTIME.exec(text);
  if (asctime) return toMs(Number(asctime[6]), asctime[1], asctime[2], asctime.slice(3, 6));
  const old = RFC_850.exec(text);
  return old ? toMs(fullYear(Number(old[3]), nowMs), old[2], old[1], old.slice(4)) : null;
}

export const formatHttpDate = (ms: number): string => new Date(ms).toUTCString();

function toMs(year: number, month = '', day = '', time: readonly string[]): number | null {
  const index = MONTHS.indexOf(month.toLowerCase());
  const [hours, minutes, seconds] = time.map(Number);
  const ms = Date.UTC(year, index, Number(day), hours, minutes, seconds);
  return index < 0 || Number.isNaN(ms) ? null : ms;
}

/** Two digits that seem more than 50 years ahead mean the past (RFC 9110 §5.6.7). */
function fullYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
