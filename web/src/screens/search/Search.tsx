import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { unread } from '../../lib/again';
import { type FacetFilter, type SearchRequest, searchAds } from '../../lib/api.gen';
import { ApiError } from '../../lib/call';
import { many, range } from '../../lib/format';
import { useKeys } from '../../lib/keys';
import { useKeptPlace } from '../../lib/place';
import { navigate, useAddress, withParams } from '../../lib/router';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { More } from '../../ui/More';
import { Scroll } from '../../ui/Scroll';
import { AdItem } from '../../ui/AdText';
import { Failed, Loading } from '../../ui/states';
import { NetworkDialog } from '../asks/Network';
import { StartFrom } from '../asks/StartFrom';
import { Chosen } from './Chosen';
import { Facets } from './Facets';
import { WatchDialog } from '../watches/WatchDialog';
import { FoundMap } from './FoundMap';
import { Groups } from './Groups';
import { NothingFound } from './NothingFound';
import { HowToAsk, QueryBox } from './QueryBox';
import { TimeRange } from './TimeRange';
import { useRequest } from './useRequest';

const PAGE = 30;

export const Search = () => {
  const { request, setRequest, name, error, shown } = useRequest();
  const [hot, setHot] = useState<string | null>(null);
  const [watching, setWatching] = useState(false);
  const [starting, setStarting] = useState(false);
  const grouped = useAddress().searchParams.get('by') === 'group';
  const group = (on: boolean) => navigate(withParams({ by: on ? 'group' : null }), true);
  const [network, setNetwork] = useState<string | null>(null);
  useKeys([
    { keys: ['n'], label: 'Start from what is known', group: 'Search', run: () => setStarting(true) },
    { keys: ['o'], label: 'Ads, or by group', group: 'Search', run: () => group(!grouped) },
  ]);
  const hits = useInfiniteQuery({
    queryKey: ['search', request],
    queryFn: ({ pageParam, signal }) =>
      searchAds(
        { ...request, after: pageParam, limit: PAGE, facets: pageParam === null, map: pageParam === null },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: request !== null,
    placeholderData: keepPreviousData,
  });
  // The histogram spans all days of the search, so it is asked for without the range, after the hits.
  const whole = request && { ...request, first: null, last: null };
  const histogram = useQuery({
    queryKey: ['histogram', whole],
    queryFn: ({ signal }) => searchAds({ ...whole, limit: 0, facets: false, histogram: true }, signal),
    enabled: whole !== null && hits.isSuccess,
    placeholderData: keepPreviousData,
  });
  const first = hits.data?.pages[0];
  const settled = !hits.isPlaceholderData;
  const id = first && settled ? first.s : null;
  const box = useRef<HTMLDivElement>(null);
  useKeptPlace(id === null ? null : shown, box);
  const named = useRef(name);
  named.current = name;
  useEffect(() => {
    if (id) named.current(id);
  }, [id]);

  if (error)
    return (
      <div className="pad">
        <Failed heading="Search" error={error} what="The saved search could not be opened" />
        <p>
          <button
            type="button"
            className="button"
            onClick={() => {
              navigate('/search', true);
              setRequest({});
            }}
          >
            New search
          </button>
        </p>
      </div>
    );
  if (!request)
    return (
      <div className="pad">
        <Loading what="Opening the search" />
      </div>
    );

  const change = (part: Partial<SearchRequest>) => setRequest({ ...request, ...part });
  const setFilters = (filters: FacetFilter[]) => change({ filters });
  const refused =
    hits.error instanceof ApiError && [400, 422].includes(hits.error.status) ? hits.error : null;
  const asksSomething =
    (request.text ?? '') !== '' ||
    (request.filters ?? []).length > 0 ||
    Boolean(request.first ?? request.last);
  const listed = !refused && first?.total !== 0;
  const ads = hits.data?.pages.flatMap((p) => p.hits) ?? [];
  return (
    <div className="search">
      <Facets
        facets={first?.facets ?? []}
        filters={request.filters ?? []}
        refused={refused !== null}
        onChange={setFilters}
      />
      <div className="found">
        <div className="found-top">
          <h1 className="sr">Search</h1>
          <QueryBox
            text={request.text ?? ''}
            chips={settled ? (first?.chips ?? []) : []}
            refused={refused}
            onAsk={(text) => change({ text })}
          />
          <Chosen facets={first?.facets ?? []} filters={request.filters ?? []} onChange={setFilters} />
          <div className="found-line">
            <p aria-live="polite">
              {first && !refused && (
                <>
                  <b>{many(first.total, 'ad')}</b> {first.leads > 0 && <>in {many(first.leads, 'lead')}</>}
                  {first.first && <> · {range(first.first, first.last)}</>}
                </>
              )}
              {hits.isFetching && <span className="hint"> searching …</span>}
            </p>
            <span className="row">
              <fieldset className="tabs-pill small">
                <legend className="sr">How the ads are listed</legend>
                <button type="button" aria-pressed={!grouped} onClick={() => group(false)}>
                  Ads
                </button>
                <button type="button" aria-pressed={grouped} onClick={() => group(true)}>
                  By group
                </button>
              </fieldset>
              {(request.text ?? '') !== '' && !refused && (
                <button type="button" className="plain" onClick={() => setNetwork(request.text ?? '')}>
                  <Icon name="link" size={14} /> Whole network
                </button>
              )}
              {asksSomething && !refused && (
                <button type="button" className="plain" onClick={() => setWatching(true)}>
                  <Icon name="watch" size={14} /> Save this search
                </button>
              )}
              <button type="button" className="plain" onClick={() => setStarting(true)}>
                <Icon name="name" size={14} /> Start from what is known
              </button>
              <Link className="plain" to="/list">
                <Icon name="table" size={14} /> Search a list
              </Link>
            </span>
          </div>
          {!refused && (
            <TimeRange
              histogram={histogram.data?.histogram ?? null}
              first={request.first ?? null}
              last={request.last ?? null}
              onChange={(a, b) => change({ first: a, last: b })}
            />
          )}
        </div>
        <div className={listed ? 'found-body' : 'found-body no-map'}>
          <section className="hits" aria-label="Found ads">
            <Scroll
              label="Found ads, newest first"
              className={`pane-scroll${settled ? '' : ' greyed'}`}
              busy={hits.isFetching}
              box={box}
            >
              {refused && <HowToAsk />}
              {hits.isPending && !refused && <Loading lines={8} what="Searching" />}
              {unread(hits) && !refused && (
                <Failed error={hits.error} what="The search failed" retry={() => hits.refetch()} />
              )}
              {first && settled && first.total === 0 && (
                <NothingFound page={first} request={request} onChange={change} />
              )}
              {listed && first?.searched && (
                <div className="note warn" role="status">
                  <Icon name="warn" />
                  <p>{first.searched}</p>
                </div>
              )}
              {listed && grouped && <Groups request={request} />}
              {listed && !grouped && ads.map((ad) => <AdItem key={ad.id} ad={ad} showLead />)}
              {listed && !grouped && <More pages={hits} of="ads" shown={ads.length} total={first?.total} />}
            </Scroll>
          </section>
          {listed && <FoundMap map={first?.map ?? null} hot={hot} setHot={setHot} />}
        </div>
      </div>
      {watching && (
        <WatchDialog
          kind="search"
          name={request.text || 'A search'}
          request={request}
          onClose={() => setWatching(false)}
        />
      )}
      {starting && <StartFrom onClose={() => setStarting(false)} onAsk={(text) => setRequest({ text })} />}
      {network !== null && <NetworkDialog text={network} onClose={() => setNetwork(null)} />}
    </div>
  );
};
