import { useEffect, useSyncExternalStore } from 'react';

let current: { text: string; at: number } | null = null;
const listeners = new Set<() => void>();
const set = (next: typeof current) => {
  current = next;
  for (const tell of listeners) tell();
};

/** Say a sentence once, on the screen and to screen readers. */
export const say = (text: string): void => set({ text, at: performance.now() });

export const Toast = () => {
  const shown = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => current,
  );
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => set(null), 7000);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div className="toast-place" role="status" aria-live="polite">
      {shown && <div className="toast">{shown.text}</div>}
    </div>
  );
};
