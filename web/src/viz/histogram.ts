/** A histogram of days with a chosen range: drawing, and pixels to days and back. */
import { coarsen, timeTicks } from './bars';
import { type Colours, fade } from './theme';

export interface Days {
  start: number; // ms of the first bin
  step: number; // days a bin
  counts: readonly number[];
}

const DAY = 86_400_000;
const WIDEST = 44; // pixels: four days are no four walls

export const endOf = (d: Days): number => d.start + d.counts.length * d.step * DAY;
/** Bin number at a pixel, kept within the bins. */
export const binAt = (x: number, w: number, bins: number): number =>
  Math.min(bins - 1, Math.max(0, Math.floor((x / Math.max(w, 1)) * bins)));

/** Draw bars in the upper part, months below; bars outside `from`–`to` (bin numbers, inclusive) are pale. */
export const drawHistogram = (
  ctx: CanvasRenderingContext2D,
  d: Days,
  from: number,
  to: number,
  w: number,
  h: number,
  c: Colours,
): void => {
  const floor = h - 18;
  const { counts, by } = coarsen(d.counts, Math.floor(w / 2));
  const top = Math.max(...counts, 1);
  const step = (w / Math.max(d.counts.length, 1)) * by;
  const accent = c('accent');
  const pale = fade(accent, 0.28);
  counts.forEach((n, i) => {
    if (!n) return;
    const inside = i * by + by - 1 >= from && i * by <= to;
    const bar = Math.max(1.5, (n / top) * (floor - 4));
    ctx.fillStyle = inside ? accent : pale;
    const wide = Math.min(WIDEST, Math.max(1, step - (step > 3 ? 1 : 0.3)));
    ctx.fillRect(i * step + Math.max(0, (step - WIDEST) / 2), floor - bar, wide, bar);
  });
  ctx.fillStyle = c('line2');
  ctx.fillRect(0, floor, w, 1);
  ctx.font = '11px "Inter Variable", sans-serif';
  ctx.textBaseline = 'top';
  ctx.fillStyle = c('ink3');
  const [first, last] = [d.start, endOf(d)];
  for (const tick of timeTicks(first, last, Math.max(2, Math.floor(w / 76)))) {
    const x = ((tick.at - first) / (last - first)) * w;
    if (x + 3 + ctx.measureText(tick.label).width > w) continue;
    ctx.fillRect(x, floor, 1, 4);
    ctx.fillText(tick.label, x + 3, floor + 4);
  }
};
