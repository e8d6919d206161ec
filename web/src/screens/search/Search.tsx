import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type FacetFilter, getSearch, type SearchRequest, searchAds } from '../../lib/api.gen';
import { ApiError } from '../../lib/call';
import { count, many, range } from '../../lib/format';
import { keepSearch, keptSearch } from '../../lib/pending';
import { navigate, useAddress, withParams } from '../../lib/router';
import { AdItem } from '../../ui/AdText';
import { Failed, Loading } from '../../ui/states';
import { Facets } from './Facets';
import { FoundMap } from './FoundMap';
import { NothingFound } from './NothingFound';
import { QueryBox } from './QueryBox';
import { TimeRange } from './TimeRange';
import { Scroll } from '../../ui/Scroll';

const PAGE = 30;

const clean = (r: SearchRequest): SearchRequest => ({
  text: r.text ?? '',
  filters: r.filters ?? [],
  first: r.first ?? null,
  last: r.last ?? null,
});

/** The request in force: from the address bar's opaque id at first, then from what the person does. */
const useRequest = () => {
  const s = useAddress().searchParams.get('s');
  const [request, setRequest] = useState<SearchRequest | null>(() => (s ? null : clean(keptSearch())));
  const [error, setError] = useState<unknown>(null);
  const mine = useRef<string | null>(null); // the id of the request in force, once it has one
  const named = useRef<SearchRequest | null>(null); // the request that the id stands for
  const take = (next: SearchRequest) => {
    const whole = clean(next);
    keepSearch(whole);
    setError(null);
    setRequest(whole);
    return whole;
  };
  const taker = useRef(take);
  taker.current = take;
  useEffect(() => {
    if (s === mine.current) return;
    if (!s) {
      mine.current = null;
      taker.current({});
      return;
    }
    const stop = new AbortController();
    getSearch(s, stop.signal).then(
      (saved) => {
        mine.current = s;
        named.current = taker.current(saved.request);
      },
      (e) => {
        if (!stop.signal.aborted) setError(e);
      },
    );
    return () => stop.abort();
  }, [s]);
  /** Put the id that the server gave into the address; a new question is a new step of the history. */
  const name = (id: string) => {
    if (!request || named.current === request) return;
    const first = mine.current === null;
    named.current = request;
    mine.current = id;
    navigate(withParams({ s: id }), first);
  };
  return { request, setRequest: take, name, error };
};

export const Search = () => {
  const { request, setRequest, name, error } = useRequest();
  const [hot, setHot] = useState<string | null>(null);
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
  const ads = hits.data?.pages.flatMap((p) => p.hits) ?? [];
  return (
    <div className="search">
      <Facets facets={first?.facets ?? []} filters={request.filters ?? []} onChange={setFilters} />
      <div className="found">
        <div className="found-top">
          <h1 className="sr">Search</h1>
          <QueryBox
            text={request.text ?? ''}
            chips={settled ? (first?.chips ?? []) : []}
            refused={refused}
            onAsk={(text) => change({ text })}
          />
          <p className="found-line" aria-live="polite">
            {first && (
              <>
                <b>{many(first.total, 'ad')}</b> {first.leads > 0 && <>in {many(first.leads, 'lead')}</>}
                {first.first && <> · {range(first.first, first.last)}</>}
              </>
            )}
            {hits.isFetching && <span className="hint"> searching …</span>}
          </p>
          <TimeRange
            histogram={histogram.data?.histogram ?? null}
            first={request.first ?? null}
            last={request.last ?? null}
            onChange={(a, b) => change({ first: a, last: b })}
          />
        </div>
        <div className="found-body">
          <section className="hits" aria-label="Found ads">
            <Scroll
              label="Found ads, newest first"
              className={`pane-scroll${settled ? '' : ' greyed'}`}
              busy={hits.isFetching}
            >
              {hits.isPending && !refused && <Loading lines={8} what="Searching" />}
              {hits.isError && !refused && (
                <Failed error={hits.error} what="The search failed" retry={() => hits.refetch()} />
              )}
              {first && settled && first.total === 0 && (
                <NothingFound page={first} request={request} onChange={change} />
              )}
              {ads.map((ad) => (
                <AdItem key={ad.id} ad={ad} showLead />
              ))}
              {hits.hasNextPage && (
                <p>
                  <button
                    type="button"
                    className="button"
                    disabled={hits.isFetchingNextPage}
                    onClick={() => void hits.fetchNextPage()}
                  >
                    Show more
                  </button>{' '}
                  <span className="hint">
                    {count(ads.length)} of {count(first?.total ?? 0)}
                  </span>
                </p>
              )}
            </Scroll>
          </section>
          <FoundMap map={first?.map ?? null} hot={hot} setHot={setHot} />
        </div>
      </div>
    </div>
  );
};
