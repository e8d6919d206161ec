/** A graph on a canvas: moved by dragging, wheel or buttons; a press chooses a node. */
import {
  drawGraph,
  fitView,
  type GraphLink,
  type GraphNode,
  nodeAt,
  type Placed,
  shrinkOf,
  stretchOf,
  type View,
} from './graph';
import { coloursOf, prepare } from './theme';

const [LEAST, MOST] = [0.05, 4];
const NARROW = 480; // pixels: below it the legend takes three lines, and less is kept for names at the edge
const [FOOT, HIGH_FOOT] = [52, 96]; // pixels that the legend takes
const SETTLE_MS = 140; // after this long without a move the picture is drawn sharp again
const BLIT_FROM = 250; // nodes from which a moving picture is a shifted copy of the last one
const CLICK = 5; // pixels a press may wander and still be a press

export interface GraphEvents {
  onPick: (id: string | null) => void;
  onHover: (id: string | null) => void;
}

export class GraphMap {
  private readonly canvas: HTMLCanvasElement;
  private readonly events: GraphEvents;
  private readonly icon?: GraphIcon;
  private laid: Placed[] = []; // as the layout has them
  private placed: Placed[] = []; // as the frame has them
  private links: readonly GraphLink[] = [];
  private focus: string | null = null;
  private view: View = { k: 1, x: 0, y: 0 };
  private moved = false; // by a hand: then a new size does not fit the view anew
  private press: { x: number; y: number; far: number } | null = null;
  private frame = 0;
  private settle = 0;
  private cache: { bitmap: HTMLCanvasElement; view: View } | null = null;
  private hovered: string | null = null;
  private readonly off = new AbortController();

  constructor(canvas: HTMLCanvasElement, events: GraphEvents, icon?: GraphIcon) {
    this.canvas = canvas;
    this.events = events;
    this.icon = icon;
    const on = { signal: this.off.signal };
    canvas.addEventListener('pointerdown', (e) => this.down(e), on);
    canvas.addEventListener('pointermove', (e) => this.move(e), on);
    canvas.addEventListener('pointerup', (e) => this.up(e), on);
    canvas.addEventListener('pointercancel', () => this.drop(), on);
    canvas.addEventListener('pointerleave', () => this.hover(null), on);
    canvas.addEventListener('wheel', (e) => this.wheel(e), { ...on, passive: false });
  }

  destroy(): void {
    this.off.abort();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settle);
  }

  /** Show nodes at their places; `places` holds x and y of each, one after the other. */
  show(nodes: readonly GraphNode[], places: Float32Array, radii: readonly number[]): void {
    this.laid = nodes.map((n, i) => ({
      ...n,
      x: places[2 * i] ?? 0,
      y: places[2 * i + 1] ?? 0,
      r: radii[i] ?? 10,
    }));
    this.fit();
  }

  draw(links: readonly GraphLink[], focus: string | null): void {
    this.links = links;
    this.focus = focus;
    this.redraw();
  }

  fit(): void {
    const box = this.canvas.getBoundingClientRect();
    const [pad, foot] = box.width < NARROW ? [36, HIGH_FOOT] : [48, FOOT];
    const by = stretchOf(this.laid, box.width, box.height - foot);
    this.placed = this.laid.map((n) => ({ ...n, x: n.x * by }));
    this.view = fitView(this.placed, box.width, box.height, pad, foot);
    const small = shrinkOf(this.view.k);
    if (small < 1) this.placed = this.placed.map((n) => ({ ...n, r: n.r * small }));
    this.moved = false;
    this.redraw();
  }

  /** The box has another size. */
  resized(): void {
    if (this.moved) this.redraw();
    else this.fit();
  }

  zoom(by: number, at?: { x: number; y: number }): void {
    const box = this.canvas.getBoundingClientRect();
    const p = at ?? { x: box.width / 2, y: box.height / 2 };
    const k = Math.min(MOST, Math.max(LEAST, this.view.k * by));
    const r = k / this.view.k;
    this.view = { k, x: p.x - (p.x - this.view.x) * r, y: p.y - (p.y - this.view.y) * r };
    this.shifted();
  }

  redraw(): void {
    clearTimeout(this.settle);
    this.cache = null;
    this.schedule();
  }

  /** The view moved: a large picture is shifted at once, and drawn sharp when the hand rests. */
  private shifted(): void {
    this.moved = true;
    if (this.placed.length < BLIT_FROM) {
      this.redraw();
      return;
    }
    clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.redraw(), SETTLE_MS);
    this.schedule();
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const ready = prepare(this.canvas);
    if (!ready) return;
    const { ctx, w, h } = ready;
    const c = coloursOf(this.canvas);
    if (this.cache) {
      const was = this.cache.view;
      const r = this.view.k / was.k;
      ctx.fillStyle = c('panel');
      ctx.fillRect(0, 0, w, h);
      ctx.drawImage(this.cache.bitmap, this.view.x - was.x * r, this.view.y - was.y * r, w * r, h * r);
      return;
    }
    const { placed, links, focus, view, icon } = this;
    drawGraph(ctx, { placed, links, focus: focus ?? this.hovered, view, icon }, w, h, c);
    if (placed.length < BLIT_FROM) return;
    const bitmap = document.createElement('canvas');
    [bitmap.width, bitmap.height] = [this.canvas.width, this.canvas.height];
    bitmap.getContext('2d')?.drawImage(this.canvas, 0, 0);
    this.cache = { bitmap, view: { ...view } };
  }

  private at(e: PointerEvent | WheelEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return { x: e.clientX - box.x, y: e.clientY - box.y };
  }

  private down(e: PointerEvent): void {
    this.press = { ...this.at(e), far: 0 };
    this.canvas.setPointerCapture(e.pointerId);
  }

  private move(e: PointerEvent): void {
    const p = this.at(e);
    if (this.press) {
      const [dx, dy] = [p.x - this.press.x, p.y - this.press.y];
      this.press = { ...p, far: this.press.far + Math.hypot(dx, dy) };
      this.view = { ...this.view, x: this.view.x + dx, y: this.view.y + dy };
      this.shifted();
      return;
    }
    this.hover(nodeAt(this.placed, this.view, p.x, p.y)?.id ?? null);
  }

  private up(e: PointerEvent): void {
    const still = this.press !== null && this.press.far <= CLICK;
    this.drop();
    if (!still) return;
    const p = this.at(e);
    this.events.onPick(nodeAt(this.placed, this.view, p.x, p.y)?.id ?? null);
  }

  private drop(): void {
    this.press = null;
  }

  private hover(id: string | null): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.canvas.style.cursor = id ? 'pointer' : 'grab';
    this.events.onHover(id);
    if (!this.focus && this.placed.length <= 400) this.redraw();
  }

  private wheel(e: WheelEvent): void {
    e.preventDefault();
    this.zoom(Math.exp(-e.deltaY * 0.0015), this.at(e));
  }
}

export type GraphIcon = (
  ctx: CanvasRenderingContext2D,
  node: Placed,
  x: number,
  y: number,
  r: number,
  colour: string,
) => void;
