import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { type EventRow, getEvent, getLog, listEvents, type TrailRequest, verifyLog } from '../../lib/api.gen';
import { count, many, moment } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { More } from '../../ui/More';
import { Heads } from '../../ui/pieces';
import { Scroll } from '../../ui/Scroll';
import { Failed, Loading, Note } from '../../ui/states';
import { Field, Said } from '../door/Page';
import { purposeWord } from '../door/Purpose';

/** How the log stands, and whether every entry fits what was signed. */
const State = () => {
  const log = useQuery({ queryKey: ['log'], queryFn: ({ signal }) => getLog(signal) });
  const verify = useMutation({ mutationFn: () => verifyLog({}) });
  if (unread(log)) return <Failed error={log.error} what="The state of the log could not be read" />;
  if (!log.data) return <Loading lines={3} />;
  const { size, signed, signed_at, key, trouble, copies } = log.data;
  return (
    <section>
      <h2 className="big">The log</h2>
      <p>
        {many(size, 'event')}; signed up to {count(signed)}
        {signed_at && <> at {moment(signed_at)}</>}
      </p>
      {trouble && (
        <div className="note danger" role="alert">
          <Icon name="warn" />
          <p>{trouble}</p>
        </div>
      )}
      <ul>
        {copies.map((c) => (
          <li key={c.place}>
            <code className="break">{c.place}</code>:{' '}
            {c.trouble || (c.size == null ? 'no checkpoint yet' : `holds a checkpoint of ${count(c.size)}`)}
          </li>
        ))}
      </ul>
      {copies.length < 2 && !trouble && (
        <p className="meta">
          No copy leaves this machine: name a folder elsewhere in <code>HOMEWARD_CHECKPOINTS</code>, apart by
          colons for several.
        </p>
      )}
      <p className="meta">
        Key <code className="break">{key}</code>
      </p>
      <p>
        <button type="button" className="button" disabled={verify.isPending} onClick={() => verify.mutate()}>
          {verify.isPending ? 'Reading every entry …' : 'Verify the whole log'}
        </button>
      </p>
      <div aria-live="polite">
        {verify.data &&
          (verify.data.wrong.length ? (
            verify.data.wrong.map((sentence) => (
              <div key={sentence} className="note danger">
                <Icon name="warn" />
                <p>{sentence}</p>
              </div>
            ))
          ) : (
            <Note icon="check">
              Verified: {many(verify.data.entries, 'entry', 'entries')} against{' '}
              {many(verify.data.checkpoints, 'checkpoint')}; {count(verify.data.erased)} erased.
            </Note>
          ))}
      </div>
      <Said error={verify.error} />
    </section>
  );
};

const Detail = ({ seq }: { seq: number }) => {
  const one = useQuery({ queryKey: ['event', seq], queryFn: ({ signal }) => getEvent(seq, signal) });
  if (unread(one)) return <Said error={one.error} />;
  if (!one.data) return <Loading lines={1} />;
  const said = Object.entries(one.data.detail);
  if (one.data.erased) return <p className="meta">What was sealed in it is erased.</p>;
  if (!said.length) return <p className="meta">Nothing more is sealed in it.</p>;
  return (
    <dl className="facts-list">
      {said.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="break">{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Row = ({ row }: { row: EventRow }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr>
        <th scope="row" className="num">
          {count(row.seq)}
        </th>
        <td className="nowrap">{moment(row.at)}</td>
        <td>
          {row.actor}
          {row.role !== row.actor && <small className="hint">{row.role}</small>}
        </td>
        <td>
          {row.act}
          {row.outcome !== 'done' && <b> {row.outcome}</b>}
        </td>
        <td>{purposeWord(row.purpose)}</td>
        <td className="break">
          <code>{row.objects.slice(0, 3).join(' ')}</code>
          {row.objects.length > 3 && (
            <small className="hint"> and {count(row.objects.length - 3)} more</small>
          )}
        </td>
        <td>
          <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            Detail<span className="sr"> of event {row.seq}</span>
          </button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}>
            <Detail seq={row.seq} />
          </td>
        </tr>
      )}
    </>
  );
};

const HEADS = ['Place', 'Time', 'Person', 'Act', 'Purpose', 'On', 'Sealed'];

/** The audit log, for whoever answers for it: who did what, on what, when. */
export const Audit = () => {
  const [asked, setAsked] = useState<TrailRequest>({});
  const [person, setPerson] = useState('');
  const [thing, setThing] = useState('');
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const found = useInfiniteQuery({
    queryKey: ['trail', asked],
    queryFn: ({ pageParam, signal }) => listEvents({ ...asked, before: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const day = (text: string) => (text ? `${text}T00:00:00Z` : null);
    setAsked({ person: person.trim(), thing: thing.trim(), since: day(since), until: day(until) });
  };
  const rows = found.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <div className="people">
      <h1>Audit log</h1>
      <State />
      <section>
        <h2 className="big">Events</h2>
        <p className="meta">Reading here is written down as well, each opened detail by itself.</p>
        <form onSubmit={submit} className="field-row">
          <Field label="Person" value={person} set={setPerson} most={64} optional />
          <Field label="Lead, dossier or ad" value={thing} set={setThing} most={64} optional />
          <Field label="From (day)" value={since} set={setSince} kind="date" optional />
          <Field label="Before (day)" value={until} set={setUntil} kind="date" optional />
          <button type="submit" className="button main" disabled={found.isFetching}>
            Show
          </button>
        </form>
        <Said error={found.error} />
        {found.data && rows.length === 0 && <Note>No event is like that.</Note>}
        {rows.length > 0 && (
          <Scroll label="Events" className="wide-table">
            <table className="stacks events">
              <Heads of={HEADS} />
              <tbody>
                {rows.map((row) => (
                  <Row key={row.seq} row={row} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        <More pages={found} of="events" shown={rows.length} />
      </section>
    </div>
  );
};
