import { expect, test } from 'vitest';
import type { LookRow } from '../api.gen';
import { openings } from '../looks';

const row = (seconds: number, what: string, more: Partial<LookRow> = {}): LookRow => ({
  at: new Date(Date.UTC(2026, 2, 1, 9, 0, seconds)).toISOString(),
  actor: 'ann',
  role: 'analyst',
  act: 'look',
  purpose: 'missing-person',
  what,
  ...more,
});
const told = (rows: LookRow[]) => openings(rows).map((one) => one.whats.join(' '));

test('what opening a dossier asked for within seconds is one line, each thing once', () => {
  expect(told([row(4, 'ads'), row(3, 'ads'), row(1, 'links'), row(0, 'identity')])).toEqual([
    'identity links ads',
  ]);
});

test('other people, purposes and times, and every other act, keep lines of their own', () => {
  expect(told([row(9, 'ads'), row(0, 'ads')])).toEqual(['ads', 'ads']);
  expect(told([row(1, 'ads', { actor: 'bea' }), row(0, 'links')])).toEqual(['ads', 'links']);
  expect(told([row(1, 'ads', { purpose: 'audit' }), row(0, 'links')])).toEqual(['ads', 'links']);
  expect(told([row(1, 'ads', { act: 'export' }), row(0, 'links')])).toEqual(['ads', 'links']);
});

test('every look is in exactly one line', () => {
  const rows = [row(9, 'c'), row(7, 'b'), row(3, 'a'), row(0, 'd', { actor: 'bea' })];
  expect(
    openings(rows)
      .flatMap((one) => one.whats)
      .sort(),
  ).toEqual(['a', 'b', 'c', 'd']);
});
