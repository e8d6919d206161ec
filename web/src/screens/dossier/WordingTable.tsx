import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { type WordingCell, type WordingPage, type WordingRow, wordingRows } from '../../lib/api.gen';
import { count, day, many } from '../../lib/format';
import { iconOf, tintOf, wordOf } from '../../lib/kinds';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { More } from '../../ui/More';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading } from '../../ui/states';
import { FullTexts } from './FullTexts';
import { slotWord } from './Wordings';

const MOST_SHOWN = 3; // values of one cell; a wording with a list of cities has dozens

const Pattern = ({ w }: { w: WordingPage }) => (
  <p className="ad-text pattern" dir="auto">
    {w.pattern.map((p, i) =>
      p.slot ? (
        <span key={i} className={`slot t-${tintOf(p.slot)}`} title={p.examples.join(', ')}>
          <Icon name={iconOf(p.slot)} size={13} />
          <b>{slotWord(p.slot)}</b>
          <i>
            {count(p.values)}
            <span className="sr"> values</span>
          </i>
        </span>
      ) : (
        <span key={i} className="constant">
          {p.text}
        </span>
      ),
    )}
  </p>
);

const Cell = ({ kind, cell }: { kind: string; cell: WordingCell }) => {
  if (!cell.values.length) return <span className="hint">–</span>;
  return (
    <span className={cell.changed ? `cell t-${tintOf(kind)} changed` : 'cell'}>
      {cell.values.slice(0, MOST_SHOWN).map((v, i) => (
        <span key={i}>
          {i > 0 && ', '}
          {cell.changed ? <b>{v.raw}</b> : v.raw}
          {v.obscured && <span className={v.label.length < 24 ? 'nowrap' : ''}> = {v.label}</span>}
        </span>
      ))}
      {cell.values.length > MOST_SHOWN && ` and ${count(cell.values.length - MOST_SHOWN)} more`}
    </span>
  );
};

const Row = ({ row, kinds }: { row: WordingRow; kinds: string[] }) => (
  <tr>
    <td className="nowrap" title={row.posted_at ? 'Posted' : 'Seen'}>
      {row.posted_at ? day(row.posted_at) : row.seen_at ? `seen ${day(row.seen_at)}` : 'no date'}
    </td>
    <td>{row.place || <span className="hint">not given</span>}</td>
    {kinds.map((kind, i) => (
      <td key={kind}>
        {row.cells[i]!.changed && <span className="sr">changed: </span>}
        <Cell kind={kind} cell={row.cells[i]!} />
      </td>
    ))}
    <td className="nowrap">
      <Link to={`/ad/${row.ad}`} className="ad-id">
        {row.source_id || row.ad}
      </Link>
    </td>
  </tr>
);

/** One wording: constant text grey, changing places coloured, and beneath it what each ad put there. */
export const WordingTable = ({ id, w, number }: { id: string; w: WordingPage; number: number }) => {
  const [full, setFull] = useState(false);
  const rows = useInfiniteQuery({
    queryKey: ['wording-rows', id, w.id],
    queryFn: ({ pageParam, signal }) => wordingRows(id, w.id, { after: pageParam, limit: 100 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const first = rows.data?.pages[0];
  const kinds = first?.kinds ?? [];
  const read = rows.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <Scroll label={`Wording T${number}`} className="wording-scroll">
      <header className="wording-head">
        <div className="line">
          <h2 className="big">
            Wording T{number}{' '}
            <span className="hint">
              {first && `${Math.round(first.constant * 100)} % of the characters never change in `}
              {many(w.ads, 'ad')}
            </span>
          </h2>
          <fieldset className="tabs-pill small">
            <legend className="sr">How the ads are shown</legend>
            <button type="button" aria-pressed={!full} onClick={() => setFull(false)}>
              Slots
            </button>
            <button type="button" aria-pressed={full} onClick={() => setFull(true)}>
              Full text
            </button>
          </fieldset>
        </div>
        <Pattern w={w} />
        <p className="meta">
          {w.elsewhere > 0
            ? `Also in ${many(w.elsewhere, 'ad')} of ${many(w.elsewhere_identities, 'other group')}: the more groups use a wording, the less it says.`
            : 'Nowhere else in this workspace.'}{' '}
          A shared wording speaks for a shared writer or a shared template; it does not say who.
        </p>
      </header>
      {rows.isPending && (
        <div className="pad">
          <Loading lines={8} what="Loading the ads of this wording" />
        </div>
      )}
      {unread(rows) && (
        <div className="pad">
          <Failed error={rows.error} what="The ads could not be read" retry={() => rows.refetch()} />
        </div>
      )}
      {first && full && <FullTexts id={id} ids={w.ad_ids} total={w.ads} />}
      {first && !full && (
        <table className="wording-table">
          <thead>
            <tr>
              <th scope="col">Posted</th>
              <th scope="col">City</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col" className={`t-${tintOf(kind)} kind-head`}>
                  <Icon name={iconOf(kind)} size={13} /> {wordOf(kind)}
                </th>
              ))}
              <th scope="col">Ad</th>
            </tr>
          </thead>
          <tbody>
            {read.map((row) => (
              <Row key={row.ad} row={row} kinds={kinds} />
            ))}
          </tbody>
        </table>
      )}
      {!full && <More pages={rows} of="ads" shown={read.length} total={first?.total} />}
    </Scroll>
  );
};
