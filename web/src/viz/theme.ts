/** Theme colours for canvases, read from the stylesheet at each drawing. */
export type Colours = (token: string) => string;

export const coloursOf = (element: Element): Colours => {
  const style = getComputedStyle(element);
  return (token) => style.getPropertyValue(`--${token}`).trim();
};

/** A hex colour with transparency. The CSS minifier shortens hex, so `#fff` must be read as well. */
export const fade = (hex: string, alpha: number): string => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(hex);
  const full = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : hex;
  if (!/^#[0-9a-f]{6}$/i.test(full)) return hex;
  const byte = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
  return full + byte.toString(16).padStart(2, '0');
};

/** Size a canvas to its box in device pixels, and return a context that draws in CSS pixels. */
export const prepare = (
  canvas: HTMLCanvasElement,
): { ctx: CanvasRenderingContext2D; w: number; h: number } | null => {
  const box = canvas.getBoundingClientRect();
  const ctx = canvas.getContext('2d');
  if (!ctx || box.width < 2 || box.height < 2) return null;
  const ratio = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(box.width), Math.round(box.height)];
  if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, w, h);
  return { ctx, w, h };
};
