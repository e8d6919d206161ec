/** The offline base map: states of the US and countries, from files that our own server sends. */
import { type GeoPermissibleObjects, type GeoProjection, geoPath } from 'd3-geo';
import type { LineString, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import statesUrl from 'us-atlas/states-10m.json?url';
import fineUrl from 'world-atlas/countries-50m.json?url';
import coarseUrl from 'world-atlas/countries-110m.json?url';
import { type Box, boxOf, frameOf, meets } from './frame';
import type { Colours } from './theme';

const USA = '840';
export const FINE_FROM = 1400; // projection scale above which the coarse coast looks crude

/** A shape with its bounds, so that what lies outside the frame is not even projected. */
export interface Patch<Shape = Polygon> {
  shape: Shape;
  box: Box;
}

export interface BaseMap {
  others: Patch[]; // every country but the US
  states: Patch[];
  stateLines: Patch<LineString>[];
  fine: boolean;
}

const get = async (url: string): Promise<Topology> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The base map could not be read (${answer.status})`);
  return (await answer.json()) as Topology;
};

const patches = (topology: Topology, what: GeometryCollection): Patch[] =>
  feature(topology, what).features.flatMap(({ geometry }) => {
    const parts =
      geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : [];
    return parts.map((coordinates) => ({
      shape: { type: 'Polygon' as const, coordinates },
      box: boxOf(coordinates[0] ?? []),
    }));
  });

const build = (us: Topology, world: Topology, fine: boolean): BaseMap => {
  const states = us.objects.states as GeometryCollection;
  const countries = world.objects.countries as GeometryCollection;
  const others = { ...countries, geometries: countries.geometries.filter((g) => String(g.id) !== USA) };
  return {
    others: patches(world, others),
    states: patches(us, states),
    stateLines: mesh(us, states, (a, b) => a !== b).coordinates.map((coordinates) => ({
      shape: { type: 'LineString' as const, coordinates },
      box: boxOf(coordinates),
    })),
    fine,
  };
};

let first: Promise<BaseMap> | null = null;
let second: Promise<BaseMap> | null = null;

/** The coarse map first; the fine coast is for near views. Each is read once. */
export const loadBase = (fine: boolean): Promise<BaseMap> => {
  if (fine) {
    second ??= Promise.all([get(statesUrl), get(fineUrl)]).then(([us, world]) => build(us, world, true));
    second.catch(() => {
      second = null;
    });
    return second;
  }
  first ??= Promise.all([get(statesUrl), get(coarseUrl)]).then(([us, world]) => build(us, world, false));
  first.catch(() => {
    first = null;
  });
  return first;
};

/** Draw sea, land and borders. Only what lies within the frame is projected. */
export const drawBase = (
  ctx: CanvasRenderingContext2D,
  base: BaseMap | null,
  projection: GeoProjection,
  w: number,
  h: number,
  c: Colours,
): void => {
  ctx.fillStyle = c('map-sea');
  ctx.fillRect(0, 0, w, h);
  if (!base) return;
  const frame = frameOf(projection, w, h);
  const near = (list: Patch<Polygon | LineString>[]): GeoPermissibleObjects => ({
    type: 'GeometryCollection',
    geometries: list.filter((p) => meets(p.box, frame)).map((p) => p.shape),
  });
  projection.clipExtent([
    [-20, -20],
    [w + 20, h + 20],
  ]);
  const path = geoPath(projection, ctx);
  const layer = (what: GeoPermissibleObjects, fill: string | null, line: string, width: number) => {
    ctx.beginPath();
    path(what);
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
    ctx.strokeStyle = line;
    ctx.lineWidth = width;
    ctx.stroke();
  };
  ctx.lineJoin = 'round';
  layer(near(base.others), c('map-neighbour'), c('map-coast'), 0.6);
  layer(near(base.states), c('map-land'), c('map-coast'), 0.7);
  layer(near(base.stateLines), null, c('map-border'), 0.8);
  projection.clipExtent(null);
};
