/** The first script: it asks for what the first screen needs while the program itself is still on its way. */
import { setStored, stored } from './stored';

const ASKED = { Accept: 'application/json', 'X-Homeward': '1' };
const KEPT_MS = 10_000; // from the page's start: a later question is a new one

export const PAGE = 40; // leads of the queue at a time: some screens full
export type TabName = 'new' | 'priority' | 'handled';
const TABS: readonly TabName[] = ['new', 'priority', 'handled'];

export type Asked = Record<string, string | number | boolean | null | undefined>;

/** An API path with its parameters; those that are not set are left out. */
export const withQuery = (path: string, q?: Asked): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(q ?? {})) if (value != null) params.set(key, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
};

/** What triage asks for at an address: a tab, filters, and whether of one's own area and day only. */
export const queueQuery = (params: URLSearchParams) => {
  const asked = params.get('tab') as TabName;
  const tab = TABS.includes(asked) ? asked : 'new';
  const [place, venue, days] = ['place', 'venue', 'days'].map((name) => params.get(name) || null);
  const filtered = [place, venue, days].some((one) => one != null);
  const mine = tab === 'new' && params.get('view') !== 'all' && !filtered;
  return { tab, mine, limit: PAGE, place, venue, active_days: days ? Number(days) : null };
};

const answers = new Map<string, Promise<unknown>>();
const arrived = new Map<string, unknown>();

/** Read every answer to its end: one whose body stays unread keeps its connection open. */
const read = async (answer: Response): Promise<unknown> => {
  if (answer.ok) return answer.json();
  await answer.body?.cancel();
  return null;
};

const keep = (path: string, answer: Promise<unknown>): void => {
  answer.then((said) => said !== null && arrived.set(path, said)).catch(() => undefined);
  answers.set(path, answer);
};

const get = (path: string): Promise<unknown> =>
  fetch(path, { headers: ASKED, credentials: 'same-origin' }).then(read);

const ask = (path: string): Promise<unknown> => {
  const answer = get(path);
  keep(path, answer);
  return answer;
};

/** What was answered to a question that was asked ahead, once; nothing where it failed: ask again. */
export const takeAhead = async (path: string): Promise<unknown> => {
  const answer = performance.now() < KEPT_MS ? answers.get(path) : undefined;
  answers.delete(path);
  arrived.delete(path);
  return (await answer?.catch(() => null)) ?? null;
};

/** The same without waiting: nothing where the answer is not there yet, which leaves it for `takeAhead`. */
export const takeArrived = <T>(path: string): T | undefined => {
  const answer = performance.now() < KEPT_MS ? arrived.get(path) : undefined;
  if (answer === undefined) return undefined;
  answers.delete(path);
  arrived.delete(path);
  return answer as T;
};

let asking: Promise<unknown> = Promise.resolve();

/** Wait until all that was asked ahead is answered, or for some milliseconds. */
export const answeredWithin = (ms: number): Promise<unknown> =>
  Promise.race([asking, new Promise((done) => setTimeout(done, ms))]);

export const leadPath = (id: string): string => `/api/leads/${encodeURIComponent(id)}`;
export const identityPath = (id: string): string => `/api/identities/${encodeURIComponent(id)}`;
export const queuePath = (params: URLSearchParams): string =>
  withQuery('/api/leads', { ...queueQuery(params) });

/** Of a queue, the lead that is shown: the one the address names, or the first. */
export const shownOf = <L extends { id: string }>(leads: L[], params: URLSearchParams): L | undefined =>
  leads.find((lead) => lead.id === params.get('lead')) ?? leads[0];

interface Opened {
  opened: { lead: { id: string } } | null;
}

/** The queue, and with it the lead that is shown: to be asked for each by itself, as the screen does. */
const askTriage = (params: URLSearchParams): Promise<unknown> => {
  const path = queuePath(params);
  const open = new URLSearchParams({ open: params.get('lead') ?? 'first' });
  const list = get(`${path}&${open}`).then((said) => {
    const opened = (said as Opened | null)?.opened;
    if (!opened) return said;
    keep(leadPath(opened.lead.id), Promise.resolve(opened));
    return { ...(said as Opened), opened: null };
  });
  keep(path, list);
  return list;
};

const ELSEWHERE = 'homeward.elsewhere';

/** Keep in this browser whether whoever came last begins at another screen than triage. */
export const keepBeginning = (elsewhere: boolean): void => setStored(ELSEWHERE, elsewhere ? 'yes' : null);

/** Ask for what a screen shows first; what is not known here the screen asks for itself. */
export const askAhead = (url: URL): void => {
  const [first, id] = url.pathname.split('/').filter(Boolean);
  if (first === 'join' || first === 'door') return;
  const asked = [ask('/api/session')];
  // To ask in vain would leave a refusal in the log, each time that they come.
  if ((!first || first === 'triage') && stored(ELSEWHERE) === null) asked.push(askTriage(url.searchParams));
  if (first === 'identity' && id) asked.push(ask(identityPath(decodeURIComponent(id))));
  asking = Promise.allSettled(asked);
};

if (globalThis.location) askAhead(new URL(location.href));
