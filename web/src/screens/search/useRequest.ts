import { useEffect, useRef, useState } from 'react';
import { getSearch, type SearchRequest } from '../../lib/api.gen';
import { keepSearch, keptSearch } from '../../lib/pending';
import { navigate, useAddress, withParams } from '../../lib/router';

const clean = (r: SearchRequest): SearchRequest => ({
  text: r.text ?? '',
  filters: r.filters ?? [],
  first: r.first ?? null,
  last: r.last ?? null,
});

/** The request in force: from the address bar's opaque id at first, then from what the person does. */
export const useRequest = () => {
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
  // The id of what is shown; none while a question has no id yet.
  const shown = request !== null && named.current === request ? mine.current : null;
  return { request, setRequest: take, name, error, shown };
};
