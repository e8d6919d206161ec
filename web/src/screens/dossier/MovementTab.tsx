import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { unread } from '../../lib/again';
import { identityMovement, type MovementPage } from '../../lib/api.gen';
import { DAY_MS, many, plainDay, isoDay } from '../../lib/format';
import { Failed, Empty, Loading } from '../../ui/states';
import { extentOf } from '../../viz/timeline';
import { AdsDialog } from './AdsDialog';
import { MoveMap } from './MoveMap';
import { MoveNotes } from './MoveNotes';
import { MoveTime } from './MoveTime';
import { Stays } from './Stays';

export interface Chosen {
  title: string;
  ids: string[];
  total: number;
}

/** Stays as the drawing modules want them; a stay that is not drawn is a conflict to them. */
const timed = (page: MovementPage, persona: number | null) =>
  page.stays
    .map((s, i) => ({
      ...s,
      index: i,
      conflict: !s.drawn,
      days: [s.first.slice(0, 10), s.last.slice(0, 10)],
    }))
    .filter((s) => persona === null || s.persona === persona);

export type TabStay = ReturnType<typeof timed>[number];

/** Where a group's ads say it was: map, stays, and time; hovering or choosing shows one place in all three. */
export const MovementTab = ({ id }: { id: string }) => {
  const list = useQuery({
    queryKey: ['movement', id],
    queryFn: ({ signal }) => identityMovement(id, signal),
  });
  const [persona, setPersona] = useState<number | null>(null);
  const [lit, setLit] = useState<number | null>(null);
  const [range, setRange] = useState<[number, number] | null>(null);
  const [shown, setShown] = useState<Chosen | null>(null);
  const page = list.data;
  const stays = useMemo(() => (page ? timed(page, persona) : []), [page, persona]);
  const extent = useMemo(() => extentOf(stays), [stays]);
  if (list.isPending)
    return (
      <div className="pad">
        <Loading lines={8} what="Loading the movement" />
      </div>
    );
  if (unread(list) || !page)
    return (
      <div className="pad">
        <Failed error={list.error} what="The movement could not be read" retry={() => list.refetch()} />
      </div>
    );
  if (!page.stays.length)
    return (
      <Empty title="No movement can be told.">
        <p>
          {many(page.undated, 'ad')} without a time, {many(page.unplaced, 'ad')} without a city.{' '}
          {page.precision_note}
        </p>
      </Empty>
    );
  const chosen = range ?? extent;
  const inRange = stays.filter(
    (s) => Date.parse(s.first) < chosen[1] && Date.parse(s.last) + DAY_MS > chosen[0],
  );
  const words = `${plainDay(isoDay(chosen[0]))} to ${plainDay(isoDay(chosen[1] - DAY_MS))}`;
  return (
    <div className="move-tab">
      <MoveMap page={page} stays={inRange} lit={lit} onLit={setLit} words={words} />
      <aside className="move-side" aria-label="Stays">
        <Stays
          page={page}
          stays={inRange}
          persona={persona}
          onPersona={(p) => {
            setPersona(p);
            setRange(null);
          }}
          lit={lit}
          onLit={setLit}
          onAds={setShown}
        />
        <MoveNotes page={page} onAds={setShown} />
      </aside>
      <MoveTime
        page={page}
        stays={stays}
        extent={extent}
        range={chosen}
        onRange={setRange}
        words={words}
        lit={lit}
        onLit={setLit}
      />
      {shown && (
        <AdsDialog
          identity={id}
          title={shown.title}
          ids={shown.ids}
          total={shown.total}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
};
