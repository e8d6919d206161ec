import { expect, test } from 'vitest';
import { coarsen, lastWeeks, monthTicks, sparkPath, timeTicks } from '../bars';

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

test('a week without ads draws nothing, and a week with one is still seen', () => {
  expect(sparkPath([0, 0], 20, 10)).toBe('');
  expect(sparkPath([0, 1, 1000], 30, 10).match(/M/g)).toHaveLength(2);
  expect(sparkPath([1, 1000], 20, 10)).toContain('v-1.5');
});

test('rows that begin in different weeks line up on the last one', () => {
  const until = day('2026-02-18');
  expect(lastWeeks('2026-02-16', [4], until, 4)).toEqual([0, 0, 0, 4]);
  expect(lastWeeks('2026-02-02', [1, 2, 3], until, 4)).toEqual([0, 1, 2, 3]);
});

test('weeks before the window and a missing start leave it empty', () => {
  expect(lastWeeks('2020-01-06', [9, 9], day('2026-02-18'), 3)).toEqual([0, 0, 0]);
  expect(lastWeeks(null, [9], day('2026-02-18'), 3)).toEqual([0, 0, 0]);
});

test('months are ticked on their first day, and January carries its year', () => {
  const ticks = monthTicks(day('2025-11-15'), day('2026-02-10'));
  expect(ticks.map((t) => t.label)).toEqual(['Dec', 'Jan 2026', 'Feb']);
  expect(ticks[1]!.at).toBe(day('2026-01-01'));
  expect(monthTicks(day('2025-11-15'), day('2025-11-20'))).toEqual([]);
});

test('a span without two months is ticked by days, and no more of them than fit', () => {
  const days = timeTicks(day('2026-04-05'), day('2026-04-15'), 5);
  expect(days.map((t) => t.label)).toEqual(['5 Apr 2026', '7 Apr', '9 Apr', '11 Apr', '13 Apr']);
  expect(timeTicks(day('2026-01-20'), day('2026-03-10'), 5).map((t) => t.label)).toEqual(['Feb', 'Mar']);
});

test('long spans are thinned to what fits', () => {
  expect(monthTicks(day('2000-01-01'), day('2026-01-01'), 10).length).toBeLessThanOrEqual(10);
});

test('coarsening keeps the sum', () => {
  const counts = Array.from({ length: 101 }, (_, i) => i);
  const { counts: few, by } = coarsen(counts, 25);
  expect(few.length).toBeLessThanOrEqual(25);
  expect(by).toBe(5);
  expect(few.reduce((a, b) => a + b)).toBe(counts.reduce((a, b) => a + b));
  expect(coarsen([1, 2], 25).counts).toEqual([1, 2]);
});
