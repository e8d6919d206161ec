/** Whether a media query holds now: for what the stylesheet alone cannot say. */
import { useSyncExternalStore } from 'react';

export const useMatch = (query: string): boolean =>
  useSyncExternalStore(
    (tell) => {
      const list = matchMedia(query);
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
    () => matchMedia(query).matches,
  );
