import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { adLooks, getSession, leadLooks } from '../../lib/api.gen';
import { moment } from '../../lib/format';
import { openings } from '../../lib/looks';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { More } from '../../ui/More';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading, Note } from '../../ui/states';
import { purposeWord } from '../door/Purpose';

const MAY = ['case-lead', 'supervisor', 'demo', 'test'];

/** What somebody did, as a sentence says it: "looked at the links". */
const LOOKED: Record<string, string> = {
  identity: 'the dossier',
  lead: 'the lead',
  why: 'why a value belongs here',
  ads: 'the ads',
  ad: 'the ad',
  'who looked': 'who looked at it',
  chains: 'why two ads belong together',
  preview: 'what a judgement would change',
};
const seenWord = (what: string): string => LOOKED[what] ?? `the ${what || 'thing'}`;
const didWord = (act: string, whats: string[]): string =>
  act === 'look' ? `looked at ${whats.map(seenWord).join(', ')}` : `${act} ${whats[0]}`.trim();

type Thing = { lead: string } | { ad: string };

const Looked = ({ thing, onClose }: { thing: Thing; onClose: () => void }) => {
  const looks = useInfiniteQuery({
    queryKey: ['looks', thing],
    queryFn: ({ pageParam, signal }) =>
      'lead' in thing
        ? leadLooks(thing.lead, { before: pageParam }, signal)
        : adLooks(thing.ad, { before: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const rows = looks.data?.pages.flatMap((page) => page.looks) ?? [];
  return (
    <Dialog title="Who looked at this" onClose={onClose} wide>
      {looks.isPending && <Loading lines={3} />}
      {unread(looks) && <Failed error={looks.error} what="This could not be read" />}
      {looks.data && rows.length === 0 && <Note>Nobody is known to have looked at it before.</Note>}
      {rows.length > 0 && (
        <Scroll label="Who looked" className="wide-table">
          <table className="stacks looks">
            <Heads of={['Time', 'Person', 'Did', 'Purpose']} />
            <tbody>
              {openings(rows).map(({ last: row, whats }, i) => (
                <tr key={i}>
                  <th scope="row">{moment(row.at)}</th>
                  <td>
                    {row.actor}
                    {row.role !== row.actor && <small className="hint">{row.role}</small>}
                  </td>
                  <td>{didWord(row.act, whats)}</td>
                  <td>{purposeWord(row.purpose)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <More pages={looks} of="looks" shown={rows.length} />
      <p className="meta">{looks.data?.pages[0]?.left_out}</p>
    </Dialog>
  );
};

/** For whoever leads an investigation: who looked at a lead or an ad. */
export const LooksButton = ({ thing }: { thing: Thing }) => {
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const [open, setOpen] = useState(false);
  if (!MAY.includes(session.data?.role ?? '')) return null;
  return (
    <>
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        <Icon name="people" size={13} /> Who looked at this
      </button>
      {open && <Looked thing={thing} onClose={() => setOpen(false)} />}
    </>
  );
};
