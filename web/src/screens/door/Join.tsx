import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { join, type Opened, openLink } from '../../lib/api.gen';
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

const Enrol = ({ token, opened }: { token: string; opened: Opened }) => {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: () => join({ token, password, code }),
    onError: () => setCode(''),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    send.mutate();
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
      <p>
        Put this secret into an authenticator program: <code className="break">{inFours(opened.secret)}</code>
      </p>
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
        <Field
          label="Code"
          value={code}
          set={setCode}
          complete="one-time-code"
          most={40}
          hint="The six digits that the program shows now."
        />
        <Said error={send.error} />
        <button type="submit" className="button main" disabled={send.isPending}>
          Join
        </button>
      </form>
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
