import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { askAhead, queuePath, queueQuery, takeAhead } from '../ahead';
import { begin } from '../begin';

const late = 400; // milliseconds: longer than the first drawing waits

const answering = (slow: string[]) =>
  vi.stubGlobal('fetch', async (path: string) => {
    if (slow.some((one) => path.startsWith(one))) await new Promise((done) => setTimeout(done, late));
    const both = { leads: [{ id: 'k1' }], opened: { lead: { id: 'k1' } } };
    const said = path.startsWith('/api/leads?') ? both : { of: path };
    return new Response(JSON.stringify(said));
  });
const here = new URL('app://here/triage');
const listKey = ['leads', queueQuery(here.searchParams)];

afterEach(() => vi.unstubAllGlobals());

test('what was answered in time stands in the cache, and is asked for no more', async () => {
  answering([]);
  askAhead(here);
  const client = new QueryClient();
  await begin(client, here);
  expect(client.getQueryData(['session'])).toEqual({ of: '/api/session' });
  expect(client.getQueryData(listKey)).toMatchObject({ pages: [{ leads: [{ id: 'k1' }] }] });
  expect(client.getQueryData(['lead', 'k1'])).toEqual({ lead: { id: 'k1' } });
  expect(await takeAhead(queuePath(here.searchParams))).toBeNull();
});

test('a late answer is not waited for, and is still there for the screen', async () => {
  answering(['/api/session']);
  askAhead(here);
  const client = new QueryClient();
  await begin(client, here);
  expect(client.getQueryData(['session'])).toBeUndefined();
  expect(client.getQueryData(['lead', 'k1'])).toBeDefined();
  expect(await takeAhead('/api/session')).toEqual({ of: '/api/session' });
});
