import { expect, test } from 'vitest';
import { binPoints, middleOf, type Point, radiusOf } from '../bin';

const point = (x: number, y: number, count: number, label: string): Point => ({ x, y, count, label });

test('points of one cell stand at their mean position, weighted by their ads', () => {
  const [cell] = binPoints([point(2, 2, 1, 'Reno'), point(10, 2, 3, 'Sparks')]);
  expect(cell).toMatchObject({ x: 8, y: 2, count: 4, label: 'Sparks', labels: ['Sparks', 'Reno'] });
});

test('points of different cells stay apart, largest first', () => {
  const cells = binPoints([point(2, 2, 1, 'Reno'), point(200, 2, 5, 'Toledo')]);
  expect(cells.map((c) => c.label)).toEqual(['Toledo', 'Reno']);
});

test('no ad is lost or invented by binning', () => {
  let seed = 7;
  const next = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const points = Array.from({ length: 5000 }, (_, i) =>
    point(next() * 1400 - 50, next() * 900 - 50, 1 + Math.floor(next() * 9), `${i % 40}`),
  );
  const sum = (list: { count: number }[]) => list.reduce((n, p) => n + p.count, 0);
  expect(sum(binPoints(points))).toBe(sum(points));
  expect(binPoints([point(1, 1, 0, 'nowhere')])).toEqual([]);
});

test('a disc grows by its area and never vanishes', () => {
  expect(radiusOf(100, 100)).toBe(20);
  expect(radiusOf(25, 100)).toBe(10);
  expect(radiusOf(1, 1_000_000)).toBe(3.5);
});

test('a few far-off ads do not decide what is framed, and an even spread keeps all', () => {
  const near = Array.from({ length: 10 }, (_, i) => ({ lat: 40 + i / 10, lon: -100 + i, count: 100 }));
  expect(middleOf([...near, { lat: 61, lon: -150, count: 3 }])).toEqual(near);
  expect(middleOf(near)).toEqual(near);
  expect(middleOf([])).toEqual([]);
  expect(middleOf([near[0]!])).toEqual([near[0]]);
});
