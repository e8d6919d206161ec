/** Found ads on a map: binned discs over a cached base map, moved by dragging, wheel or buttons. */
import type { GeoProjection } from 'd3-geo';
import { type BaseMap, drawBase, FINE_FROM, loadBase } from './basemap';
import { binPoints, type Cell, middleOf, type Point, radiusOf } from './bin';
import { fitProjection } from './projection';
import { coloursOf, fade, prepare } from './theme';

export interface Spot {
  lat: number;
  lon: number;
  count: number;
  label: string;
}

interface View {
  k: number;
  x: number;
  y: number;
}

const SETTLE_MS = 140; // after this long without a move the base map is drawn sharp again
const [LEAST, MOST] = [0.7, 40];

export class PointMap {
  private readonly canvas: HTMLCanvasElement;
  private readonly onHover: (cell: Cell | null) => void;
  private spots: readonly Spot[] = [];
  private base: BaseMap | null = null;
  private projection: GeoProjection | null = null;
  private home = { scale: 1, x: 0, y: 0 };
  private view: View = { k: 1, x: 0, y: 0 };
  private cache: { bitmap: HTMLCanvasElement; view: View } | null = null;
  private cells: Cell[] = [];
  private settle = 0;
  private frame = 0;
  private drag: { x: number; y: number } | null = null;
  private fitted = false;
  private readonly off = new AbortController();

  constructor(canvas: HTMLCanvasElement, onHover: (cell: Cell | null) => void) {
    this.canvas = canvas;
    this.onHover = onHover;
    const on = { signal: this.off.signal };
    canvas.addEventListener('pointerdown', (e) => this.press(e), on);
    canvas.addEventListener('pointermove', (e) => this.move(e), on);
    canvas.addEventListener(
      'pointerup',
      () => {
        this.drag = null;
      },
      on,
    );
    canvas.addEventListener(
      'pointercancel',
      () => {
        this.drag = null;
      },
      on,
    );
    canvas.addEventListener('pointerleave', () => this.onHover(null), on);
    canvas.addEventListener('wheel', (e) => this.wheel(e), { ...on, passive: false });
    this.load(false);
  }

  destroy(): void {
    this.off.abort();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settle);
  }

  show(spots: readonly Spot[]): void {
    this.spots = spots;
    if (!this.fitted && spots.length) this.fit();
    else this.redraw();
  }

  /** Frame everything that is shown. */
  fit(): void {
    const box = this.canvas.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return;
    const main = middleOf(this.spots);
    this.projection = fitProjection(main, box.width, box.height, 48);
    const [x, y] = this.projection.translate();
    this.home = { scale: this.projection.scale(), x, y };
    this.view = { k: 1, x: 0, y: 0 };
    this.fitted = this.spots.length > 0;
    this.redraw();
  }

  zoom(by: number, at?: { x: number; y: number }): void {
    const box = this.canvas.getBoundingClientRect();
    const p = at ?? { x: box.width / 2, y: box.height / 2 };
    const k = Math.min(MOST, Math.max(LEAST, this.view.k * by));
    const r = k / this.view.k;
    this.view = { k, x: p.x - (p.x - this.view.x) * r, y: p.y - (p.y - this.view.y) * r };
    this.moved();
  }

  redraw(): void {
    this.cache = null;
    this.schedule();
  }

  private load(fine: boolean): void {
    loadBase(fine).then(
      (base) => {
        if (this.off.signal.aborted || (this.base?.fine && !fine)) return;
        this.base = base;
        this.redraw();
      },
      () => undefined, // without a base map the discs and the list still tell the places
    );
  }

  private moved(): void {
    clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.redraw(), SETTLE_MS);
    this.schedule();
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private press(e: PointerEvent): void {
    this.drag = { x: e.clientX, y: e.clientY };
    this.canvas.setPointerCapture(e.pointerId);
  }

  private move(e: PointerEvent): void {
    if (this.drag) {
      const { x, y } = this.view;
      this.view = { ...this.view, x: x + e.clientX - this.drag.x, y: y + e.clientY - this.drag.y };
      this.drag = { x: e.clientX, y: e.clientY };
      this.moved();
      return;
    }
    const box = this.canvas.getBoundingClientRect();
    const [px, py] = [e.clientX - box.x, e.clientY - box.y];
    const top = this.cells[0]?.count ?? 1;
    const hit = this.cells.findLast((c) => Math.hypot(c.x - px, c.y - py) <= radiusOf(c.count, top) + 3);
    this.onHover(hit ?? null);
  }

  private wheel(e: WheelEvent): void {
    e.preventDefault();
    const box = this.canvas.getBoundingClientRect();
    this.zoom(Math.exp(-e.deltaY * 0.0015), { x: e.clientX - box.x, y: e.clientY - box.y });
  }

  private place(): void {
    const { k, x, y } = this.view;
    this.projection?.scale(this.home.scale * k).translate([this.home.x * k + x, this.home.y * k + y]);
  }

  private draw(): void {
    if (!this.projection) this.fit();
    const ready = prepare(this.canvas);
    if (!ready || !this.projection) return;
    const { ctx, w, h } = ready;
    const c = coloursOf(this.canvas);
    this.place();
    if (!this.cache) {
      if (this.projection.scale() > FINE_FROM && !this.base?.fine) this.load(true);
      drawBase(ctx, this.base, this.projection, w, h, c);
      const bitmap = document.createElement('canvas');
      bitmap.width = this.canvas.width;
      bitmap.height = this.canvas.height;
      bitmap.getContext('2d')?.drawImage(this.canvas, 0, 0);
      this.cache = { bitmap, view: { ...this.view } };
    } else {
      const was = this.cache.view;
      const r = this.view.k / was.k;
      ctx.fillStyle = c('map-sea');
      ctx.fillRect(0, 0, w, h);
      ctx.drawImage(this.cache.bitmap, this.view.x - was.x * r, this.view.y - was.y * r, w * r, h * r);
    }
    this.discs(ctx, w, h, c('accent'));
  }

  private discs(ctx: CanvasRenderingContext2D, w: number, h: number, accent: string): void {
    const points: Point[] = [];
    for (const s of this.spots) {
      const p = this.projection?.([s.lon, s.lat]);
      if (p && p[0] > -30 && p[1] > -30 && p[0] < w + 30 && p[1] < h + 30)
        points.push({ x: p[0], y: p[1], count: s.count, label: s.label });
    }
    this.cells = binPoints(points);
    const top = this.cells[0]?.count ?? 1;
    ctx.beginPath();
    for (const cell of this.cells) {
      const r = radiusOf(cell.count, top);
      ctx.moveTo(cell.x + r, cell.y);
      ctx.arc(cell.x, cell.y, r, 0, 2 * Math.PI);
    }
    ctx.fillStyle = fade(accent, 0.34);
    ctx.fill();
    ctx.strokeStyle = accent;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
}
