/** Bars over time, as outlines and as positions. */

/** The outline of a small bar chart, for an SVG path; a count above zero is at least one pixel high. */
export const sparkPath = (counts: readonly number[], width: number, height: number): string => {
  const top = Math.max(...counts, 1);
  const step = width / Math.max(counts.length, 1);
  const gap = step > 3 ? 1 : 0;
  let path = '';
  counts.forEach((n, i) => {
    if (n <= 0) return;
    const h = Math.max(1.5, (n / top) * height);
    path += `M${(i * step).toFixed(1)} ${height}v${(-h).toFixed(1)}h${(step - gap).toFixed(1)}v${h.toFixed(1)}z`;
  });
  return path;
};

const WEEK_MS = 7 * 86_400_000;

/** The last `weeks` weeks up to `until`, so that rows that begin at different times line up. */
export const lastWeeks = (
  start: string | null,
  counts: readonly number[],
  until: number,
  weeks: number,
): number[] => {
  const out = Array<number>(weeks).fill(0);
  if (!start) return out;
  const behind = Math.floor((until - Date.parse(`${start}T00:00:00Z`)) / WEEK_MS);
  counts.forEach((n, i) => {
    const slot = weeks - 1 - behind + i;
    if (slot >= 0 && slot < weeks) out[slot] = n;
  });
  return out;
};

export interface Tick {
  at: number; // milliseconds
  label: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** First days of months in a range, thinned to at most `most`; January and the first carry their year. */
export const monthTicks = (from: number, to: number, most = 12): Tick[] => {
  const start = new Date(from);
  const ticks: Tick[] = [];
  let at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
  while (at <= to) {
    const d = new Date(at);
    const month = MONTHS[d.getUTCMonth()]!;
    ticks.push({ at, label: d.getUTCMonth() === 0 ? `${month} ${d.getUTCFullYear()}` : month });
    at = Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1);
  }
  const every = Math.ceil(ticks.length / most) || 1;
  return ticks.filter((_, i) => i % every === 0);
};

const DAY_MS = 86_400_000;

/** Days in a range of up to about two months, at most `most`: where months alone would say too little. */
export const dayTicks = (from: number, to: number, most: number): Tick[] => {
  const days = Math.round((to - from) / DAY_MS);
  const every = Math.max(1, Math.ceil(days / Math.max(most, 1)));
  const first = Math.ceil(from / DAY_MS) * DAY_MS;
  const ticks: Tick[] = [];
  for (let at = first; at < to; at += every * DAY_MS) {
    const d = new Date(at);
    const month = MONTHS[d.getUTCMonth()]!;
    const year = ticks.length === 0 ? ` ${d.getUTCFullYear()}` : '';
    ticks.push({ at, label: `${d.getUTCDate()} ${month}${year}` });
  }
  return ticks;
};

/** Months where there are two or more, days where there are not. */
export const timeTicks = (from: number, to: number, most: number): Tick[] => {
  const months = monthTicks(from, to - 1, most); // a month that begins where the range ends is not in it
  return months.length > 1 ? months : dayTicks(from, to, most);
};

/** Sum neighbouring bins until at most `most` remain. */
export const coarsen = (counts: readonly number[], most: number): { counts: number[]; by: number } => {
  const by = Math.max(1, Math.ceil(counts.length / most));
  const out: number[] = [];
  for (let i = 0; i < counts.length; i += by) out.push(counts.slice(i, i + by).reduce((a, b) => a + b, 0));
  return { counts: out, by };
};
