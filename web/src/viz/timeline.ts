/** Stays over time: a row a place in the order of first visit, a bar a stay, a tick an ad. */
import { timeTicks } from './bars';
import { type MoveStay, visitOrder } from './movement';
import { type Colours, fade } from './theme';

export interface TimedStay extends MoveStay {
  days: readonly string[]; // the days of its ads
}

const DAY = 86_400_000;
export const ROW = 22; // pixels a place
export const AXIS = 22; // pixels for the months
const time = (iso: string): number => Date.parse(iso.slice(0, 10).concat('T00:00:00Z'));

/** From the first day to the end of the last one, in milliseconds; never empty. */
export const extentOf = (stays: readonly MoveStay[]): [number, number] => {
  const from = Math.min(...stays.map((s) => time(s.first)));
  const to = Math.max(...stays.map((s) => time(s.last)));
  return Number.isFinite(from + to) ? [from, Math.max(to, from) + DAY] : [0, DAY];
};

/** The stays that touch a range of time. */
export const staysIn = <T extends MoveStay>(stays: readonly T[], from: number, to: number): T[] =>
  stays.filter((s) => time(s.first) < to && time(s.last) + DAY > from);

export const heightOf = (stays: readonly MoveStay[]): number => visitOrder(stays).size * ROW + AXIS;

/** The stay under a point, or -1. */
export const stayAt = (stays: readonly MoveStay[], x: number, y: number, w: number, left: number): number => {
  const order = visitOrder(stays);
  const [from, to] = extentOf(stays);
  return stays.findIndex((s) => {
    const row = (order.get(s.place) ?? 0) - 1;
    const [a, b] = barOf(s, from, to, left, w);
    return y >= row * ROW && y < (row + 1) * ROW && x >= a - 3 && x <= b + 3;
  });
};

const barOf = (s: MoveStay, from: number, to: number, left: number, w: number): [number, number] => {
  const at = (t: number) => left + ((t - from) / Math.max(to - from, DAY)) * (w - left);
  const a = at(time(s.first));
  return [a, Math.max(at(time(s.last) + DAY), a + 3)];
};

export interface TimelineScene {
  stays: readonly TimedStay[];
  labels: readonly string[]; // a name a place
  lit: number | null; // a place
  range: readonly [number, number]; // what is chosen; the rest is pale
  left: number; // room for the names
}

export const drawTimeline = (
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  w: number,
  h: number,
  c: Colours,
): void => {
  const { stays, labels, lit, left } = scene;
  const order = visitOrder(stays);
  const [from, to] = extentOf(stays);
  const floor = order.size * ROW;
  ctx.fillStyle = c('panel');
  ctx.fillRect(0, 0, w, h);
  ctx.font = '12px "Inter Variable", sans-serif';
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const [place, number] of order) {
    const y = (number - 1) * ROW;
    if (place === lit) {
      ctx.fillStyle = c('selected');
      ctx.fillRect(0, y, w, ROW);
    }
    ctx.fillStyle = c('line');
    ctx.fillRect(0, y + ROW - 1, w, 1);
    ctx.fillStyle = c('ink3');
    ctx.fillText(String(number), 6, y + ROW / 2);
    ctx.fillStyle = c('ink2');
    ctx.fillText(short(ctx, (labels[place] ?? '').split(',')[0]!, left - 36), 26, y + ROW / 2);
  }
  ctx.fillStyle = c('line2');
  for (const tick of timeTicks(from, to, Math.max(2, Math.floor((w - left) / 76)))) {
    const x = left + ((tick.at - from) / (to - from)) * (w - left);
    ctx.fillRect(x, 0, 1, floor + 4);
    if (x < w - 40) {
      ctx.save();
      ctx.fillStyle = c('ink3');
      ctx.font = '11px "Inter Variable", sans-serif';
      ctx.fillText(tick.label, x + 3, floor + AXIS / 2 + 2);
      ctx.restore();
    }
  }
  drawBars(ctx, scene, order, [from, to], w, c);
};

const drawBars = (
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  order: Map<number, number>,
  [from, to]: [number, number],
  w: number,
  c: Colours,
) => {
  const accent = c('accent');
  for (const s of scene.stays) {
    const y = ((order.get(s.place) ?? 1) - 1) * ROW;
    const [a, b] = barOf(s, from, to, scene.left, w);
    const inside = time(s.first) < scene.range[1] && time(s.last) + DAY > scene.range[0];
    ctx.fillStyle = fade(accent, inside ? 0.34 : 0.1);
    ctx.beginPath();
    ctx.roundRect(a, y + 5, b - a, ROW - 11, 3);
    ctx.fill();
    if (s.conflict) {
      ctx.strokeStyle = c('warn');
      ctx.lineWidth = 1;
      ctx.setLineDash([3, 2]);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.fillStyle = inside ? accent : fade(accent, 0.35);
    for (const day of new Set(s.days)) {
      const x = scene.left + ((time(day) + DAY / 2 - from) / (to - from)) * (w - scene.left);
      ctx.fillRect(Math.round(x) - 0.75, y + 5, 1.5, ROW - 11);
    }
  }
};

const short = (ctx: CanvasRenderingContext2D, text: string, most: number): string => {
  if (ctx.measureText(text).width <= most) return text;
  let n = text.length - 1;
  while (n > 1 && ctx.measureText(`${text.slice(0, n)}…`).width > most) n -= 1;
  return `${text.slice(0, n)}…`;
};
