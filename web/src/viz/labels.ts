/** Room for a name beside what it names, on a canvas. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** What the buttons of a picture take of its upper right corner, as the stylesheet has them. */
export const buttonsOf = (width: number): Box => ({ x: width - 52, y: 8, w: 44, h: 108 });

const meets = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const within = (a: Box, b: Box) => a.x > b.x && a.x + a.w < b.x + b.w && a.y > b.y && a.y + a.h < b.y + b.h;

/** The first of some boxes that lies in the frame and meets nothing; none is better than one on another. */
export const roomOf = (tries: readonly Box[], taken: readonly Box[], frame: Box): Box | null =>
  tries.find((box) => within(box, frame) && !taken.some((t) => meets(t, box))) ?? null;
