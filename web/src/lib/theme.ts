/** Light or dark: the person's choice, else the system's. */
import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';
const KEY = 'homeward.theme';
const listeners = new Set<() => void>();

const stored = (): Theme | null => {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
};

export const theme = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

export const startTheme = (): void => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = stored() ?? (system.matches ? 'dark' : 'light');
    for (const tell of listeners) tell();
  };
  system.addEventListener('change', apply);
  apply();
};

export const toggleTheme = (): void => {
  const next: Theme = theme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const tell of listeners) tell();
};

/** The theme as state, so that canvases are drawn again when it changes. */
export const useTheme = (): Theme =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, theme);
