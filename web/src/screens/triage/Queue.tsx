import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import type { TabName } from '../../lib/ahead';
import type { LeadList, LeadRow } from '../../lib/api.gen';
import { ago, count, many } from '../../lib/format';
import { iconOf, tintOf, wordOf } from '../../lib/kinds';
import { navigate, withParams } from '../../lib/router';
import { Icon } from '../../ui/Icon';
import { lastWeeks, sparkPath } from '../../viz/bars';
import { KIND } from '../urgent/pieces';
import { FilterBar, type Filters } from './FilterBar';

const ROW = 84; // pixels, as the stylesheet has it: titles begin alike, so each has two lines
const TOLD_ROW = 100; // with a line for how leads like it did
const isTold = (row: LeadRow): boolean => row.checked.startsWith('of ');
const WEEKS = 24;
const MINUTE = 60_000;
const TABS: [TabName, string][] = [
  ['new', 'New'],
  ['priority', 'Priority'],
  ['handled', 'Handled'],
];
const DECIDED: Record<string, string> = {
  watch: 'Watched',
  snooze: 'Snoozed',
  dismiss: 'Dismissed',
  priority: 'Priority review',
};

/**
 * Tell how high the list is when it is laid out, and whenever that changes.
 *
 * The list's own way asks at once, which has the whole page laid out before its rows stand in it, and again
 * after. The first rows are those of the window's height.
 */
const heightOf = (
  list: { scrollElement: HTMLElement | null },
  tell: (rect: { width: number; height: number }) => void,
) => {
  const box = list.scrollElement;
  if (!box) return;
  const watch = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    tell({ width: Math.round(width), height: Math.round(height) });
  });
  watch.observe(box);
  return () => watch.disconnect();
};

/** Drawn anew only when its lead changes: a key press moves the selection, not the rows. */
const Row = memo(({ row, now, until }: { row: LeadRow; now: number; until: number }) => (
  <>
    <span className="rank">
      <b>{row.rank}</b>
      <small>{row.word}</small>
    </span>
    <span className="row-main">
      <span className="row-title" title={row.title}>
        {row.title}
      </span>
      <span className="row-counts">
        <span>{many(row.ads, 'ad')}</span>
        <span>{many(row.phones, 'phone')}</span>
        <span>{many(row.cities, 'city', 'cities')}</span>
        <span className="row-ago">{ago(row.last_seen, now)}</span>
      </span>
      {isTold(row) && <span className="row-checked">{row.checked}</span>}
      <span className="row-line">
        <span className="row-icons">
          {row.urgent && <span className="flag danger">{KIND[row.urgent.kind]}</span>}
          {row.decision ? (
            <span className={row.decision.decision === 'priority' ? 'flag danger' : 'flag'}>
              {DECIDED[row.decision.decision]}
              {row.decision.reason && `: ${row.decision.reason.replaceAll('-', ' ')}`}
            </span>
          ) : (
            row.kinds.map((kind) => (
              <span key={kind} className={`kind-icon t-${tintOf(kind)}`} title={wordOf(kind)}>
                <Icon name={iconOf(kind)} size={13} />
                <span className="sr">{wordOf(kind)}</span>
              </span>
            ))
          )}
        </span>
        <svg className="row-spark" viewBox="0 0 84 18" width="84" height="18" aria-hidden="true">
          <path d={sparkPath(lastWeeks(row.weekly.start, row.weekly.counts, until, WEEKS), 84, 17)} />
          <path className="base" d="M0 17.5h84" />
        </svg>
      </span>
    </span>
  </>
));

interface Props {
  tab: TabName;
  filters: Filters;
  page: LeadList | null;
  rows: LeadRow[];
  index: number;
  day: ReactNode;
  onSelect: (i: number) => void;
  onMore: () => void;
  stale: (() => void) | null;
  error: ReactNode;
}

export const Queue = ({ tab, filters, page, rows, index, day, onSelect, onMore, stale, error }: Props) => {
  const scroll = useRef<HTMLDivElement>(null);
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  const until =
    Math.max(...rows.map((r) => Date.parse(r.last_seen ?? '')).filter((t) => !Number.isNaN(t)), 0) || now;
  const told = rows.some(isTold);
  const tall = told ? TOLD_ROW : ROW;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => tall,
    initialRect: { width: 0, height: innerHeight },
    observeElementRect: heightOf,
    overscan: 6,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when they grow a line
  useEffect(() => virtual.measure(), [tall]);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const height = virtual.scrollRect?.height ?? 0; // the window's until the list is laid out
  useEffect(() => {
    // Rows are equally high, so where the row stands is known without asking for a layout. To scroll asks
    // for one, so it waits for the frame, which makes one anyway.
    const box = scroll.current;
    if (!box || !rows.length || index < 0) return;
    const frame = requestAnimationFrame(() => {
      const top = virtual.scrollOffset ?? 0;
      if (height < tall) return;
      if (index * tall < top) box.scrollTop = index * tall;
      else if ((index + 1) * tall > top + height) box.scrollTop = (index + 1) * tall - height;
    });
    return () => cancelAnimationFrame(frame);
  }, [index, rows.length, tall, height, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only when the end comes near
  useEffect(() => {
    if (rows.length && lastShown > rows.length - 15) onMore();
  }, [lastShown, rows.length]);
  return (
    <section className="queue" aria-label="Queue">
      <h1>Triage</h1>
      <fieldset className="tabs-pill">
        <legend className="sr">Which leads</legend>
        {TABS.map(([name, word]) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name}
            onClick={() => navigate(withParams({ tab: name === 'new' ? null : name, lead: null }))}
          >
            {word} <span>{page ? count(page.counts[name]) : ''}</span>
          </button>
        ))}
      </fieldset>
      {day}
      <FilterBar filters={filters} venues={page?.venues ?? []} mine={page?.mine != null} />
      <p className="order-note">
        {page?.order_note} {page?.groups_note}
      </p>
      {page != null && page.restricted > 0 && (
        <p className="order-note">
          {many(page.restricted, 'lead')} of this workspace {page.restricted === 1 ? 'is' : 'are'} restricted
          and not listed for you.
        </p>
      )}
      {stale && (
        <p className="stale">
          The leads were made anew since you opened this.{' '}
          <button type="button" className="plain" onClick={stale}>
            Show
          </button>
        </p>
      )}
      {error}
      <div
        ref={scroll}
        className="queue-scroll"
        role="listbox"
        tabIndex={0}
        aria-label="Leads, best first"
        aria-activedescendant={
          rows[index] && items.some((v) => v.index === index) ? `lead-${rows[index].id}` : undefined
        }
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={row.id}
                id={`lead-${row.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={item.index === index}
                aria-setsize={page?.total ?? rows.length}
                aria-posinset={item.index + 1}
                className={told ? 'queue-row told' : 'queue-row'}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onSelect(item.index)}
                onKeyDown={() => undefined}
              >
                <Row row={row} now={now} until={until} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
};
