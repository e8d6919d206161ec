/** Stays on a map: places in the order of first visit, and arcs between stays that follow each other. */
import type { GeoProjection } from 'd3-geo';
import { type Box, roomOf } from './labels';
import type { Colours } from './theme';
import { fade } from './theme';

export interface MovePlace {
  label: string;
  lat: number | null;
  lon: number | null;
}

export interface MoveStay {
  place: number;
  first: string;
  last: string;
  conflict: boolean;
}

export interface Leg {
  from: number;
  to: number;
  age: number; // 0 oldest to 1 newest
}

export const GAP_DAYS = 14; // a longer silence says nothing about the way, so no arc is drawn over it
const DAY = 86_400_000;

/** The legs to draw: consecutive stays without conflict, without a long gap, at two known places. */
export const legsOf = (stays: readonly MoveStay[], places: readonly MovePlace[]): Leg[] => {
  const calm = stays.filter((s) => !s.conflict && places[s.place]?.lat != null);
  const legs: Leg[] = [];
  calm.forEach((stay, i) => {
    const next = calm[i + 1];
    if (!next || next.place === stay.place) return;
    if (Date.parse(next.first) - Date.parse(stay.last) > GAP_DAYS * DAY) return;
    legs.push({ from: stay.place, to: next.place, age: calm.length < 3 ? 1 : (i + 1) / (calm.length - 1) });
  });
  return legs;
};

/** Places by first visit: the number that stands in each disc. */
export const visitOrder = (stays: readonly MoveStay[]): Map<number, number> => {
  const order = new Map<number, number>();
  for (const stay of stays) if (!order.has(stay.place)) order.set(stay.place, order.size + 1);
  return order;
};

/** Find room for a label right or left of its disc, below or above it. */
export const placeLabel = (
  x: number,
  y: number,
  w: number,
  taken: readonly Box[],
  frame: Box,
  lines: readonly Box[] = [], // what a name crosses only where there is no other room
): Box | null => {
  const tries = [
    [13, -7],
    [-12 - w, -7],
    [-w / 2, 11],
    [-w / 2, -25],
  ] as const;
  const boxes = tries.map(([dx, dy]) => ({ x: x + dx, y: y + dy, w, h: 14 }));
  return roomOf(boxes, [...taken, ...lines], frame) ?? roomOf(boxes, taken, frame);
};

const bend = (a: [number, number], b: [number, number]): [number, number] => [
  (a[0] + b[0]) / 2 - (b[1] - a[1]) * 0.16,
  (a[1] + b[1]) / 2 + (b[0] - a[0]) * 0.16,
];
const along = (t: number, p: number, m: number, e: number) =>
  (1 - t) * (1 - t) * p + 2 * (1 - t) * t * m + t * t * e;

/** An arc as small boxes, close enough together that no name slips between them. */
export const boxesOf = (a: [number, number], b: [number, number]): Box[] => {
  const [mx, my] = bend(a, b);
  const steps = Math.min(200, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 8));
  return Array.from({ length: steps }, (_, i) => {
    const t = (i + 0.5) / steps;
    return { x: along(t, a[0], mx, b[0]) - 2, y: along(t, a[1], my, b[1]) - 2, w: 4, h: 4 };
  });
};

const arc = (ctx: CanvasRenderingContext2D, a: [number, number], b: [number, number], colour: string) => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const far = Math.hypot(dx, dy);
  if (far < 14) return;
  const [mx, my] = bend(a, b);
  const t = 1 - 8 / far;
  const [ex, ey] = [along(t, a[0], mx, b[0]), along(t, a[1], my, b[1])];
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  ctx.moveTo(a[0], a[1]);
  ctx.quadraticCurveTo(mx, my, ex, ey);
  ctx.stroke();
  const angle = Math.atan2(b[1] - my, b[0] - mx);
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(ex, ey);
  for (const side of [-0.42, 0.42])
    ctx.lineTo(ex - 7 * Math.cos(angle + side), ey - 7 * Math.sin(angle + side));
  ctx.closePath();
  ctx.fill();
};

/** Draw arcs, discs and labels over a base map. Pale is older. */
export const drawMovement = (
  ctx: CanvasRenderingContext2D,
  places: readonly MovePlace[],
  stays: readonly MoveStay[],
  projection: GeoProjection,
  w: number,
  h: number,
  c: Colours,
  lit: number | null = null,
  given: readonly Leg[] | null = null, // the legs, where somebody else has worked them out
): void => {
  const at = places.map((p) => (p.lat == null || p.lon == null ? null : projection([p.lon, p.lat])));
  const legs = given ?? legsOf(stays, places);
  const accent = c('accent');
  const lines: Box[] = [];
  for (const leg of legs) {
    const [a, b] = [at[leg.from], at[leg.to]];
    if (!a || !b) continue;
    arc(ctx, a, b, fade(accent, 0.3 + 0.7 * leg.age));
    lines.push(...boxesOf(a, b));
  }
  const order = visitOrder(stays);
  const shown = [...order].filter(([p]) => at[p]);
  const taken: Box[] = shown.map(([p]) => ({ x: at[p]![0] - 8, y: at[p]![1] - 8, w: 16, h: 16 }));
  const frame = { x: 2, y: 2, w: w - 4, h: h - 4 };
  ctx.textBaseline = 'middle';
  for (const [place, number] of shown) {
    const [x, y] = at[place]!;
    const big = place === lit ? 11 : 8.5;
    ctx.fillStyle = accent;
    ctx.strokeStyle = c('map-land');
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(x, y, big, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.font = '600 10px "Inter Variable", sans-serif';
    ctx.textAlign = 'center';
    ctx.fillStyle = c('on-accent');
    ctx.fillText(String(number), x, y + 0.5);
    ctx.font = '500 12px "Inter Variable", sans-serif';
    ctx.textAlign = 'left';
    const text = places[place]!.label.split(',')[0]!;
    const box = placeLabel(x, y, ctx.measureText(text).width + 2, taken, frame, lines);
    if (!box) continue;
    taken.push(box);
    ctx.lineWidth = 3;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = fade(c('map-land'), 0.88);
    ctx.strokeText(text, box.x, box.y + 7);
    ctx.fillStyle = c('ink');
    ctx.fillText(text, box.x, box.y + 7);
  }
};
