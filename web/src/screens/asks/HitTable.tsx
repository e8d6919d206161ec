import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ListRow } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { Chip } from '../../ui/AdText';
import { useMatch } from '../../lib/match';
import { Scroll } from '../../ui/Scroll';

const ROW = 40; // pixels, as the stylesheet has it
const TALL_ROW = 66; // in a narrow window, where what a term was read as stands below it
const NARROW = '(width <= 600px)';
type Show = 'hits' | 'all' | 'wrong';

/** The table of a list search. Only the rows in sight are drawn: a list may be ten thousand long. */
export const HitTable = ({
  rows,
  searched,
  onOpen,
}: {
  rows: ListRow[];
  searched: string;
  onOpen: (row: ListRow) => void;
}) => {
  const [show, setShow] = useState<Show>('all');
  const high = useMatch(NARROW) ? TALL_ROW : ROW;
  const box = useRef<HTMLDivElement>(null);
  const hits = useMemo(() => rows.filter((r) => r.ads > 0), [rows]);
  const wrong = useMemo(() => rows.filter((r) => r.wrong), [rows]);
  const shown = useMemo(() => {
    const list = show === 'hits' ? hits : show === 'wrong' ? wrong : rows;
    return [...list].sort((a, b) => Number(b.ads > 0) - Number(a.ads > 0));
  }, [show, rows, hits, wrong]);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => high,
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when they change height
  useEffect(() => virtual.measure(), [high]);
  const tabs: [Show, string, number][] = [
    ['all', 'All', rows.length],
    ['hits', 'Found', hits.length],
    ['wrong', 'Not understood', wrong.length],
  ];
  return (
    <section className="hit-table" aria-label="Hit table">
      <div className="line">
        <h2 className="big" aria-live="polite">
          {many(hits.length, 'term')} of {count(rows.length)} found
        </h2>
        <fieldset className="tabs-pill three">
          <legend className="sr">Which rows</legend>
          {tabs.map(([name, word, n]) => (
            <button key={name} type="button" aria-pressed={show === name} onClick={() => setShow(name)}>
              {word} <span>{count(n)}</span>
            </button>
          ))}
        </fieldset>
      </div>
      {searched && hits.length < rows.length && <p className="meta">Not found: {searched}</p>}
      <Scroll
        label="Terms and what they find"
        className={shown.length > 12 ? 'hit-scroll long' : 'hit-scroll'}
        box={box}
      >
        <table aria-rowcount={shown.length + 1} style={{ height: virtual.getTotalSize() + ROW }}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Term</th>
              <th scope="col">Read as</th>
              <th scope="col" className="num">
                Ads
              </th>
              <th scope="col" className="num">
                Leads
              </th>
              <th scope="col">
                <span className="sr">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {virtual.getVirtualItems().map((item) => {
              const row = shown[item.index]!;
              return (
                <tr
                  key={item.key}
                  aria-rowindex={item.index + 2}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <td title={row.term}>{row.term}</td>
                  <td>
                    {row.wrong ? (
                      <span className="wrong" title={row.wrong}>
                        {row.wrong}
                      </span>
                    ) : (
                      row.chips
                        .slice(0, 3)
                        .map((c, i) => <Chip key={i} kind={c.kind || 'words'} label={c.label} />)
                    )}
                  </td>
                  <td className="num">{row.ads ? <b>{count(row.ads)}</b> : '0'}</td>
                  <td className="num">{row.leads < 0 ? 'many' : count(row.leads)}</td>
                  <td>
                    {row.ads > 0 && (
                      <button type="button" className="plain" onClick={() => onOpen(row)}>
                        Show<span className="sr"> the ads of {row.term}</span>
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
};
