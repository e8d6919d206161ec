/** What becomes of a screen when what stands on it could not be read again. */
import type { Query } from '@tanstack/react-query';
import { ApiError } from './call';

/** Answers after which nothing stays in sight: it is gone, or no longer for whoever reads here. */
const WITHDRAWN = [401, 403, 404, 410];

const withdrawn = (error: unknown): boolean => error instanceof ApiError && WITHDRAWN.includes(error.status);

interface Read {
  isError: boolean;
  data: unknown;
  error: unknown;
}

/**
 * Whether there is nothing to show but the failure: what was asked for was never read, or is withdrawn.
 *
 * Where reading it again failed for another reason, what was read before stays, and with it the words that
 * somebody is typing there. The shell tells of it (`Outdated`).
 */
export const unread = <R extends Read>(read: R): read is Extract<R, { isLoadingError: true }> =>
  read.isError && (read.data === undefined || withdrawn(read.error));

/** Of all that was ever read: what is on the screen as it was before the last reading failed. */
export const outdated = (reads: Query[]): Query[] =>
  reads.filter(
    ({ state }) => state.status === 'error' && state.data !== undefined && !withdrawn(state.error),
  );
