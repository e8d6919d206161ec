import { expect, test } from 'vitest';
import type { AdHit } from '../../lib/api.gen';
import { byIdentity } from '../search/Hits';

const ad = (id: string, identity: string | null) => ({ id, identity }) as AdHit;

test('ads come by their group, in the order of its first ad, and those of none last', () => {
  const groups = byIdentity([ad('1', null), ad('2', 'n2'), ad('3', 'n1'), ad('4', 'n2')]);

  expect(groups.map((g) => [g.identity, g.ads.map((a) => a.id)])).toEqual([
    ['n2', ['2', '4']],
    ['n1', ['3']],
    [null, ['1']],
  ]);
  expect(byIdentity([])).toEqual([]);
});
