import { type PointerEvent, useCallback, useMemo, useRef } from 'react';
import type { MovementPage } from '../../lib/api.gen';
import { many } from '../../lib/format';
import { Canvas } from '../../ui/Canvas';
import { useBase } from '../../ui/Movement';
import { drawBase, FINE_FROM } from '../../viz/basemap';
import { drawMovement, type Leg, visitOrder } from '../../viz/movement';
import { fitProjection } from '../../viz/projection';
import type { Colours } from '../../viz/theme';
import type { TabStay } from './MovementTab';

interface Props {
  page: MovementPage;
  stays: TabStay[];
  lit: number | null;
  onLit: (place: number | null) => void;
  words: string;
}

const LEGEND = 76; // pixels at the foot that the legend takes
const REACH = 16; // pixels around a disc
const SIZE = [980, 460] as const; // about what the tab gives; it only decides how fine the coast must be

/** The journeys that the page tells between the stays shown; pale is older. */
const legsOf = (page: MovementPage, stays: TabStay[]): Leg[] => {
  const at = new Set(stays.map((s) => s.index));
  const arcs = page.arcs.filter((a) => at.has(a.start) && at.has(a.end));
  return arcs.map((a, i) => ({
    from: page.stays[a.start]!.place,
    to: page.stays[a.end]!.place,
    age: arcs.length < 2 ? 1 : i / (arcs.length - 1),
  }));
};

export const MoveMap = ({ page, stays, lit, onLit, words }: Props) => {
  const spots = useRef<[number, number, number][]>([]); // place, x, y
  const known = useMemo(
    () => page.places.flatMap((p) => (p.lat == null || p.lon == null ? [] : [{ lat: p.lat, lon: p.lon }])),
    [page.places],
  );
  const near = useMemo(() => fitProjection(known, ...SIZE).scale() > FINE_FROM, [known]);
  const base = useBase(near);
  const legs = useMemo(() => legsOf(page, stays), [page, stays]);
  const draw = useCallback(
    (ctx: CanvasRenderingContext2D, w: number, h: number, c: Colours) => {
      const projection = fitProjection(known, w, Math.max(120, h - LEGEND), 52);
      drawBase(ctx, base, projection, w, h, c);
      drawMovement(ctx, page.places, stays, projection, w, h, c, lit, legs);
      spots.current = [...visitOrder(stays).keys()].flatMap((place) => {
        const p = page.places[place];
        const at = p?.lat == null || p.lon == null ? null : projection([p.lon, p.lat]);
        return at ? [[place, at[0], at[1]] as [number, number, number]] : [];
      });
    },
    [base, known, page.places, stays, lit, legs],
  );
  const move = (e: PointerEvent<HTMLDivElement>) => {
    const box = e.currentTarget.getBoundingClientRect();
    const [x, y] = [e.clientX - box.x, e.clientY - box.y];
    const hit = spots.current.find(([, px, py]) => Math.hypot(px - x, py - y) < REACH);
    onLit(hit ? hit[0] : null);
  };
  const unknown = page.places.filter((p) => p.lat == null).length;
  return (
    <section
      className="move-map"
      aria-label="Map of the stays"
      onPointerMove={move}
      onPointerLeave={() => onLit(null)}
    >
      <Canvas
        className="move-canvas"
        draw={draw}
        label={`Map of ${many(visitOrder(stays).size, 'city', 'cities')} and ${many(legs.length, 'journey')} from ${words}; the list of stays has the same facts.`}
      />
      <p className="graph-legend">
        <span>
          older <i className="ramp" /> newer
        </span>
        <span>number = order of first visit</span>
        <span>
          {page.precision_note}
          {unknown > 0 && ` ${many(unknown, 'place')} not on the map.`}
        </span>
      </p>
    </section>
  );
};
