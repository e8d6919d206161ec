import { expect, test } from 'vitest';
import { boxesOf, legsOf, type MoveStay, placeLabel, visitOrder } from '../movement';

const PLACES = [
  { label: 'Reno, NV', lat: 39.5, lon: -119.8 },
  { label: 'Toledo, OH', lat: 41.7, lon: -83.6 },
  { label: 'Somewhere', lat: null, lon: null },
];
const stay = (place: number, first: string, last: string, conflict = false): MoveStay => ({
  place,
  first,
  last,
  conflict,
});

test('stays that follow each other are joined by a leg', () => {
  const legs = legsOf([stay(0, '2026-01-01', '2026-01-05'), stay(1, '2026-01-08', '2026-01-09')], PLACES);
  expect(legs).toEqual([{ from: 0, to: 1, age: 1 }]);
});

test('a gap of more than two weeks breaks the leg', () => {
  expect(legsOf([stay(0, '2026-01-01', '2026-01-05'), stay(1, '2026-01-20', '2026-01-21')], PLACES)).toEqual(
    [],
  );
  expect(
    legsOf([stay(0, '2026-01-01', '2026-01-05'), stay(1, '2026-01-19', '2026-01-21')], PLACES),
  ).toHaveLength(1);
});

test('two cities on one day are not drawn as travel', () => {
  expect(
    legsOf([stay(0, '2026-01-01', '2026-01-05', true), stay(1, '2026-01-05', '2026-01-09')], PLACES),
  ).toEqual([]);
});

test('a place without a position takes no part, and staying is no leg', () => {
  const days = ['2026-01-01', '2026-01-02', '2026-01-03'] as const;
  expect(
    legsOf(
      days.map((d, i) => stay([0, 2, 0][i]!, d, d)),
      PLACES,
    ),
  ).toEqual([]);
});

test('newer legs are darker', () => {
  const ages = legsOf(
    [0, 1, 0, 1].map((p, i) => stay(p, `2026-01-0${i + 1}`, `2026-01-0${i + 1}`)),
    PLACES,
  ).map((l) => l.age);
  expect(ages).toEqual([...ages].sort((a, b) => a - b));
  expect(ages.at(-1)).toBe(1);
});

test('places are numbered by first visit', () => {
  expect([...visitOrder([stay(1, 'a', 'b'), stay(0, 'c', 'd'), stay(1, 'e', 'f')])]).toEqual([
    [1, 1],
    [0, 2],
  ]);
});

test('a label keeps off the arcs where there is other room, and crosses one where there is none', () => {
  const frame = { x: 0, y: 0, w: 300, h: 300 };
  const arc = boxesOf([100, 100], [280, 100]);
  expect(placeLabel(100, 100, 50, [], frame, arc)).toMatchObject({ x: 38 });
  const edge = { x: 95, y: 0, w: 205, h: 300 };
  expect(placeLabel(100, 100, 50, [], edge, [...arc, { x: 95, y: 0, w: 205, h: 300 }])).toMatchObject({
    x: 113,
  });
});

test('a label finds a free side, and gives up rather than cover another', () => {
  const frame = { x: 0, y: 0, w: 300, h: 300 };
  expect(placeLabel(100, 100, 50, [], frame)).toMatchObject({ x: 113 });
  expect(placeLabel(100, 100, 50, [{ x: 105, y: 80, w: 80, h: 40 }], frame)).toMatchObject({ x: 38 });
  expect(placeLabel(100, 100, 50, [{ x: 0, y: 0, w: 300, h: 300 }], frame)).toBeNull();
});
