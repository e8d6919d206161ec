/** What somebody marked as urgent leaves the screens that are open, not only those that are opened. */
import { type QueryClient, type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Session, waitForNews } from '../lib/api.gen';
import { answered, type Next, refused, WAIT_S } from '../lib/news';

const STILL_MS = 1000; // a page's own requests go first
const MOST_MS = 10_000; // but not for ever

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });

/** Wait until nothing was asked for a second. */
const still = async (client: QueryClient, signal: AbortSignal): Promise<void> => {
  let quiet = 0;
  for (let waited = 0; quiet < STILL_MS && waited < MOST_MS && !signal.aborted; waited += 100) {
    await rest(100, signal);
    quiet = client.isFetching() ? 0 : quiet + 100;
  }
};

const once = async (word: string, failures: number, signal: AbortSignal): Promise<Next> => {
  const began = performance.now();
  try {
    const said = await waitForNews({ after: word, seconds: WAIT_S }, signal);
    return answered(word, said.news, performance.now() - began, failures);
  } catch (error) {
    return refused(error, failures);
  }
};

/** Wait for another word than the session was read at, again and again, until it is told to stop. */
const listen = async (client: QueryClient, word: string, signal: AbortSignal): Promise<void> => {
  let failures = 0;
  while (!signal.aborted) {
    const next = await once(word, failures, signal);
    if (signal.aborted) return;
    if (next.read) void client.invalidateQueries({ queryKey: ['session'] });
    failures = next.failures;
    if (next.rest) await rest(next.rest, signal);
  }
};

/** Ask for everything anew once other ads are withheld: within a second where the window is in sight. */
export const useWithheld = (session: UseQueryResult<Session>, outside: boolean): void => {
  const client = useQueryClient();
  const withheld = session.data?.withheld;
  const before = useRef(withheld);
  useEffect(() => {
    if (before.current !== undefined && withheld !== undefined && before.current !== withheld)
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    before.current = withheld ?? before.current;
  }, [withheld, client]);
  const word = session.data?.news;
  const listens = !outside && !session.error && word !== undefined;
  const begun = useRef(false);
  useEffect(() => {
    if (!listens) return;
    let stop = new AbortController();
    // A window out of sight holds no connection: a browser has six to a server, for all its windows.
    const follow = async () => {
      stop.abort();
      stop = new AbortController();
      if (document.visibilityState === 'hidden') return;
      const { signal } = stop;
      if (!begun.current) await still(client, signal);
      if (signal.aborted) return;
      begun.current = true;
      await listen(client, word, signal);
    };
    void follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      stop.abort();
      document.removeEventListener('visibilitychange', follow);
    };
  }, [listens, word, client]);
};
