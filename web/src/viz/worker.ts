/** Workers start through the one Trusted Types policy, which admits addresses of our own server only. */
import layoutUrl from './layout.worker.ts?worker&url';
import type { LayoutRequest } from './layout';

interface Policy {
  createScriptURL: (url: string) => string;
}
interface Factory {
  createPolicy: (name: string, rules: Policy) => Policy;
}

const own = (url: string): string => {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('blocked');
  return url;
};
const trusted = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = trusted?.createPolicy('app', { createScriptURL: own });

let worker: Worker | null = null;
let jobs = 0;

/** Lay a graph out in the worker; an aborted request is never answered. */
export const layOut = (request: LayoutRequest, signal: AbortSignal): Promise<Float32Array> => {
  worker ??= new Worker(policy ? policy.createScriptURL(layoutUrl) : own(layoutUrl), { type: 'module' });
  const here = worker;
  jobs += 1;
  const job = jobs;
  return new Promise((resolve, reject) => {
    const off = new AbortController();
    here.addEventListener(
      'message',
      (e: MessageEvent<{ job: number; places: Float32Array }>) => {
        if (e.data.job !== job) return;
        off.abort();
        resolve(e.data.places);
      },
      { signal: off.signal },
    );
    here.addEventListener('error', () => reject(new Error('The layout failed')), { signal: off.signal });
    signal.addEventListener('abort', () => off.abort(), { once: true });
    here.postMessage({ ...request, job });
  });
};
