/** The address bar as state: a path and its parameters. It never carries a number, a name or words. */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const notify = () => {
  for (const tell of listeners) tell();
};
globalThis.addEventListener?.('popstate', notify);

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useAddress = (): URL => {
  const href = useSyncExternalStore(subscribe, () => location.href);
  return new URL(href);
};

export const navigate = (to: string, replace = false): void => {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  notify();
};

/** Return the current address with some parameters set, or dropped where the value is null. */
export const withParams = (changes: Record<string, string | null>): string => {
  const url = new URL(location.href);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  return url.pathname + url.search;
};
