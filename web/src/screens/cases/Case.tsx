import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import {
  askSecondPerson,
  breakGlass,
  type CaseRow,
  changeCase,
  getCase,
  getSession,
  listCases,
  sealCase,
  unsealCase,
} from '../../lib/api.gen';
import { moment } from '../../lib/format';
import { Link } from '../../ui/Link';
import { NotRead } from '../../ui/NotRead';
import { Empty } from '../../ui/states';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';
import { ReasonDialog } from '../records/ReasonDialog';
import { Members } from './Members';
import { mayBreak, mayChange, mayName, mayRead, RELATION } from './words';

const GLASS = {
  title: 'Emergency access',
  word: 'Read the case',
  says: 'You may read this case for four hours and change nothing. Supervisors are told at once and review it within 72 hours, or your account is locked.',
};
const UNSEAL = {
  title: 'Unseal the case',
  word: 'Unseal',
  says: 'Supervisors know of the case from then on. A second person has to agree first.',
};

/** Its title, whether it is worked on, and whether others may know of it. */
const Change = ({ one, unseal }: { one: CaseRow; unseal: () => void }) => {
  const client = useQueryClient();
  const [title, setTitle] = useState(one.title);
  const change = useMutation({
    mutationFn: (act: () => Promise<CaseRow>) => act(),
    onSuccess: (now) => {
      say(`${now.title}: ${now.state}${now.sealed ? ', sealed' : ''}.`);
      return client.invalidateQueries({ queryKey: ['cases'] });
    },
  });
  const open = one.state === 'open';
  const submit = (e: FormEvent) => {
    e.preventDefault();
    change.mutate(() => changeCase(one.id, { title }));
  };
  return (
    <section>
      <h2 className="big">Change it</h2>
      <form onSubmit={submit} className="field-row">
        <Field label="Title" value={title} set={setTitle} most={200} />
        <button type="submit" className="button" disabled={change.isPending || title === one.title}>
          Rename
        </button>
      </form>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={change.isPending}
          onClick={() => change.mutate(() => changeCase(one.id, { state: open ? 'closed' : 'open' }))}
        >
          {open ? 'Close the case' : 'Open it again'}
        </button>
        <button
          type="button"
          className="button"
          disabled={change.isPending}
          onClick={one.sealed ? unseal : () => change.mutate(() => sealCase(one.id, {}))}
        >
          {one.sealed ? 'Unseal the case' : 'Seal the case'}
        </button>
      </div>
      <p className="meta">
        Nobody but its members knows that a sealed case exists. Unsealing it takes a second person.
      </p>
      <Said error={change.error} />
    </section>
  );
};

const Facts = ({ one }: { one: CaseRow }) => (
  <section>
    <dl className="facts-list">
      <div>
        <dt>State</dt>
        <dd>
          {one.state}
          {one.sealed && ', sealed'}
        </dd>
      </div>
      <div>
        <dt>To you</dt>
        <dd>{RELATION[one.relation] ?? one.relation}</dd>
      </div>
      <div>
        <dt>Made</dt>
        <dd>
          {moment(one.made_at)} by {one.made_by}
        </dd>
      </div>
    </dl>
    {mayRead(one) && (
      <p className="meta">
        To work for it, state it with your purpose: <Link to="/account">your account</Link>. What you note on
        a lead is then seen by its members.
      </p>
    )}
  </section>
);

/** One case: what it is, who is of it, and what one may change. */
export const Case = ({ id }: { id: string }) => {
  const [asks, setAsks] = useState<'glass' | 'unseal' | null>(null);
  const list = useQuery({ queryKey: ['cases'], queryFn: ({ signal }) => listCases(signal) });
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal) });
  const known = list.data?.cases.find((one) => one.id === id);
  const read = useQuery({
    queryKey: ['cases', id],
    queryFn: ({ signal }) => getCase(id, signal),
    enabled: known !== undefined && mayRead(known),
  });
  const waits = [list, read].find(unread) ?? list;
  if (unread(waits) || !list.data || !session.data)
    return <NotRead of={waits} heading="Case" what="The case could not be read" />;
  const one = read.data ?? known;
  if (!one)
    return (
      <div className="people">
        <h1>Case</h1>
        <Empty title="There is no such case that you may know of.">
          <p>
            <Link to="/cases">Go to Cases</Link>
          </p>
        </Empty>
      </div>
    );
  const { role, actor } = session.data;
  return (
    <div className="people">
      <h1>{one.title}</h1>
      <p className="meta">
        <Link to="/cases">All cases</Link>
      </p>
      <Facts one={one} />
      <Members one={one} may={mayName(one, role)} self={actor} />
      {mayChange(one, role) && (
        <Change key={`${one.title} ${one.state} ${one.sealed}`} one={one} unseal={() => setAsks('unseal')} />
      )}
      {mayBreak(one, role) && (
        <section>
          <h2 className="big">Emergency access</h2>
          <p>{GLASS.says}</p>
          <p>
            <button type="button" className="button" onClick={() => setAsks('glass')}>
              Read it in an emergency
            </button>
          </p>
        </section>
      )}
      {asks === 'glass' && (
        <ReasonDialog
          title={GLASS.title}
          word={GLASS.word}
          act={(why) => breakGlass(id, { why }).then(() => 'You may read this case for four hours.')}
          onClose={() => setAsks(null)}
        >
          <p>{GLASS.says}</p>
        </ReasonDialog>
      )}
      {asks === 'unseal' && (
        <ReasonDialog
          title={UNSEAL.title}
          word={UNSEAL.word}
          act={() => unsealCase(id, {}).then(() => 'The case is unsealed.')}
          ask={(why) => askSecondPerson({ action: 'case.unseal', parameters: { case: id }, why })}
          onClose={() => setAsks(null)}
        >
          <p>{UNSEAL.says}</p>
        </ReasonDialog>
      )}
    </div>
  );
};
