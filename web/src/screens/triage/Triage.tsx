import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { unread } from '../../lib/again';
import { queueQuery } from '../../lib/ahead';
import { getLead, getSession, type LeadRow, listLeads } from '../../lib/api.gen';
import { useKeys } from '../../lib/keys';
import { keepQueue } from '../../lib/pending';
import { navigate, useAddress, withParams } from '../../lib/router';
import { Empty, Failed, Loading } from '../../ui/states';
import { Actions } from './Actions';
import { AreaDialog, DayBar, DayEmpty } from './Day';
import { LeadPanel } from './LeadPanel';
import type { Filters } from './FilterBar';
import { Queue } from './Queue';
import { Scroll } from '../../ui/Scroll';

const NEIGHBOURS = [1, -1, 2, -2]; // fetched ahead, nearest first, so that j and k show at once

const leadKey = (id: string) => ['lead', id];

export const Triage = () => {
  const client = useQueryClient();
  const params = useAddress().searchParams;
  const query = queueQuery(params);
  const { tab } = query;
  useEffect(() => keepQueue(params), [params]);
  const filters: Filters = {
    place: query.place ?? '',
    venue: query.venue ?? '',
    days: params.get('days') ?? '',
  };
  const [cursor, setCursor] = useState(0); // where the selection was, for when its lead leaves the tab
  const [area, setArea] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['leads', query],
    queryFn: ({ pageParam, signal }) => listLeads({ ...query, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const rows: LeadRow[] = useMemo(() => list.data?.pages.flatMap((p) => p.leads) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const wanted = params.get('lead');
  const found = rows.findIndex((r) => r.id === wanted);
  const index = found >= 0 ? found : Math.min(cursor, rows.length - 1);
  const current = rows[index] ?? null;
  const shownId = current?.id ?? null;

  const lead = useQuery({
    queryKey: leadKey(shownId ?? ''),
    queryFn: ({ signal }) => getLead(shownId!, signal),
    enabled: shownId !== null,
    placeholderData: (previous) => previous,
  });

  const select = useCallback(
    (i: number) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, i))];
      if (!row) return;
      setCursor(rows.indexOf(row));
      navigate(withParams({ lead: row.id }), true);
    },
    [rows],
  );

  // The neighbours wait for the lead itself: what is read now comes before what may be read next.
  const shown = lead.isSuccess && !lead.isPlaceholderData;
  useEffect(() => {
    if (!shown) return;
    for (const step of NEIGHBOURS) {
      const next = rows[index + step];
      if (next)
        void client.prefetchQuery({
          queryKey: leadKey(next.id),
          queryFn: ({ signal }) => getLead(next.id, signal),
        });
    }
  }, [client, rows, index, shown]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && index > rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, index, rows.length]);

  useKeys([
    { keys: ['j', 'ArrowDown'], label: 'Next lead', group: 'Queue', run: () => select(index + 1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous lead', group: 'Queue', run: () => select(index - 1) },
    {
      keys: ['Enter'],
      label: 'Open the dossier',
      group: 'Queue',
      run: () => current && navigate(`/identity/${current.identity}`),
    },
  ]);

  const stale = session.data?.run && first?.run && session.data.run.id !== first.run;
  const empty = first && rows.length === 0;
  return (
    <div className="triage">
      <Queue
        tab={tab}
        filters={filters}
        page={first ?? null}
        rows={rows}
        index={index}
        day={tab === 'new' && first ? <DayBar day={first.mine} onChange={() => setArea(true)} /> : null}
        onSelect={select}
        onMore={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()}
        stale={stale ? () => void client.invalidateQueries() : null}
        error={
          unread(list) ? (
            <Failed error={list.error} what="The queue could not be read" retry={() => list.refetch()} />
          ) : null
        }
      />
      <section className="lead" aria-label="Lead">
        <Scroll label="The lead in full" className="lead-scroll">
          {empty && (
            <Empty
              title={
                tab === 'new'
                  ? 'Nothing waits here.'
                  : tab === 'priority'
                    ? 'No lead is marked for priority.'
                    : 'Nothing is handled yet.'
              }
            >
              {first.mine ? <DayEmpty day={first.mine} searched={first.searched} /> : <p>{first.searched}</p>}
            </Empty>
          )}
          {unread(lead) && (
            <div className="pad">
              <Failed error={lead.error} what="The lead could not be read" retry={() => lead.refetch()} />
            </div>
          )}
          {shownId && lead.isPending && (
            <div className="pad">
              <Loading lines={9} what="Loading the lead" />
            </div>
          )}
          {current && lead.data && !unread(lead) && (
            <LeadPanel
              page={lead.data}
              stale={lead.isPlaceholderData}
              groupsNote={first?.groups_note ?? ''}
            />
          )}
        </Scroll>
        <Actions row={current} rows={rows} index={index} onMove={select} />
      </section>
      {area && <AreaDialog onClose={() => setArea(false)} />}
    </div>
  );
};
