/** Points put together in square cells, so that fifty thousand ads draw as a few hundred discs. */
export interface Point {
  x: number;
  y: number;
  count: number;
  label: string;
}

export interface Cell extends Point {
  labels: string[]; // most frequent first
}

export const CELL = 22; // pixels: about a fingertip, and wide enough that neighbouring discs stay apart

/** Bin points; a cell stands at the mean position of what it holds, not at its middle. */
export const binPoints = (points: readonly Point[], size = CELL): Cell[] => {
  const cells = new Map<string, { sx: number; sy: number; count: number; by: Map<string, number> }>();
  for (const p of points) {
    if (p.count <= 0) continue;
    const key = `${Math.floor(p.x / size)},${Math.floor(p.y / size)}`;
    const cell = cells.get(key) ?? { sx: 0, sy: 0, count: 0, by: new Map<string, number>() };
    cell.sx += p.x * p.count;
    cell.sy += p.y * p.count;
    cell.count += p.count;
    cell.by.set(p.label, (cell.by.get(p.label) ?? 0) + p.count);
    cells.set(key, cell);
  }
  return [...cells.values()]
    .map((c) => {
      const labels = [...c.by].sort((a, b) => b[1] - a[1]).map(([label]) => label);
      return { x: c.sx / c.count, y: c.sy / c.count, count: c.count, label: labels[0] ?? '', labels };
    })
    .sort((a, b) => b.count - a.count);
};

/** A disc's radius: its area grows with the count, between 3.5 and 20 pixels. */
export const radiusOf = (count: number, largest: number): number =>
  Math.max(3.5, 20 * Math.sqrt(count / Math.max(largest, 1)));

const TAIL = 0.015; // of the ads, on each side: a few far-off ads must not make the rest a blot

/** The spots between the outermost ads on each side, by latitude and by longitude. */
export const middleOf = <T extends { lat: number; lon: number; count: number }>(spots: readonly T[]): T[] => {
  const total = spots.reduce((n, s) => n + s.count, 0);
  const bounds = (of: (s: T) => number): [number, number] => {
    const sorted = [...spots].sort((a, b) => of(a) - of(b));
    const at = (share: number): number => {
      let seen = 0;
      for (const s of sorted) {
        seen += s.count;
        if (seen > total * share) return of(s);
      }
      return sorted.length ? of(sorted.at(-1)!) : 0;
    };
    return [at(TAIL), at(1 - TAIL)];
  };
  const [south, north] = bounds((s) => s.lat);
  const [west, east] = bounds((s) => s.lon);
  return spots.filter((s) => s.lat >= south && s.lat <= north && s.lon >= west && s.lon <= east);
};
