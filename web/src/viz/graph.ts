/** A graph of what joins ads: which nodes and links are shown, where one clicks, and how it is drawn. */
import { type Box, buttonsOf, roomOf } from './labels';
import { type Colours, fade } from './theme';

export interface GraphNode {
  id: string;
  kind: string;
  tint: string; // the kind's colour token
  label: string;
  ads: number;
  common?: boolean; // shared too widely to join anything
  other?: boolean; // another group, drawn as a square
}

export interface GraphLink {
  a: string;
  b: string;
  strength: number; // 0 to 1
  ads: number;
}

export interface Placed extends GraphNode {
  x: number;
  y: number;
  r: number;
}

export interface View {
  k: number;
  x: number;
  y: number;
}

export const WEAK = 0.7; // below it a link is dashed, as the word beside it says
const [LEAST_R, MOST_R] = [10, 22];
const MOST_STRETCH = 1.9;
const LABELS = 60; // names on the picture; the list beside it has them all

/** A node's radius: its area grows with its ads. */
export const radiusOf = (ads: number, most: number): number =>
  LEAST_R + (MOST_R - LEAST_R) * Math.sqrt(Math.min(1, ads / Math.max(most, 1)));

/** A link's width in pixels, from the ads that show it. */
export const widthOf = (ads: number): number => Math.min(4.5, 0.9 + 0.75 * Math.log2(1 + Math.max(0, ads)));

/** The links of at least a strength, between nodes that are there. */
export const linksFrom = (
  nodes: readonly GraphNode[],
  links: readonly GraphLink[],
  least: number,
): GraphLink[] => {
  const known = new Set(nodes.map((n) => n.id));
  return links.filter((l) => l.strength >= least && known.has(l.a) && known.has(l.b) && l.a !== l.b);
};

/** The neighbours of a node, the strongest link first. */
export const linksOf = (id: string, links: readonly GraphLink[]): GraphLink[] =>
  links
    .filter((l) => l.a === id || l.b === id)
    .sort((p, q) => q.strength - p.strength || q.ads - p.ads || (p.a + p.b < q.a + q.b ? -1 : 1));

/**
 * Above `most` nodes, put those together that stand around one strong node, so that a picture can be read.
 * The heaviest nodes stay; every other joins the stayer it is tied to most strongly, or "the rest".
 */
export const communities = (
  nodes: readonly GraphNode[],
  links: readonly GraphLink[],
  most: number,
): { nodes: GraphNode[]; links: GraphLink[]; of: Map<string, string> } => {
  const of = new Map(nodes.map((n) => [n.id, n.id]));
  if (nodes.length <= most) return { nodes: [...nodes], links: [...links], of };
  const degree = new Map<string, number>();
  for (const l of links) for (const end of [l.a, l.b]) degree.set(end, (degree.get(end) ?? 0) + l.strength);
  const weight = (n: GraphNode) => degree.get(n.id) ?? 0;
  const order = [...nodes].sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
  const heads = new Set(order.slice(0, Math.max(1, most - 1)).map((n) => n.id));
  const best = new Map<string, { head: string; strength: number }>();
  for (const l of links) {
    for (const [node, head] of [
      [l.a, l.b],
      [l.b, l.a],
    ] as const) {
      if (heads.has(node) || !heads.has(head)) continue;
      const now = best.get(node);
      if (!now || l.strength > now.strength || (l.strength === now.strength && head < now.head))
        best.set(node, { head, strength: l.strength });
    }
  }
  const REST = 'rest';
  for (const n of nodes) if (!heads.has(n.id)) of.set(n.id, best.get(n.id)?.head ?? REST);
  const inside = new Map<string, number>();
  for (const head of of.values()) inside.set(head, (inside.get(head) ?? 0) + 1);
  const made: GraphNode[] = order
    .filter((n) => heads.has(n.id))
    .map((n) => {
      const more = (inside.get(n.id) ?? 1) - 1;
      return more ? { ...n, label: `${n.label} and ${more} more`, other: true } : n;
    });
  const rest = inside.get(REST);
  if (rest)
    made.push({ id: REST, kind: 'rest', tint: 'wording', label: `${rest} others`, ads: rest, other: true });
  const joined = new Map<string, GraphLink>();
  for (const l of links) {
    const [a, b] = [of.get(l.a), of.get(l.b)].sort();
    if (!a || !b || a === b) continue;
    const was = joined.get(`${a}\n${b}`);
    joined.set(`${a}\n${b}`, {
      a,
      b,
      strength: Math.max(l.strength, was?.strength ?? 0),
      ads: l.ads + (was?.ads ?? 0),
    });
  }
  return { nodes: made, links: [...joined.values()], of };
};

/** The node under a point of the canvas; the one drawn last wins. */
export const nodeAt = (placed: readonly Placed[], view: View, x: number, y: number): Placed | null =>
  placed.findLast((n) => Math.hypot(n.x * view.k + view.x - x, n.y * view.k + view.y - y) <= n.r + 4) ?? null;

const extentOf = (placed: readonly Placed[]): [number, number, number, number] => {
  const xs = placed.map((n) => n.x);
  const ys = placed.map((n) => n.y);
  return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
};

export const GAP = 14; // pixels that the layout keeps around a node
const LEAST_SHRINK = 0.55; // below it no icon can be told from another

/** How much smaller nodes are drawn where a picture was shrunk into a small frame, so that none covers another. */
export const shrinkOf = (k: number): number => Math.min(1, Math.max(LEAST_SHRINK, k * (1 + GAP / MOST_R)));

/** How much wider a picture is drawn than it was laid out, so that it fills a wide frame. */
export const stretchOf = (placed: readonly Placed[], w: number, h: number): number => {
  if (placed.length < 3) return 1;
  const [x0, x1, y0, y1] = extentOf(placed);
  return Math.min(MOST_STRETCH, Math.max(1, (w / h) * ((y1 - y0) / Math.max(x1 - x0, 1))));
};

/** The view that shows everything, with some room at the edge; `foot` pixels are taken by a legend. */
export const fitView = (placed: readonly Placed[], w: number, h: number, pad = 56, foot = 0): View => {
  if (!placed.length) return { k: 1, x: w / 2, y: h / 2 };
  const [x0, x1, y0, y1] = extentOf(placed);
  const tall = Math.max(120, h - foot);
  const k = Math.min(1.6, (w - 2 * pad) / Math.max(x1 - x0, 1), (tall - 2 * pad) / Math.max(y1 - y0, 1));
  return { k: Math.max(0.05, k), x: w / 2 - ((x0 + x1) / 2) * k, y: tall / 2 - ((y0 + y1) / 2) * k };
};

export interface GraphScene {
  placed: readonly Placed[];
  links: readonly GraphLink[];
  focus: string | null;
  view: View;
  icon?: (
    ctx: CanvasRenderingContext2D,
    node: Placed,
    x: number,
    y: number,
    r: number,
    colour: string,
  ) => void;
}

/** Draw links below, nodes above, names where there is room. What is not beside the focus is pale. */
export const drawGraph = (
  ctx: CanvasRenderingContext2D,
  scene: GraphScene,
  w: number,
  h: number,
  c: Colours,
): void => {
  const { placed, links, focus, view } = scene;
  ctx.fillStyle = c('panel');
  ctx.fillRect(0, 0, w, h);
  const at = new Map(placed.map((n) => [n.id, n]));
  const near = new Set(focus ? [focus] : placed.map((n) => n.id));
  if (focus) for (const l of linksOf(focus, links)) near.add(l.a === focus ? l.b : l.a);
  const lit = (l: GraphLink) => !focus || l.a === focus || l.b === focus;
  drawLinks(ctx, links, at, view, lit, focus !== null, c);
  const sx = (n: Placed) => n.x * view.k + view.x;
  const sy = (n: Placed) => n.y * view.k + view.y;
  const inside = (n: Placed) => sx(n) > -40 && sx(n) < w + 40 && sy(n) > -40 && sy(n) < h + 40;
  const shown = placed.filter(inside);
  const small = shown.length > 400 || view.k < 0.35;
  drawNodes(ctx, shown, { sx, sy, near, focus, small, icon: scene.icon }, c);
  drawNames(ctx, shown, { sx, sy, near, focus, small }, w, h, c);
};

const drawLinks = (
  ctx: CanvasRenderingContext2D,
  links: readonly GraphLink[],
  at: Map<string, Placed>,
  view: View,
  lit: (l: GraphLink) => boolean,
  focused: boolean,
  c: Colours,
) => {
  // One path for each look, so that thousands of links cost a few strokes.
  const looks = new Map<string, GraphLink[]>();
  for (const l of links) {
    const key = `${lit(l) ? 1 : 0} ${l.strength < WEAK ? 1 : 0} ${Math.round(widthOf(l.ads))}`;
    const list = looks.get(key) ?? [];
    list.push(l);
    looks.set(key, list);
  }
  for (const [key, list] of [...looks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [on, weak, width] = key.split(' ').map(Number);
    ctx.strokeStyle = on && focused ? c('accent') : on ? fade(c('control'), 0.75) : fade(c('control'), 0.2);
    ctx.lineWidth = width ?? 1;
    ctx.setLineDash(weak && links.length < 1500 ? [4, 4] : []);
    ctx.beginPath();
    for (const l of list) {
      const [p, q] = [at.get(l.a), at.get(l.b)];
      if (!p || !q) continue;
      ctx.moveTo(p.x * view.k + view.x, p.y * view.k + view.y);
      ctx.lineTo(q.x * view.k + view.x, q.y * view.k + view.y);
    }
    ctx.stroke();
  }
  ctx.setLineDash([]);
};

interface Look {
  sx: (n: Placed) => number;
  sy: (n: Placed) => number;
  near: Set<string>;
  focus: string | null;
  small: boolean;
}

const outline = (ctx: CanvasRenderingContext2D, n: Placed, x: number, y: number, r: number) => {
  if (n.other) ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
  }
};

const drawNodes = (
  ctx: CanvasRenderingContext2D,
  shown: readonly Placed[],
  look: Look & Pick<GraphScene, 'icon'>,
  c: Colours,
) => {
  const groups = new Map<string, Placed[]>();
  for (const n of shown) {
    const key = `${look.near.has(n.id) ? 1 : 0} ${n.common || n.other ? 'wording' : n.tint}`;
    const list = groups.get(key) ?? [];
    list.push(n);
    groups.set(key, list);
  }
  for (const [key, list] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [on, tint] = key.split(' ');
    ctx.globalAlpha = on === '1' ? 1 : 0.4;
    ctx.beginPath();
    for (const n of list) outline(ctx, n, look.sx(n), look.sy(n), look.small ? n.r * 0.45 : n.r);
    ctx.fillStyle = c(`${tint}-bg`);
    ctx.strokeStyle = c(`${tint}-mark`);
    ctx.lineWidth = look.small ? 1 : 1.5;
    ctx.fill();
    ctx.stroke();
    if (look.icon && !look.small)
      for (const n of list) look.icon(ctx, n, look.sx(n), look.sy(n), n.r, c(tint!));
  }
  ctx.globalAlpha = 1;
  const focused = shown.find((n) => n.id === look.focus);
  if (focused) {
    ctx.beginPath();
    outline(ctx, focused, look.sx(focused), look.sy(focused), focused.r + 3);
    ctx.strokeStyle = c('accent');
    ctx.lineWidth = 2.5;
    ctx.stroke();
  }
};

const drawNames = (
  ctx: CanvasRenderingContext2D,
  shown: readonly Placed[],
  look: Look,
  w: number,
  h: number,
  c: Colours,
) => {
  const wanted = [...shown]
    .filter((n) => look.near.has(n.id) || !look.small)
    .sort(
      (a, b) =>
        Number(b.id === look.focus) - Number(a.id === look.focus) ||
        Number(look.near.has(b.id)) - Number(look.near.has(a.id)) ||
        b.ads - a.ads ||
        (a.id < b.id ? -1 : 1),
    )
    .slice(0, LABELS);
  ctx.font = '450 12px "Inter Variable", sans-serif';
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.lineWidth = 3;
  const r = (n: Placed) => (look.small ? n.r * 0.45 : n.r);
  const frame = { x: 2, y: 2, w: w - 4, h: h - 4 };
  // Between thousands of dots a name may lie over some; among few it hides none.
  const taken: Box[] = [buttonsOf(w)];
  if (!look.small)
    for (const n of shown) taken.push({ x: look.sx(n) - n.r, y: look.sy(n) - n.r, w: 2 * n.r, h: 2 * n.r });
  for (const n of wanted) {
    const text = n.label.length > 30 ? `${n.label.slice(0, 29)}…` : n.label;
    const [x0, y0, width] = [look.sx(n), look.sy(n), ctx.measureText(text).width + 4];
    const tries = [
      [-width / 2, r(n) + 3],
      [-width / 2, -r(n) - 18],
      [r(n) + 4, -8],
      [-r(n) - 4 - width, -8],
    ].map(([dx, dy]) => ({ x: x0 + dx!, y: y0 + dy!, w: width, h: 15 }));
    const box = roomOf(tries, taken, frame) ?? (n.id === look.focus ? tries[0]! : null);
    if (!box) continue;
    taken.push(box);
    const [x, y] = [box.x + width / 2, box.y + 1];
    ctx.strokeStyle = fade(c('panel'), 0.85);
    ctx.strokeText(text, x, y);
    ctx.fillStyle = look.near.has(n.id) ? c('ink') : c('ink3');
    ctx.fillText(text, x, y);
  }
};
