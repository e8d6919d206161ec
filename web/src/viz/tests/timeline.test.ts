import { expect, test } from 'vitest';
import { extentOf, heightOf, ROW, stayAt, staysIn } from '../timeline';

const stay = (place: number, first: string, last: string) => ({
  place,
  first: `${first}T22:00:00Z`,
  last: `${last}T03:00:00Z`,
  conflict: false,
  days: [first, last],
});
const STAYS = [
  stay(4, '2026-01-01', '2026-01-05'),
  stay(2, '2026-01-10', '2026-01-20'),
  stay(4, '2026-02-01', '2026-02-01'),
];

test('time runs from the first day to the end of the last', () => {
  expect(extentOf(STAYS)).toEqual([Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 2)]);
  expect(extentOf([])[1]).toBeGreaterThan(extentOf([])[0]);
});

test('a range keeps the stays that touch it, whole days counted', () => {
  expect(staysIn(STAYS, Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 10))).toEqual([STAYS[0]]);
  expect(staysIn(STAYS, Date.UTC(2026, 0, 6), Date.UTC(2026, 0, 10))).toEqual([]);
});

test('a place has one row, however often it is visited', () => {
  expect(heightOf(STAYS)).toBe(heightOf(STAYS.slice(0, 2)));
});

test('a press on a bar finds its stay, and between bars nothing', () => {
  expect(stayAt(STAYS, 101, 5, 1100, 100)).toBe(0);
  expect(stayAt(STAYS, 1095, 5, 1100, 100)).toBe(2);
  expect(stayAt(STAYS, 500, ROW + 5, 1100, 100)).toBe(1);
  expect(stayAt(STAYS, 300, 5, 1100, 100)).toBe(-1);
});
