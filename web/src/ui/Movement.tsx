import { useCallback, useEffect, useMemo, useState } from 'react';
import type { PlaceRow, Stay } from '../lib/api.gen';
import { many, range } from '../lib/format';
import { type BaseMap, drawBase, FINE_FROM, loadBase } from '../viz/basemap';
import { drawMovement, visitOrder } from '../viz/movement';
import { fitProjection } from '../viz/projection';
import type { Colours } from '../viz/theme';
import { Canvas } from './Canvas';
import { Scroll } from './Scroll';
import { Twin } from './Twin';

const SIZE = [380, 260] as const; // about what the panel gives; it only decides how fine the coast must be

/** The base map, coarse first; the fine coast where the view is near. */
export const useBase = (near: boolean): BaseMap | null => {
  const [base, setBase] = useState<BaseMap | null>(null);
  useEffect(() => {
    let live = true;
    const take = (b: BaseMap) => {
      if (live) setBase((was) => (was?.fine && !b.fine ? was : b));
    };
    loadBase(false)
      .then(take)
      .then(() => (near ? loadBase(true).then(take) : undefined))
      .catch(() => undefined); // without a base map the discs and the list still tell the places
    return () => {
      live = false;
    };
  }, [near]);
  return base;
};

/** A map of stays with its list: the same facts, one to look at and one to read. */
export const Movement = ({ places, stays, note }: { places: PlaceRow[]; stays: Stay[]; note: string }) => {
  const known = useMemo(
    () => places.flatMap((p) => (p.lat == null || p.lon == null ? [] : [{ lat: p.lat, lon: p.lon }])),
    [places],
  );
  const near = useMemo(() => fitProjection(known, ...SIZE).scale() > FINE_FROM, [known]);
  const base = useBase(near);
  const draw = useCallback(
    (ctx: CanvasRenderingContext2D, w: number, h: number, c: Colours) => {
      const projection = fitProjection(known, w, h);
      drawBase(ctx, base, projection, w, h, c);
      drawMovement(ctx, places, stays, projection, w, h, c);
    },
    [base, known, places, stays],
  );
  const order = visitOrder(stays);
  const unknown = places.filter((p) => p.lat == null).length;
  if (!places.length) return <p className="meta">No ad names a city that is known.</p>;
  return (
    <>
      <Canvas
        className="map-box"
        late
        draw={draw}
        label={`Map of ${many(places.length, 'city', 'cities')} named in ${many(stays.length, 'stay')}; the list of stays has the same facts.`}
      />
      <p className="meta">
        {note} Pale is older.{unknown > 0 && ` ${many(unknown, 'place')} not on the map.`}
      </p>
      <Twin summary="List of stays">
        {() => (
          <Scroll label="Stays">
            <table>
              <thead>
                <tr>
                  <th scope="col">No.</th>
                  <th scope="col">City</th>
                  <th scope="col">From, to</th>
                  <th scope="col" className="num">
                    Ads
                  </th>
                </tr>
              </thead>
              <tbody>
                {stays.map((s, i) => (
                  <tr key={i}>
                    <td>{order.get(s.place)}</td>
                    <td>{places[s.place]?.label}</td>
                    <td>
                      {range(s.first, s.last)}
                      {s.conflict && ' · also elsewhere on these days'}
                    </td>
                    <td className="num">{s.ads}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </Twin>
    </>
  );
};
