import { expect, test } from 'vitest';
import { binAt, endOf } from '../histogram';
import { fitProjection } from '../projection';
import { fade } from '../theme';

test('every place lies within the frame of its projection', () => {
  const worlds = [
    [
      { lat: 39.5, lon: -119.8 },
      { lat: 41.7, lon: -83.6 },
    ],
    [{ lat: 52.5, lon: 13.4 }],
    [
      { lat: -33.9, lon: 151.2 },
      { lat: 51.5, lon: -0.1 },
      { lat: 1.3, lon: 103.8 },
    ],
    [
      { lat: 10, lon: 20 },
      { lat: -10, lon: 30 },
    ],
  ];
  for (const places of worlds) {
    const projection = fitProjection(places, 400, 260);
    for (const p of places) {
      const [x, y] = projection([p.lon, p.lat])!;
      expect(x).toBeGreaterThan(-1);
      expect(x).toBeLessThan(401);
      expect(y).toBeGreaterThan(-1);
      expect(y).toBeLessThan(261);
    }
  }
});

test('north is up and east is right', () => {
  const places = [
    { lat: 30, lon: -100 },
    { lat: 45, lon: -80 },
  ];
  const projection = fitProjection(places, 400, 300);
  const [a, b] = places.map((p) => projection([p.lon, p.lat])!);
  expect(b![0]).toBeGreaterThan(a![0]);
  expect(b![1]).toBeLessThan(a![1]);
});

test('no place at all still gives a map', () => {
  expect(fitProjection([], 400, 260)([-100, 40])).not.toBeNull();
});

test('pixels outside the bars belong to the nearest bar', () => {
  expect([binAt(-5, 100, 10), binAt(55, 100, 10), binAt(500, 100, 10)]).toEqual([0, 5, 9]);
  expect(endOf({ start: 0, step: 7, counts: [1, 1] })).toBe(14 * 86_400_000);
});

test('hex colours fade, short ones too, and other notations are left alone', () => {
  expect(fade('#0b6a72', 0.5)).toBe('#0b6a7280');
  expect(fade('#fff', 1)).toBe('#ffffffff');
  expect(fade('rgb(0 0 0)', 0.5)).toBe('rgb(0 0 0)');
});
