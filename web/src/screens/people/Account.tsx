import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unread } from '../../lib/again';
import { getAccount, newCodes, setPassword, signOut } from '../../lib/api.gen';
import { many } from '../../lib/format';
import { navigate } from '../../lib/router';
import { Link } from '../../ui/Link';
import { NotRead } from '../../ui/NotRead';
import { Codes } from '../door/Join';
import { Field, Said } from '../door/Page';
import { asksProof, Prove } from '../door/Prove';
import { PURPOSES, Purpose } from '../door/Purpose';
import { Keys } from './Keys';

const Secrets = () => {
  const [password, set] = useState('');
  const [proving, setProving] = useState<(() => void) | null>(null);
  const again = (run: () => void) => (error: unknown) => asksProof(error) && setProving(() => run);
  const change = useMutation({
    mutationFn: () => setPassword({ password }),
    onSuccess: () => set(''),
    onError: again(() => change.mutate()),
  });
  const codes = useMutation({ mutationFn: () => newCodes({}), onError: again(() => codes.mutate()) });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    change.mutate();
  };
  const wrong = [change.error, codes.error].find((error) => error && !asksProof(error));
  return (
    <section>
      <h2 className="big">Password and recovery codes</h2>
      <p>At least 15 characters. With a new password your other sessions end.</p>
      <form onSubmit={submit} className="field-row">
        <Field label="New password" value={password} set={set} kind="password" complete="new-password" />
        <button type="submit" className="button" disabled={change.isPending}>
          Change the password
        </button>
      </form>
      {change.isSuccess && <p role="status">{change.data.sentence}</p>}
      <Said error={wrong} />
      {codes.data ? (
        <Codes codes={codes.data.codes} onDone={() => codes.reset()} />
      ) : (
        <p>
          <button type="button" className="button" onClick={() => codes.mutate()}>
            Make new recovery codes
          </button>
        </p>
      )}
      {proving && (
        <Prove
          onClose={() => setProving(null)}
          onProved={() => {
            setProving(null);
            proving();
          }}
        />
      )}
    </section>
  );
};

/** One's own account. */
export const Account = () => {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const account = useQuery({ queryKey: ['account'], queryFn: ({ signal }) => getAccount(signal) });
  const leave = useMutation({
    mutationFn: () => signOut({}),
    onSettled: () => {
      navigate('/triage', true); // who comes next does not begin at the account of who left
      return client.resetQueries();
    },
  });
  if (unread(account) || !account.data) return <NotRead of={account} what="Your account could not be read" />;
  if (asking) return <Purpose onDone={() => setAsking(false)} />;
  const a = account.data;
  const signedIn = a.role !== 'test';
  const hasSecrets = signedIn && a.role !== 'demo';
  return (
    <div className="people">
      <h1>Account</h1>
      <section>
        <dl className="facts-list">
          <div>
            <dt>Name</dt>
            <dd>{a.display}</dd>
          </div>
          <div>
            <dt>Role</dt>
            <dd>{a.role}</dd>
          </div>
          <div>
            <dt>Purposes</dt>
            <dd>{a.purposes.map((p) => PURPOSES[p.purpose] ?? p.says).join(', ') || 'none'}</dd>
          </div>
          {signedIn && (
            <div>
              <dt>Sessions now</dt>
              <dd>{a.sessions}</dd>
            </div>
          )}
          {hasSecrets && (
            <div>
              <dt>Recovery codes left</dt>
              <dd>{a.codes_left}</dd>
            </div>
          )}
        </dl>
        <p className="meta">
          You looked or searched {many(a.looks_today, 'time')} today
          {a.minutes_in_a_row > 0 && `, for ${many(a.minutes_in_a_row, 'minute')} without a pause`}. This
          tally is shown to you alone.
        </p>
        {signedIn && (
          <div className="row">
            {a.purposes.length > 1 && (
              <button type="button" className="button" onClick={() => setAsking(true)}>
                Change purpose or case
              </button>
            )}
            <button type="button" className="button" onClick={() => leave.mutate()}>
              Sign out
            </button>
          </div>
        )}
      </section>
      {['administrator', 'supervisor', 'auditor'].includes(a.role) && (
        <p>
          <Link to="/people">People, roles and purposes</Link>
        </p>
      )}
      {['records-officer', 'demo', 'test'].includes(a.role) && (
        <p>
          <Link to="/records">Records and sources</Link>
        </p>
      )}
      {['auditor', 'demo', 'test'].includes(a.role) && (
        <p>
          <Link to="/audit">Audit log</Link>
        </p>
      )}
      {hasSecrets && <Keys keys={a.keys} />}
      {hasSecrets && <Secrets />}
    </div>
  );
};
