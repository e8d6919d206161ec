/** A gentle word after an hour without a pause. It is counted in this page alone, and sent nowhere. */
const MINUTE = 60_000;
export const PAUSE = 5; // minutes without a key or a pointer that count as a pause
export const LONG = 60; // minutes of work after which a pause is suggested

/** Counts minutes of work: each call is a minute; tells whether it is time for a pause. */
export const counter = () => {
  let worked = 0;
  let still = 0;
  return (active: boolean): boolean => {
    still = active ? 0 : still + 1;
    worked = still >= PAUSE ? 0 : worked + 1;
    if (worked < LONG) return false;
    worked = 0;
    return true;
  };
};

/** Calls `suggest` when somebody has worked for an hour without a pause; returns how to stop. */
export const watchBreaks = (suggest: () => void): (() => void) => {
  let active = false;
  const touch = () => {
    active = true;
  };
  const next = counter();
  const timer = setInterval(() => {
    if (next(active)) suggest();
    active = false;
  }, MINUTE);
  for (const kind of ['keydown', 'pointerdown', 'wheel']) addEventListener(kind, touch, { passive: true });
  return () => {
    clearInterval(timer);
    for (const kind of ['keydown', 'pointerdown', 'wheel']) removeEventListener(kind, touch);
  };
};
