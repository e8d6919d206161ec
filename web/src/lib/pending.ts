/** What moves between screens without the address bar: the words of a search, and the last decision. */
import { useSyncExternalStore } from 'react';
import type { SearchRequest } from './api.gen';

const listeners = new Set<() => void>();
const tell = () => {
  for (const one of listeners) one();
};
const subscribe = (one: () => void) => {
  listeners.add(one);
  return () => listeners.delete(one);
};

let search: SearchRequest = {};
/** Keep a search, so that the search screen opens with it. */
export const keepSearch = (request: SearchRequest): void => {
  search = request;
};
export const keptSearch = (): SearchRequest => search;

export interface LastDecision {
  lead: string;
  decision: string;
  rank: number;
}
let last: LastDecision | null = null;
/** Remember the last decision, so that it can be undone also after leaving the lead. */
export const setLastDecision = (next: LastDecision | null): void => {
  last = next;
  tell();
};
export const useLastDecision = () => useSyncExternalStore(subscribe, () => last);

let queue = 'view=all';
/** The queue that was looked at last: one comes back to it from a dossier, not to another. */
export const keepQueue = (params: URLSearchParams): void => {
  queue = params.toString();
};
/** The address of that queue, with a lead chosen in it. */
export const queueAddress = (lead: string | undefined): string => {
  const params = new URLSearchParams(queue);
  if (lead) params.set('lead', lead);
  return `/triage?${params}`;
};
