/** The one registry of keys: what the screens listen to is what the `?` dialog lists. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { setStored, stored } from './stored';

export interface Binding {
  keys: string[]; // "j", "Enter", "g t"
  label: string;
  run: () => void;
  group?: string;
  hidden?: boolean; // not listed, as in a dialog that names its keys itself
}

const OFF = 'homeward.keys';
const stack: Binding[][] = [];
const listeners = new Set<() => void>();
let version = 0;
let pending = '';
let pendingAt = 0;
let enabled = stored(OFF) !== 'off';

const changed = () => {
  version += 1;
  for (const tell of listeners) tell();
};
const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const keysEnabled = (): boolean => enabled;
export const useKeysEnabled = (): boolean => useSyncExternalStore(subscribe, keysEnabled);
export const setKeysEnabled = (on: boolean): void => {
  enabled = on;
  setStored(OFF, on ? 'on' : 'off');
  changed();
};

/** What is bound at present, for the help dialog. */
export const useBindings = (): Binding[] => {
  useSyncExternalStore(subscribe, () => version);
  return stack.flat().filter((b) => !b.hidden);
};

/** Bind keys while the component is shown. The latest component wins; `modal` silences the others. */
export const useKeys = (bindings: Binding[], on = true): void => {
  const latest = useRef(bindings);
  latest.current = bindings;
  const signature = bindings.map((b) => b.keys.join() + b.label).join('|');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the bindings
  useEffect(() => {
    if (!on) return;
    const layer = latest.current.map((b, i) => ({ ...b, run: () => latest.current[i]?.run() }));
    stack.push(layer);
    changed();
    return () => {
      stack.splice(stack.indexOf(layer), 1);
      changed();
    };
  }, [signature, on]);
};

const TYPING = 'input:not([type=checkbox],[type=radio],[type=range]),textarea,select,[contenteditable]';
const SEQUENCE_MS = 1200;

const onKey = (event: KeyboardEvent): void => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return;
  // Enter and Space belong to the button or link that has the focus.
  if ((event.key === 'Enter' || event.key === ' ') && target?.closest('button,a,summary')) return;
  // An open dialog silences the screen behind it; one with keys of its own has them marked hidden.
  const modal = document.querySelector('dialog[open]');
  if (modal && !modal.hasAttribute('data-keys')) return;
  const bound = stack.flat().filter((b) => !modal || b.hidden);
  if (!enabled && event.key.length === 1) return;
  const sequence = event.timeStamp - pendingAt < SEQUENCE_MS ? `${pending} ${event.key}` : '';
  pending = '';
  for (const wanted of [sequence, event.key]) {
    if (!wanted) continue;
    const found = bound.findLast((b) => b.keys.includes(wanted));
    if (found) {
      event.preventDefault();
      found.run();
      return;
    }
  }
  if (bound.some((b) => b.keys.some((k) => k.startsWith(`${event.key} `)))) {
    pending = event.key;
    pendingAt = event.timeStamp;
  }
};
globalThis.addEventListener?.('keydown', onKey);
