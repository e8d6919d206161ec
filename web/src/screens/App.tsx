import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { getSession } from '../lib/api.gen';
import { navigate, useAddress } from '../lib/router';
import { Boundary } from '../ui/Boundary';
import { Link } from '../ui/Link';
import { Empty, Failed, Loading } from '../ui/states';
import { Shell } from './Shell';
import { Triage } from './triage/Triage';

const Search = lazy(() => import('./search/Search').then((m) => ({ default: m.Search })));
const Dossier = lazy(() => import('./dossier/Dossier').then((m) => ({ default: m.Dossier })));
const Ad = lazy(() => import('./ad/Ad').then((m) => ({ default: m.Ad })));

const screenFor = (path: string) => {
  const [first, id] = path.split('/').filter(Boolean);
  if (!first || first === 'triage') return <Triage />;
  if (first === 'search') return <Search />;
  if (first === 'identity' && id) return <Dossier key={id} id={id} />;
  if (first === 'ad' && id) return <Ad key={id} id={id} />;
  return (
    <Empty title="There is no such page.">
      <p>
        <Link to="/triage">Go to Triage</Link>
      </p>
    </Empty>
  );
};

const TITLES: Record<string, string> = { search: 'Search', identity: 'Dossier', ad: 'Ad' };

export const App = () => {
  const address = useAddress();
  const session = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => getSession(signal),
    refetchInterval: 60_000,
  });
  const first = address.pathname.split('/')[1] ?? '';
  useEffect(() => {
    document.title = `${TITLES[first] ?? 'Triage'} · Homeward`;
  }, [first]);
  useEffect(() => {
    if (location.pathname === '/') navigate('/triage', true);
  }, []);
  return (
    <Shell session={session.data ?? null} at={first || 'triage'}>
      {session.isError ? (
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
            {screenFor(address.pathname)}
          </Suspense>
        </Boundary>
      )}
    </Shell>
  );
};
