import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { unread } from '../lib/again';
import { keepBeginning } from '../lib/ahead';
import { getSession } from '../lib/api.gen';
import { ApiError } from '../lib/call';
import { navigate, useAddress } from '../lib/router';
import { Boundary } from '../ui/Boundary';
import { Link } from '../ui/Link';
import { Empty, Failed, Loading } from '../ui/states';
import { Back } from './door/Back';
import { Banner } from './door/Banner';
import { Door } from './door/Door';
import { Join } from './door/Join';
import { Purpose } from './door/Purpose';
import { Shell } from './Shell';
import { Triage } from './triage/Triage';
import { useWithheld } from './withheld';

const Search = lazy(() => import('./search/Search').then((m) => ({ default: m.Search })));
const Dossier = lazy(() => import('./dossier/Dossier').then((m) => ({ default: m.Dossier })));
const ListSearch = lazy(() => import('./asks/ListSearch').then((m) => ({ default: m.ListSearch })));
const AddAd = lazy(() => import('./asks/AddAd').then((m) => ({ default: m.AddAd })));
const Ad = lazy(() => import('./ad/Ad').then((m) => ({ default: m.Ad })));
const Account = lazy(() => import('./people/Account').then((m) => ({ default: m.Account })));
const Urgent = lazy(() => import('./urgent/Urgent').then((m) => ({ default: m.Urgent })));
const Audit = lazy(() => import('./audit/Audit').then((m) => ({ default: m.Audit })));
const Cases = lazy(() => import('./cases/Cases').then((m) => ({ default: m.Cases })));
const Case = lazy(() => import('./cases/Case').then((m) => ({ default: m.Case })));
const Watches = lazy(() => import('./watches/Watches').then((m) => ({ default: m.Watches })));
const Records = lazy(() => import('./records/Records').then((m) => ({ default: m.Records })));
const Admin = lazy(() => import('./people/Admin').then((m) => ({ default: m.Admin })));

const screenFor = (path: string) => {
  const [first, id] = path.split('/').filter(Boolean);
  if (!first || first === 'triage') return <Triage />;
  if (first === 'search') return <Search />;
  if (first === 'list') return <ListSearch />;
  if (first === 'add') return <AddAd />;
  if (first === 'identity' && id) return <Dossier key={id} id={id} />;
  if (first === 'ad' && id) return <Ad key={id} id={id} />;
  if (first === 'account') return <Account />;
  if (first === 'urgent') return <Urgent />;
  if (first === 'audit') return <Audit />;
  if (first === 'cases') return id ? <Case key={id} id={id} /> : <Cases />;
  if (first === 'watches') return <Watches />;
  if (first === 'people') return <Admin />;
  if (first === 'records') return <Records />;
  return (
    <Empty title="There is no such page.">
      <p>
        <Link to="/triage">Go to Triage</Link>
      </p>
    </Empty>
  );
};

const BEGINS: Record<string, string> = {
  administrator: '/people',
  auditor: '/audit',
  'records-officer': '/records',
  'external-reviewer': '/cases',
  'ngo-reporter': '/account',
};

/** Where nobody is looked for, so that no purpose has to be stated first. */
const PURPOSELESS = ['account', 'people', 'audit', 'records', 'cases'];

const TITLES: Record<string, string> = {
  search: 'Search',
  list: 'Search a list',
  add: 'Add an ad',
  identity: 'Dossier',
  ad: 'Ad',
  account: 'Account',
  people: 'People',
  urgent: 'Urgent',
  watches: 'Watches',
  cases: 'Cases',
  audit: 'Audit log',
  records: 'Records',
  join: 'Welcome',
  door: 'Coming in',
};

export const App = () => {
  const address = useAddress();
  const first = address.pathname.split('/')[1] ?? '';
  const outside = first === 'join' || first === 'door';
  const session = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => getSession(signal),
    refetchInterval: outside ? false : 60_000,
    enabled: !outside,
  });
  useWithheld(session, outside);
  useEffect(() => {
    document.title = `${TITLES[first] ?? 'Triage'} · Homeward`;
  }, [first]);
  // Whoever leaves a screen loses what had the focus; the next one begins at its content, not at the rail.
  const path = useRef(address.pathname);
  useEffect(() => {
    if (path.current === address.pathname) return;
    path.current = address.pathname;
    if (document.activeElement === document.body || document.activeElement === null)
      document.getElementById('main')?.focus({ preventScroll: true });
  }, [address.pathname]);
  useEffect(() => {
    if (location.pathname === '/') navigate('/triage', true);
  }, []);
  // Who reads no ad begins where their work is, and asks for nothing that would be refused.
  const role = session.data?.role;
  const own = address.pathname === '/triage' ? BEGINS[role ?? ''] : undefined;
  useEffect(() => {
    if (role) keepBeginning(role in BEGINS);
  }, [role]);
  useEffect(() => {
    if (own) navigate(own, true);
  }, [own]);
  if (first === 'join') return <Join />;
  if (first === 'door') return <Back />;
  if (session.error instanceof ApiError && session.error.kind === 'sign-in') return <Door />;
  if (session.error instanceof ApiError && session.error.kind === 'banner') return <Banner />;
  if (session.data?.asks_purpose && !PURPOSELESS.includes(first)) return <Purpose />;
  return (
    <Shell session={session.data ?? null} at={first || 'triage'}>
      {unread(session) ? (
        <div className="pad">
          <Failed
            heading="Homeward"
            error={session.error}
            what="The session could not be read"
            retry={() => session.refetch()}
          />
        </div>
      ) : (
        <Boundary key={first}>
          <Suspense
            fallback={
              <div className="pad">
                <Loading what="Loading the screen" />
              </div>
            }
          >
            {session.data && !own && screenFor(address.pathname)}
          </Suspense>
        </Boundary>
      )}
    </Shell>
  );
};
