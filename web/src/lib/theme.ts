/** Light or dark: the person's choice, else the system's. */
import { useSyncExternalStore } from 'react';
import { setStored, stored } from './stored';

export type Theme = 'light' | 'dark';
const KEY = 'homeward.theme';
const listeners = new Set<() => void>();

const chosen = (): Theme | null => {
  const value = stored(KEY);
  return value === 'light' || value === 'dark' ? value : null;
};

export const theme = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

export const startTheme = (): void => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
    for (const tell of listeners) tell();
  };
  system.addEventListener('change', apply);
  apply();
};

export const toggleTheme = (): void => {
  const next: Theme = theme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  setStored(KEY, next);
  for (const tell of listeners) tell();
};

/** The theme as state, so that canvases are drawn again when it changes. */
export const useTheme = (): Theme =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, theme);
