import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { askJoinKey, join, type Opened, openLink } from '../../lib/api.gen';
import { canUseKeys, makeKey } from '../../lib/passkey';
import { navigate } from '../../lib/router';
import { Loading } from '../../ui/states';
import { Field, Page, Said } from './Page';

const inFours = (secret: string) => secret.replace(/(.{4})/g, '$1 ').trim();

/** Recovery codes, shown once. */
export const Codes = ({ codes, onDone }: { codes: string[]; onDone: () => void }) => (
  <>
    <p>
      Keep these recovery codes on paper, in a safe place. Each opens once in the place of a code. They are
      not shown again.
    </p>
    <ul className="codes">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <button type="button" className="button main" onClick={onDone}>
      I have kept them
    </button>
  </>
);

/** What a person proves themselves with from now on: a security key first, a program's codes as the other choice. */
const Enrol = ({ token, opened }: { token: string; opened: Opened }) => {
  const client = useQueryClient();
  const [byKey, setByKey] = useState(canUseKeys);
  const [password, setPassword] = useState('');
  const [label, setLabel] = useState('My key');
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: async () =>
      byKey
        ? join({ token, password, label, key: await makeKey(await askJoinKey({ token })) })
        : join({ token, password, code }),
    onError: () => setCode(''),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
  };
  const other = () => {
    setByKey(!byKey);
    send.reset();
  };
  const enter = () => {
    navigate('/triage', true);
    void client.resetQueries();
  };
  if (send.data)
    return (
      <Page title="Your recovery codes">
        <Codes codes={send.data.codes} onDone={enter} />
      </Page>
    );
  return (
    <Page title={`Welcome, ${opened.name}`}>
      {byKey ? (
        <p>
          You come in with a password and a security key: a stick, or this device with its PIN or your finger.
          A key answers this page only, and no false one.
        </p>
      ) : (
        <p>
          Put this secret into an authenticator program:{' '}
          <code className="break">{inFours(opened.secret)}</code>
        </p>
      )}
      <form onSubmit={submit}>
        <Field
          label="New password"
          value={password}
          set={setPassword}
          kind="password"
          complete="new-password"
          hint="At least 15 characters. Several words that belong to no saying make a good one."
          first
        />
        {byKey ? (
          <Field label="Name of the key" value={label} set={setLabel} most={60} />
        ) : (
          <Field
            label="Code"
            value={code}
            set={setCode}
            complete="one-time-code"
            most={40}
            hint="The six digits that the program shows now."
          />
        )}
        <Said error={send.error} />
        <button type="submit" className="button main" disabled={send.isPending}>
          {byKey ? 'Join with a security key' : 'Join'}
        </button>
      </form>
      {canUseKeys() && (
        <button type="button" className="plain" onClick={other}>
          {byKey ? 'I have no security key: take a code' : 'I have a security key: take that'}
        </button>
      )}
    </Page>
  );
};

/** Opens a link: its token stands behind the #, leaves the address bar at once and is sent in a body. */
export const Join = () => {
  const client = useQueryClient();
  const [token] = useState(() => location.hash.slice(1));
  useEffect(() => {
    history.replaceState(null, '', '/join');
  }, []);
  const opened = useQuery({
    queryKey: ['link', token],
    queryFn: () => openLink({ token }),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (opened.data?.kind !== 'in') return;
    navigate('/triage', true);
    void client.resetQueries({ queryKey: ['session'] });
  }, [opened.data, client]);
  if (token === '' || opened.isError)
    return (
      <Page title="This link does not open">
        <Said error={opened.error} />
        <p>Each link opens once, and for a time only. Ask whoever gave it to you for another one.</p>
        <p>
          <a href="/triage">Go on to Homeward</a>
        </p>
      </Page>
    );
  if (opened.data?.kind === 'join') return <Enrol token={token} opened={opened.data} />;
  return (
    <Page title="Opening the link">
      <Loading lines={2} />
    </Page>
  );
};
