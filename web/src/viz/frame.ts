/** Which part of the world a frame shows, in degrees: rough, and never too small. */
import type { GeoProjection } from 'd3-geo';

export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

export const WORLD: Box = { south: -90, north: 90, west: -180, east: 180 };
const STEPS = 12; // points along each side of the frame
const MARGIN = 2; // degrees, for what bulges between two points

/** The bounds of a ring of [longitude, latitude]; one that crosses the date line is as wide as the world. */
export const boxOf = (ring: readonly (readonly number[])[]): Box => {
  const box = { south: 90, north: -90, west: 180, east: -180 };
  for (const [lon = 0, lat = 0] of ring) {
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
  }
  return box.east - box.west > 180 ? { ...box, west: -180, east: 180 } : box;
};

export const meets = (a: Box, b: Box): boolean =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;

/** The bounds of what a frame shows. Where a pole or the date line comes in, the whole world. */
export const frameOf = (projection: GeoProjection, w: number, h: number): Box => {
  const ring: [number, number][] = [];
  for (let i = 0; i <= STEPS; i += 1) {
    for (let j = 0; j <= STEPS; j += 1) {
      const at = projection.invert?.([(w * i) / STEPS, (h * j) / STEPS]);
      if (!at || Number.isNaN(at[0] + at[1])) return WORLD;
      ring.push(at);
    }
  }
  const box = boxOf(ring);
  if (box.east - box.west > 170 || box.north > 84 || box.south < -84) return WORLD;
  return {
    south: box.south - MARGIN,
    north: box.north + MARGIN,
    west: box.west - MARGIN,
    east: box.east + MARGIN,
  };
};
