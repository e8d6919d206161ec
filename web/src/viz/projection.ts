/** A projection that suits the points: a cone over their middle, or the whole world when they are far apart. */
import { type GeoProjection, geoConicEqualArea, geoEqualEarth } from 'd3-geo';

export interface Place {
  lat: number;
  lon: number;
}

const WIDE = 100; // degrees of longitude: above this a cone bends too much to be read
const LEAST = 3; // degrees: one city alone is shown with its surroundings

export const fitProjection = (places: readonly Place[], w: number, h: number, pad = 44): GeoProjection => {
  const known = places.length
    ? places
    : [
        { lat: 25, lon: -124 },
        { lat: 49, lon: -67 },
      ];
  const lats = known.map((p) => p.lat);
  const lons = known.map((p) => p.lon);
  const [s, n, west, e] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const [lat, lon] = [(s + n) / 2, (west + e) / 2];
  const [dy, dx] = [Math.max(n - s, LEAST) / 2, Math.max(e - west, LEAST) / 2];
  const corners = { type: 'MultiPoint' as const, coordinates: [] as [number, number][] };
  for (const i of [-1, 0, 1])
    for (const j of [-1, 0, 1]) corners.coordinates.push([lon + i * dx, lat + j * dy]);
  const cone = e - west < WIDE && Math.abs(lat) > 12;
  const projection = cone
    ? geoConicEqualArea()
        .parallels([lat - dy * 0.6, lat + dy * 0.6])
        .rotate([-lon, 0])
    : geoEqualEarth().rotate([-lon, 0]);
  const [px, py] = [Math.min(pad, w / 4), Math.min(pad, h / 4)];
  projection.fitExtent(
    [
      [px, py],
      [w - px, h - py],
    ],
    corners,
  );
  return projection;
};
