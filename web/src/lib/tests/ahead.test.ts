import { afterEach, expect, test, vi } from 'vitest';
import { askAhead, keepBeginning, queuePath, queueQuery, takeAhead } from '../ahead';

const leads = [{ id: 'k1' }, { id: 'k2' }];
const queue = queuePath(new URLSearchParams());
const answered: Record<string, [number, unknown]> = {
  '/api/session': [200, { actor: 'ann' }],
  [`${queue}&open=first`]: [200, { leads, opened: { lead: leads[0] } }],
  [`${queue}&open=k2`]: [200, { leads, opened: { lead: leads[1] } }],
  '/api/identities/n1': [404, {}],
};
const asked: string[] = [];

const closed: string[] = [];
const body = (path: string, text: string) =>
  new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode(text)),
    pull: (stream) => stream.close(),
    cancel: () => void closed.push(path),
  });

const listen = () => {
  asked.length = 0;
  closed.length = 0;
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const [status, said] = answered[path] ?? [500, {}];
    return new Response(body(path, JSON.stringify(said)), { status });
  });
};
const settled = () => new Promise((done) => setTimeout(done, 20));

afterEach(() => vi.unstubAllGlobals());

test('triage is asked for with its first lead, and each answer is given once', async () => {
  listen();
  askAhead(new URL('app://here/triage'));
  await settled();
  expect(asked).toHaveLength(2);
  expect(await takeAhead('/api/leads/k1')).toEqual({ lead: { id: 'k1' } });
  expect(await takeAhead('/api/leads/k1')).toBeNull();
  expect(await takeAhead(queue)).toEqual({ leads, opened: null });
});

test('a lead named in the address is the one asked for', async () => {
  listen();
  askAhead(new URL('app://here/triage?lead=k2'));
  await settled();
  expect(await takeAhead('/api/leads/k2')).toEqual({ lead: { id: 'k2' } });
  expect(await takeAhead('/api/leads/k1')).toBeNull();
});

test('what was refused is asked for again by the screen, and holds no connection', async () => {
  listen();
  askAhead(new URL('app://here/identity/n1'));
  await settled();
  expect(closed).toContain('/api/identities/n1');
  expect(await takeAhead('/api/identities/n1')).toBeNull();
});

test('an invitation asks for nothing', async () => {
  listen();
  askAhead(new URL('app://here/join#secret'));
  await settled();
  expect(asked).toEqual([]);
});

test('a filter shows all places, and no filter one’s own day', () => {
  expect(queueQuery(new URLSearchParams()).mine).toBe(true);
  expect(queueQuery(new URLSearchParams('view=all')).mine).toBe(false);
  expect(queueQuery(new URLSearchParams('place=Reno')).mine).toBe(false);
  expect(queueQuery(new URLSearchParams('tab=handled')).mine).toBe(false);
});

test('who begins elsewhere asks for no lead that would be refused, and who comes after them does', async () => {
  listen();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  keepBeginning(true);
  askAhead(new URL('app://here/'));
  expect(asked).toEqual(['/api/session']);
  keepBeginning(false);
  askAhead(new URL('app://here/'));
  expect(asked).toContain(`${queue}&open=first`);
  await settled();
});
