/** Line icons for canvases: the same element data that the pages draw, as paths. */
import { type IconData, type IconName, ICONS } from '../lib/icons';

const made = new Map<IconName, Path2D>();

const add = (path: Path2D, tag: string, p: Readonly<Record<string, string>>): void => {
  const n = (key: string) => Number(p[key] ?? 0);
  if (tag === 'path' && p.d) path.addPath(new Path2D(p.d));
  if (tag === 'circle') {
    path.moveTo(n('cx') + n('r'), n('cy'));
    path.arc(n('cx'), n('cy'), n('r'), 0, 2 * Math.PI);
  }
  if (tag === 'rect') path.roundRect(n('x'), n('y'), n('width'), n('height'), n('rx'));
  if (tag === 'line') {
    path.moveTo(n('x1'), n('y1'));
    path.lineTo(n('x2'), n('y2'));
  }
};

export const iconPath = (name: IconName): Path2D => {
  let path = made.get(name);
  if (!path) {
    path = new Path2D();
    for (const [tag, props] of ICONS[name] as IconData) add(path, tag, props);
    made.set(name, path);
  }
  return path;
};

/** Draw an icon in the middle of a disc. */
export const drawIcon = (
  ctx: CanvasRenderingContext2D,
  name: IconName,
  x: number,
  y: number,
  r: number,
  colour: string,
): void => {
  const size = r * 1.05;
  ctx.save();
  ctx.translate(x - size / 2, y - size / 2);
  ctx.scale(size / 24, size / 24);
  ctx.lineWidth = 2;
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = colour;
  ctx.stroke(iconPath(name));
  ctx.restore();
};
