import { expect, test } from 'vitest';
import { boxOf, frameOf, meets, WORLD } from '../frame';
import { fitProjection } from '../projection';

test('a frame holds every place that is drawn in it', () => {
  const places = [
    { lat: 30, lon: -120 },
    { lat: 48, lon: -70 },
  ];
  const frame = frameOf(fitProjection(places, 400, 260), 400, 260);
  for (const p of places)
    expect(meets({ south: p.lat, north: p.lat, west: p.lon, east: p.lon }, frame)).toBe(true);
  expect(meets({ south: -40, north: -30, west: 140, east: 150 }, frame)).toBe(false);
});

test('a frame over the date line is the whole world, so that nothing is missed', () => {
  const places = [
    { lat: -36, lon: 174 },
    { lat: -18, lon: -178 },
  ];
  expect(frameOf(fitProjection(places, 400, 260), 400, 260)).toEqual(WORLD);
});

test('a ring over the date line is as wide as the world', () => {
  expect(
    boxOf([
      [179, 10],
      [-179, 12],
    ]),
  ).toEqual({ south: 10, north: 12, west: -180, east: 180 });
  expect(
    boxOf([
      [1, 10],
      [5, 12],
    ]),
  ).toEqual({ south: 10, north: 12, west: 1, east: 5 });
});
