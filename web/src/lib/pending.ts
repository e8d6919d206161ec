/** What moves between screens without the address bar: the words of a search, and the last decision. */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const tell = () => {
  for (const one of listeners) one();
};
const subscribe = (one: () => void) => {
  listeners.add(one);
  return () => listeners.delete(one);
};

let asked: { text: string; n: number } | null = null;
/** Ask the search screen for these words. `n` makes the same words asked twice two questions. */
export const ask = (text: string): void => {
  asked = { text, n: (asked?.n ?? 0) + 1 };
  tell();
};
export const useAsked = () => useSyncExternalStore(subscribe, () => asked);

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
