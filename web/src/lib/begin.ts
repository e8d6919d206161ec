/** What was asked ahead and is answered, put where the screens look for it: so they are drawn whole at once. */
import type { QueryClient } from '@tanstack/react-query';
import { answeredWithin, identityPath, leadPath, queuePath, queueQuery, shownOf, takeArrived } from './ahead';
import type { IdentityPage, LeadList, LeadPage, Session } from './api.gen';

const WAIT_MS = 150; // nobody sees a skeleton earlier than this; an answer that comes later is drawn when it comes

const fillTriage = (client: QueryClient, params: URLSearchParams): void => {
  const list = takeArrived<LeadList>(queuePath(params));
  if (!list) return;
  client.setQueryData(['leads', queueQuery(params)], { pages: [list], pageParams: [null] });
  const shown = shownOf(list.leads, params);
  const lead = shown && takeArrived<LeadPage>(leadPath(shown.id));
  if (lead) client.setQueryData(['lead', shown.id], lead);
};

/** Fill the cache that the first screen reads, with as much as came in time. */
export const begin = async (client: QueryClient, url: URL): Promise<void> => {
  await answeredWithin(WAIT_MS);
  const session = takeArrived<Session>('/api/session');
  if (session) client.setQueryData(['session'], session);
  const [first, id] = url.pathname.split('/').filter(Boolean);
  if (!first || first === 'triage') fillTriage(client, url.searchParams);
  if (first !== 'identity' || !id) return;
  const page = takeArrived<IdentityPage>(identityPath(decodeURIComponent(id)));
  if (page) client.setQueryData(['identity', id], page);
};
