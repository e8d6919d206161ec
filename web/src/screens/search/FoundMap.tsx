import { useEffect, useRef, useState } from 'react';
import type { SearchMap } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { useTheme } from '../../lib/theme';
import { CountTable } from '../../ui/CountTable';
import { MapButtons } from '../../ui/MapButtons';
import type { Cell } from '../../viz/bin';
import { PointMap } from '../../viz/pointmap';

interface Props {
  map: SearchMap | null;
  hot: string | null;
  setHot: (label: string | null) => void;
}

/** Found ads by place: discs to look at, and a list with the same counts. */
export const FoundMap = ({ map, setHot }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<PointMap | null>(null);
  const [cell, setCell] = useState<Cell | null>(null);
  const theme = useTheme();
  useEffect(() => {
    if (!canvas.current) return;
    const view = new PointMap(canvas.current, (c) => {
      setCell(c);
      setHot(c?.label ?? null);
    });
    drawn.current = view;
    const watch = new ResizeObserver(() => view.redraw());
    watch.observe(canvas.current);
    return () => {
      watch.disconnect();
      view.destroy();
    };
  }, [setHot]);
  useEffect(() => {
    drawn.current?.show(map?.cells ?? []);
  }, [map]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours come from the stylesheet
  useEffect(() => drawn.current?.redraw(), [theme]);
  const placed = map?.cells.reduce((n, c) => n + c.count, 0) ?? 0;
  return (
    <section className="found-map" aria-label="Map of found ads">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Map of ${many(placed, 'found ad')} in ${many(map?.cells.length ?? 0, 'place')}; the list of places has the same counts.`}
      />
      <MapButtons map={() => drawn.current} step={1.6} />
      <details className="map-list">
        <summary>
          {cell
            ? `${cell.labels.slice(0, 3).join('; ')}: ${many(cell.count, 'ad')}`
            : `${many(placed, 'ad')} in ${many(map?.cells.length ?? 0, 'place')}`}
          {map && map.unplaced > 0 && `, ${count(map.unplaced)} not placed`}
        </summary>
        <CountTable
          label="Places"
          head="Place"
          rows={map?.cells.map((c) => [c.label, c.count] as const) ?? []}
        />
        <p className="meta">City named in the ad, not a measured position.</p>
      </details>
    </section>
  );
};
