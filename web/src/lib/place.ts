/** How far a list was scrolled: one comes back to it there, and a new list begins at its top. */
import { type RefObject, useEffect } from 'react';

const places = new Map<string, readonly [box: number, page: number]>();
const MOST = 50; // of one visit; the oldest is forgotten

/** Keep the place in a list under a key, and go back to it; null while the list is not there. */
export const useKeptPlace = (key: string | null, box: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const list = box.current;
    if (!key || !list) return;
    const [inBox, onPage] = places.get(key) ?? [0, 0];
    list.scrollTop = inBox;
    if (places.has(key)) scrollTo(0, onPage); // in a narrow window the page itself scrolls
    const keep = () => {
      places.delete(key);
      places.set(key, [list.scrollTop, scrollY]);
      const oldest = places.keys().next().value;
      if (places.size > MOST && oldest !== undefined) places.delete(oldest);
    };
    list.addEventListener('scroll', keep, { passive: true });
    globalThis.addEventListener('scroll', keep, { passive: true });
    return () => {
      list.removeEventListener('scroll', keep);
      globalThis.removeEventListener('scroll', keep);
    };
  }, [key, box]);
};
