/** Waiting for the server's word that what is withheld changed; it tells nothing else. */
import { ApiError } from './call';

export const WAIT_S = 15; // seconds that one request waits at the server
const LATER_MS = 30_000; // where this person's windows wait already as many as may
const LONGEST_MS = 60_000; // between two tries: what is asked every minute goes on anyway

/** What to do after an answer, or after none: whether to read the session again, and how long to rest. */
export interface Next {
  read: boolean;
  rest: number;
  failures: number;
}

const after = (failures: number): number => Math.min(LONGEST_MS, 1000 * 2 ** failures);

/** An answer: another word is news; the same word, sooner than asked for, is a server that stops. */
export const answered = (before: string, word: string, tookMs: number, failures: number): Next => {
  if (word !== before) return { read: true, rest: after(failures), failures: failures + 1 };
  if (tookMs < 1000) return { read: false, rest: after(failures), failures: failures + 1 };
  return { read: false, rest: 0, failures: 0 };
};

/** No answer: signed out is told at once, too many windows come again later, all else waits ever longer. */
export const refused = (error: unknown, failures: number): Next => {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 401 || status === 403) return { read: true, rest: LONGEST_MS, failures: failures + 1 };
  return { read: false, rest: status === 429 ? LATER_MS : after(failures), failures: failures + 1 };
};
